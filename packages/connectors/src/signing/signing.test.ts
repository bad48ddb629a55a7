import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { newSigningSecret, signatureToleranceMs, signingSecretFrom, signPayload, verifyPayload } from './signing.ts';

const now = new Date();
const secret = newSigningSecret();
const id = 'run-7-customers-1';
const body = '{"name":"Käthe 東京"}\n';
const sign = (changes: Partial<Parameters<typeof signPayload>[0]> = {}) =>
  signPayload({ id, timestamp: now, body, secret, ...changes });

describe('signing', () => {
  it('is what the specification has as its example', () => {
    const headers = signPayload({
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      timestamp: new Date(1_614_265_330_000),
      body: '{"test": 2432232314}',
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    });
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is accepted by the specification’s own library and by ours, whatever the body', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const headers = sign({ body: text });
        expect(() => new Webhook(secret).verify(text, headers, { jsonParse: false })).not.toThrow();
        expect(verifyPayload(headers, Buffer.from(text), secret, now)).toBe(true);
      }),
    );
  });

  it('fails for another body, id, moment or secret', () => {
    const headers = sign();
    expect(verifyPayload(headers, `${body} `, secret, now)).toBe(false);
    expect(verifyPayload({ ...headers, 'webhook-id': 'another' }, body, secret, now)).toBe(false);
    const later = String(Number(headers['webhook-timestamp']) + 1);
    expect(verifyPayload({ ...headers, 'webhook-timestamp': later }, body, secret, now)).toBe(false);
    expect(verifyPayload(headers, body, newSigningSecret(), now)).toBe(false);
    expect(verifyPayload({}, body, secret, now)).toBe(false);
  });

  it('fails for what was signed long ago', () => {
    const soon = new Date(now.getTime() + signatureToleranceMs - 1_000);
    const late = new Date(now.getTime() + signatureToleranceMs + 1_000);
    expect(verifyPayload(sign(), body, secret, soon)).toBe(true);
    expect(verifyPayload(sign(), body, secret, late)).toBe(false);
    expect(verifyPayload({ ...sign(), 'webhook-timestamp': 'never' }, body, secret, now)).toBe(false);
  });

  it('accepts one of several signatures, as while a secret is being replaced', () => {
    const old = sign({ secret: newSigningSecret() })['webhook-signature'];
    const headers = { ...sign(), 'webhook-signature': `${old} ${sign()['webhook-signature']}` };
    expect(verifyPayload(headers, body, secret, now)).toBe(true);
  });

  it.each(['a.b', '', 'Käthe', 'a b', 'a\nb'])('refuses the id %j', (bad) => {
    expect(() => sign({ id: bad })).toThrow('without dots');
  });
});

describe('a signing secret', () => {
  const bytes = (count: number) => Buffer.alloc(count, 7).toString('base64');

  it('is made long enough, and never twice', () => {
    expect(signingSecretFrom(secret)).toBe(secret);
    expect(newSigningSecret()).not.toBe(secret);
  });

  it.each([24, 25, 26, 32, 63, 64])('may have %i bytes, with its prefix or without', (count) => {
    expect(signingSecretFrom(` whsec_${bytes(count)}\n`)).toBe(`whsec_${bytes(count)}`);
    expect(signingSecretFrom(bytes(count))).toBe(`whsec_${bytes(count)}`);
  });

  it.each([
    '',
    'whsec_',
    'correct horse battery staple',
    `whsec_${bytes(23)}`,
    `whsec_${bytes(65)}`,
    `whsec_${bytes(32)}=`,
    `WHSEC_${bytes(32)}`,
  ])('is not %j', (text) => {
    expect(signingSecretFrom(text)).toBeUndefined();
    expect(() => sign({ secret: text })).toThrow('signing secret');
  });
});
