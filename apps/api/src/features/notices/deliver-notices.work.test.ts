import { newSigningSecret, verifyPayload } from '@junction/connectors/signing';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { type NoticeReceiver, startNoticeReceiver } from '../../testing/notice-receiver.ts';
import { startWorker } from '../../worker/worker.ts';
import { claimDelivery } from './delivery-store.ts';
import { deliverNotices, recordNotices } from './index.ts';
import { claimSeconds, deliveriesAtOnce, maximumDeliveryAttempts } from './rules.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
const receivers: NoticeReceiver[] = [];
beforeAll(async () => {
  for (let index = 0; index < 2; index += 1) receivers.push(await startNoticeReceiver());
  house = await openTestHouse({ env: { JUNCTION_ALLOWED_HOSTS: receivers.map(({ url }) => url).join(' ') } });
});
afterAll(async () => {
  for (const receiver of receivers) receiver.close();
  await house.close();
});
beforeEach(async () => {
  await house.db.noticeDelivery.deleteMany();
  for (const receiver of receivers) receiver.received.length = 0;
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
});

const secret = newSigningSecret();
const receiverOf = (index: number) => receivers[index] as NoticeReceiver;
const hookTo = async (index: number, over: { secret?: string } = {}) => {
  const body = { name: 'Hook', url: receiverOf(index).url, kinds: ['export.failing' as const], ...over };
  return (await place.asAdmin(contract.createNoticeHook, { params, body })).body;
};
const record = (name: string, runId: string | null = null) => {
  const subject = { type: 'export' as const, id: newId(), name };
  const words = { message: 'It failed.', remedy: 'Look.' };
  const notice = { ...params, kind: 'export.failing' as const, at: house.clock.now(), subject, runId, words };
  return house.db.$transaction((tx) => recordNotices(tx, [notice]));
};
const deliver = (signal = new AbortController().signal) => deliverNotices(house, signal);
const waiting = () => house.db.noticeDelivery.findMany({ orderBy: { noticeId: 'asc' } });
const lastOf = async () => (await place.asAdmin(contract.listNoticeHooks, { params })).body.value[0]?.lastDelivery;
const namesAt = (index: number) =>
  receiverOf(index).received.map(({ body }) => (body.subject as { name: string }).name);
const secondsUntil = (at: Date | undefined) => ((at?.getTime() ?? Number.NaN) - house.clock.now().getTime()) / 1_000;

