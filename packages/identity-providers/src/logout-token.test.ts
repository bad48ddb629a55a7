import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSigningKey, unsigned } from './testing/signing-keys.ts';
import { ada, clientId, clientSecret, failureOf, openWorld, redirectUri, type World } from './testing/world.ts';

type Claims = Record<string, unknown>;

let world: World;

beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** A logout token as it should be. */
const goodClaims = (): Claims => {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: world.standIn.issuer,
    aud: clientId,
    iat: now,
    exp: now + 120,
    jti: randomUUID(),
    sub: ada.sub,
    sid: 'of-this-browser',
    events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
  };
};

const without = (...names: string[]): Claims =>
  Object.fromEntries(Object.entries(goodClaims()).filter(([name]) => !names.includes(name)));

const failureWith = (token: string) => failureOf(world.provider.readLogoutToken(token), [token]);

describe('a logout token', () => {
  it('of the provider says who signed out', async () => {
    const token = await world.standIn.sign(goodClaims(), { typ: 'logout+jwt' });
    expect(await world.provider.readLogoutToken(token)).toEqual({
      issuer: world.standIn.issuer,
      subject: ada.sub,
      sid: 'of-this-browser',
    });
  });

  it.each(['application/logout+jwt', 'JWT', undefined])('may have the type %j', async (typ) => {
    expect(await world.provider.readLogoutToken(await world.standIn.sign(goodClaims(), { typ }))).toMatchObject({
      subject: ada.sub,
    });
  });

  it('may name the session alone, or the person alone', async () => {
    expect(await world.provider.readLogoutToken(await world.standIn.sign(without('sub')))).toMatchObject({
      subject: null,
    });
    expect(await world.provider.readLogoutToken(await world.standIn.sign(without('sid')))).toMatchObject({ sid: null });
  });

  it('may be meant for other applications too', async () => {
    const token = await world.standIn.sign({ ...goodClaims(), aud: ['another', clientId] });
    expect(await world.provider.readLogoutToken(token)).toMatchObject({ subject: ada.sub });
  });

  it('is what the provider posts when somebody signs out', async () => {
    const posted: string[] = [];
    const receiver = createServer(async (request, response) => {
      for await (const chunk of request) posted.push(String(chunk));
      response.writeHead(204).end();
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    world.standIn.setClient({
      clientId,
      clientSecret,
      redirectUris: [redirectUri],
      backChannelLogoutUri: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
    });
    const { sid } = await world.signIn();
    await world.standIn.backChannelLogout(ada.email);
    const token = new URLSearchParams(posted.join('')).get('logout_token') ?? '';
    expect(await world.provider.readLogoutToken(token)).toEqual({
      issuer: world.standIn.issuer,
      subject: ada.sub,
      sid,
    });
    expect(sid).toEqual(expect.any(String));
    receiver.close();
    await once(receiver, 'close');
  });
});

describe('no logout token', () => {
  it.each<[string, () => Claims, string]>([
    ['another issuer', () => ({ ...goodClaims(), iss: 'https://id.evil.example' }), 'issuer'],
    ['another audience', () => ({ ...goodClaims(), aud: 'another' }), 'audience'],
    ['no audience', () => without('aud'), 'audience'],
    ['a nonce', () => ({ ...goodClaims(), nonce: 'of-an-id-token' }), 'nonce'],
    ['neither person nor session', () => without('sub', 'sid'), 'subject'],
    ['an end long past', () => ({ ...goodClaims(), exp: Math.floor(Date.now() / 1000) - 61 }), 'expired'],
    ['a time to come', () => ({ ...goodClaims(), iat: Math.floor(Date.now() / 1000) + 120 }), 'clock'],
    ['no end', () => without('exp'), 'time'],
    ['no time', () => without('iat'), 'time'],
    ['no event', () => without('events'), 'events'],
    ['another event', () => ({ ...goodClaims(), events: { 'https://contoso.example/event': {} } }), 'events'],
    ['an event that is no object', () => ({ ...goodClaims(), events: ['backchannel-logout'] }), 'events'],
  ])('has %s', async (_what, claims, reason) => {
    expect(await failureWith(await world.standIn.sign(claims(), { typ: 'logout+jwt' }))).toMatchObject({
      code: 'rejected',
      reason,
    });
  });

  it('has the type of an access token', async () => {
    expect(await failureWith(await world.standIn.sign(goodClaims(), { typ: 'at+jwt' }))).toMatchObject({
      reason: 'type',
    });
  });

  it('has no signature', async () => {
    expect(await failureWith(unsigned(goodClaims()))).toMatchObject({ code: 'rejected', reason: 'signature' });
  });

  it('has a signature of somebody else', async () => {
    const foreign = await createSigningKey('ES256');
    expect(await failureWith(await foreign.sign(goodClaims()))).toMatchObject({
      code: 'rejected',
      reason: 'signature',
    });
  });

  it.each(['', 'not-a-token', 'a.b.c', '{}', 'eyJhbGciOiJub25lIn0.W10.'])('is %j', async (token) => {
    expect(await failureWith(token)).toMatchObject({ code: 'rejected' });
    expect(world.standIn.asked('/jwks')).toBe(0);
  });
});

describe('the keys for logout tokens', () => {
  it('are read anew when the provider has changed them, but not more often than every ten seconds', async () => {
    const read = async () => world.provider.readLogoutToken(await world.standIn.sign(goodClaims()));
    await read();
    await world.standIn.rotateKeys();
    expect(await failureOf(read())).toMatchObject({ reason: 'signature' });
    expect(world.standIn.asked('/jwks')).toBe(1);
    world.waitSeconds(10);
    expect(await read()).toMatchObject({ subject: ada.sub });
    expect(world.standIn.asked('/jwks')).toBe(2);
  });

  it('cannot be had while the provider is down', async () => {
    await world.provider.signOutUrl({ email: null, returnTo: redirectUri });
    world.standIn.trouble({ answers: { '/jwks': 'reset' } });
    expect(await failureWith(await world.standIn.sign(goodClaims()))).toMatchObject({ code: 'unavailable' });
  });
});
