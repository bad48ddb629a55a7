import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { StoreError } from '../connector.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { postNotice } from './post-notice.ts';
import { canaries, openWebhookWorld } from './testing/webhook-world.ts';

const { allowing, receiver, tidy } = openWebhookWorld();
afterEach(tidy);

const notice = { key: 'notice-1', body: Buffer.from('{"kind":"test"}') };
const post = (url: string, outbound: Outbound, signingSecret?: string, deadlineMs = 10_000) =>
  postNotice({ url, signingSecret }, notice, {
    outbound,
    now: () => new Date(),
    signal: new AbortController().signal,
    deadlineMs,
  });
const errorOf = async (work: Promise<void>): Promise<StoreError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreError)) throw new Error(`Not a StoreError: ${String(error)}`);
  return error;
};

describe('a notice', () => {
  it('is one JSON document, signed when there is a secret', async () => {
    const { url, requests } = await receiver();
    await post(`${url}/hook`, allowing(url), canaries.signingSecret);
    await post(`${url}/hook`, allowing(url));
    const [signed, plain] = requests;
    expect(signed).toMatchObject({ url: '/hook', body: '{"kind":"test"}' });
    expect(signed?.headers).toMatchObject({
      'content-type': 'application/json',
      'junction-event': 'notice',
      'idempotency-key': notice.key,
    });
    const headers = signed?.headers as Record<string, string>;
    expect(new Webhook(canaries.signingSecret).verify(signed?.body ?? '', headers)).toEqual({ kind: 'test' });
    expect(Object.keys(plain?.headers ?? {})).not.toContain('webhook-signature');
  });

  it.each([
    [301, 'redirected', false],
    [401, 'credentialRefused', false],
    [403, 'accessRefused', false],
    [404, 'addressMissing', false],
    [410, 'addressGone', false],
    [415, 'typeRefused', false],
    [422, 'rowsRefused', false],
    [408, 'requestTimedOut', true],
    [429, 'throttled', true],
    [500, 'receiverError', true],
  ])('that is answered with HTTP %i is %s; may pass: %s', async (status, code, isTransient) => {
    const { url, fail, requests } = await receiver();
    fail({ status, headers: { location: url, 'retry-after': '7' } });
    const error = await errorOf(post(url, allowing(url), canaries.signingSecret));
    expect(error).toMatchObject({ code, isTransient, retryAfterMs: 7_000 });
    expect(error.remedy).toMatch(/\.$/);
    expect(`${error.message} ${error.remedy}`).not.toMatch(/rows|batch|export|canary/i);
    expect(requests).toHaveLength(1);
  });

  it('goes nowhere that the guard does not let it', async () => {
    const { url, requests } = await receiver();
    expect(await errorOf(post(url, allowing('https://hooks.example')))).toMatchObject({
      code: 'schemeRefused',
      isTransient: false,
    });
    expect(requests).toEqual([]);
  });

  it('is given up after its deadline', async () => {
    const { url, fail } = await receiver();
    fail('silence');
    expect(await errorOf(post(url, allowing(url), undefined, 200))).toMatchObject({
      code: 'noAnswer',
      isTransient: true,
    });
  });
});