describe('a notice on its way', () => {
  it('arrives once, signed, with all that there is to know', async () => {
    await hookTo(0, { secret });
    const runId = newId();
    await record('Nightly', runId);
    await deliver();
    await deliver();
    expect(receiverOf(0).received).toHaveLength(1);
    const [{ headers, text, body } = { headers: {}, text: '', body: {} }] = receiverOf(0).received;
    const { id: exportId } = body.subject as { id: string };
    expect(body).toEqual({
      id: expect.any(String),
      kind: 'export.failing',
      at: expect.any(String),
      environment: { id: params.environmentId, name: 'Test environment' },
      subject: { type: 'export', id: expect.any(String), name: 'Nightly' },
      message: 'It failed.',
      remedy: 'Look.',
      runId,
      link: `${house.publicUrl.origin}/e/${params.environmentId}/exports/${exportId}/runs/${runId}`,
    });
    expect(headers['idempotency-key']).toBe(body.id);
    expect(verifyPayload(headers, text, secret, house.clock.now())).toBe(true);
    expect(await lastOf()).toMatchObject({ isDelivered: true });
    expect(await waiting()).toEqual([]);
  });

  it('is tried again later and later, and given up after about an hour', async () => {
    await hookTo(0);
    receiverOf(0).answer(503, {}, maximumDeliveryAttempts);
    await record('Nightly');
    let waitedSeconds = 0;
    for (let attempt = 1; attempt < maximumDeliveryAttempts; attempt += 1) {
      await deliver();
      expect(receiverOf(0).received).toHaveLength(attempt);
      await deliver();
      const [row] = await waiting();
      expect(row?.attempts).toBe(attempt);
      const seconds = secondsUntil(row?.dueAt);
      waitedSeconds += seconds;
      house.passSeconds(seconds + 1);
    }
    expect(waitedSeconds / 60).toBeGreaterThan(45);
    expect(waitedSeconds / 60).toBeLessThan(75);
    await deliver();
    expect(await waiting()).toEqual([]);
    expect(await lastOf()).toMatchObject({ isDelivered: false, message: expect.stringContaining('503') });
    house.passSeconds(7_200);
    await deliver();
    expect(receiverOf(0).received).toHaveLength(maximumDeliveryAttempts);
  });

  it('has the same id in every attempt', async () => {
    await hookTo(0, { secret });
    receiverOf(0).answer(500);
    await record('Nightly');
    await deliver();
    house.passSeconds(60);
    await deliver();
    const [first, second] = receiverOf(0).received.map(({ headers }) => headers);
    expect(second?.['webhook-id']).toBe(first?.['webhook-id']);
    expect(second?.['webhook-signature']).not.toBe(first?.['webhook-signature']);
  });

  it('waits for as long as the receiver asks for', async () => {
    await hookTo(0);
    receiverOf(0).answer(429, { 'retry-after': '900' });
    await record('Nightly');
    await deliver();
    const seconds = secondsUntil((await waiting())[0]?.dueAt);
    expect(seconds).toBeGreaterThan(890);
    expect(seconds).toBeLessThanOrEqual(900);
  });

  it.each([301, 401, 404, 410])('that is refused for good (HTTP %i) is given up at once', async (status) => {
    await hookTo(0);
    receiverOf(0).answer(status, { location: receiverOf(1).url });
    await record('Nightly');
    await deliver();
    expect(await waiting()).toEqual([]);
    expect(await lastOf()).toMatchObject({ isDelivered: false, message: expect.stringContaining(String(status)) });
    expect(receiverOf(1).received).toEqual([]);
  });

  it('goes in order, and those behind one that may arrive later wait with it', async () => {
    await hookTo(0);
    for (const name of ['first', 'second', 'third']) await record(name);
    receiverOf(0).answer(503);
    await deliver();
    expect(namesAt(0)).toEqual(['first']);
    expect((await waiting()).map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
    house.passSeconds(60);
    await deliver();
    expect(namesAt(0)).toEqual(['first', 'first', 'second', 'third']);
  });

  it('is not held up by a hook that takes its time', async () => {
    await hookTo(0);
    await hookTo(1);
    const letGo = receiverOf(0).hold();
    await record('first');
    await record('second');
    const delivered = deliver();
    await vi.waitFor(() => expect(namesAt(1)).toEqual(['first', 'second']));
    expect(namesAt(0)).toEqual(['first']);
    letGo();
    await delivered;
    expect(namesAt(0)).toEqual(['first', 'second']);
  });

  it('is sent by one of several workers', async () => {
    for (let index = 0; index < deliveriesAtOnce; index += 1) await hookTo(index % 2);
    for (let index = 0; index < 5; index += 1) await record(`notice ${index}`);
    await Promise.all([deliver(), deliver(), deliver()]);
    const received = receivers.flatMap((receiver) => receiver.received.map(({ body }) => body.id));
    expect(received).toHaveLength(5 * deliveriesAtOnce);
    expect(await waiting()).toEqual([]);
  });

  it('is taken over from a worker that crashed', async () => {
    await hookTo(0);
    await record('Nightly');
    expect(await claimDelivery(house.db, house.clock.now(), [])).toMatchObject({ attempts: 1 });
    await deliver();
    expect(namesAt(0)).toEqual([]);
    house.passSeconds(claimSeconds + 1);
    await deliver();
    expect(namesAt(0)).toEqual(['Nightly']);
  });

  it('is cut off when the worker stops, and sent later', async () => {
    await hookTo(0);
    await record('Nightly');
    const letGo = receiverOf(0).hold();
    const stop = new AbortController();
    const delivered = deliver(stop.signal);
    await vi.waitFor(() => expect(namesAt(0)).toEqual(['Nightly']));
    stop.abort();
    await delivered;
    letGo();
    expect(await waiting()).toHaveLength(1);
    house.passSeconds(claimSeconds + 1);
    await deliver();
    expect(await waiting()).toEqual([]);
  });

  it('goes with its hook', async () => {
    const hook = await hookTo(0);
    await record('Nightly');
    await place.asAdmin(contract.deleteNoticeHook, { params: { ...params, noticeHookId: hook.id }, ifMatch: '*' });
    await deliver();
    expect(namesAt(0)).toEqual([]);
  });

  it('is sent by the worker by itself', async () => {
    await hookTo(0);
    await record('Nightly');
    const worker = startWorker(house);
    await vi.waitFor(() => expect(namesAt(0)).toEqual(['Nightly']), { timeout: 20_000 });
    await worker.stop();
  });
});
