import { afterEach, describe, expect, it } from 'vitest';
import { createIdentityProvider } from './create-identity-provider.ts';
import type { BadAnswer } from './testing/index.ts';
import { failureOf, newHandshake, openWorld, redirectUri, type World } from './testing/world.ts';

let world: World;

afterEach(() => world.close());

const begin = () => world.provider.authorizationUrl(newHandshake(), { redirectUri });

/** So short that the test does not wait for what never comes, so long that a busy machine answers in it. */
const requestTimeoutMs = 1_000;

const bad: [answer: BadAnswer, reason: string][] = [
  ['reset', 'unreachable'],
  ['error500', 'status'],
  ['hangs', 'timeout'],
  ['tooLong', 'answerTooLong'],
];

describe('a provider that is not there', () => {
  it.each([...bad, ['notJson', 'answer']] as typeof bad)('at discovery: %s', async (answer, reason) => {
    world = await openWorld({ requestTimeoutMs });
    world.standIn.trouble({ answers: { '': answer } });
    expect(await failureOf(begin())).toMatchObject({ code: 'unavailable', reason });
    // A failure is not remembered.
    world.standIn.heal();
    expect(await begin()).toContain(world.standIn.issuer);
  });

  it.each(['/token', '/me', '/jwks'].flatMap((path) => bad.map(([answer, reason]) => [path, answer, reason] as const)))(
    'at %s: %s',
    async (path, answer, reason) => {
      world = await openWorld({ requestTimeoutMs });
      const { response, handshake } = await world.goThere();
      world.standIn.trouble({ answers: { [path]: answer } });
      expect(
        await failureOf(world.provider.complete(response, handshake, { redirectUri }), [
          new URLSearchParams(response).get('code') ?? '',
        ]),
      ).toMatchObject({ code: 'unavailable', reason });
    },
  );

  it('at all', async () => {
    world = await openWorld();
    await world.standIn.close();
    expect(await failureOf(begin())).toMatchObject({ code: 'unavailable', reason: 'unreachable' });
  });

  it('ends with the signal of who asks', async () => {
    world = await openWorld();
    const refreshToken = (await world.signIn()).refreshToken ?? '';
    world.standIn.trouble({ answers: { '/token': 'hangs' } });
    const signal = AbortSignal.timeout(100);
    expect(await failureOf(world.provider.refresh(refreshToken, signal))).toMatchObject({
      code: 'unavailable',
      reason: 'aborted',
    });
  });
});

describe('discovery', () => {
  it('goes on for the others when one of them has waited for long enough', async () => {
    world = await openWorld({ requestTimeoutMs: 1_000 });
    world.standIn.trouble({ answers: { '/openid-configuration': 'hangs' } });
    const patient = failureOf(begin());
    const signal = AbortSignal.timeout(50);
    const impatient = failureOf(world.provider.signOutUrl({ email: null, returnTo: redirectUri, signal }));
    expect(await impatient).toMatchObject({ code: 'unavailable', reason: 'aborted' });
    expect(await failureOf(world.provider.refresh('any', AbortSignal.abort()))).toMatchObject({ reason: 'aborted' });
    expect(await patient).toMatchObject({ code: 'unavailable', reason: 'timeout' });
    expect(world.standIn.asked('/openid-configuration')).toBe(1);
  });

  it('is read once in an hour, however many ask', async () => {
    world = await openWorld();
    await Promise.all([begin(), begin(), begin()]);
    world.waitSeconds(59 * 60);
    await begin();
    expect(world.standIn.asked('/openid-configuration')).toBe(1);
    world.waitSeconds(60);
    await begin();
    expect(world.standIn.asked('/openid-configuration')).toBe(2);
  });

  it('is not what was configured when it names another issuer', async () => {
    world = await openWorld();
    world.standIn.trouble({ discovery: (document) => ({ ...document, issuer: 'https://id.evil.example' }) });
    expect(await failureOf(begin())).toMatchObject({ code: 'misconfigured', reason: 'issuer' });
  });

  it('says how the issuer is written when only a slash differs', async () => {
    world = await openWorld();
    world.standIn.trouble({ discovery: (document) => ({ ...document, issuer: `${world.standIn.issuer}/` }) });
    const failure = await failureOf(begin());
    expect(failure).toMatchObject({ code: 'misconfigured', reason: 'issuer' });
    expect(failure.message).toContain(`calls itself ${world.standIn.issuer}/.`);
  });

  it('is missing where there is no provider', async () => {
    world = await openWorld();
    const provider = createIdentityProvider(
      { ...world.settings, id: 'oidc', issuer: `${world.standIn.origin}/nobody`, groupsClaim: 'groups', scopes: [] },
      { fetch, now: () => new Date() },
    );
    expect(await failureOf(provider.authorizationUrl(newHandshake(), { redirectUri }))).toMatchObject({
      code: 'misconfigured',
      reason: 'discovery',
    });
  });

  it.each(['token_endpoint', 'authorization_endpoint', 'jwks_uri'])('needs %s', async (name) => {
    world = await openWorld();
    world.standIn.trouble({ discovery: ({ [name]: _, ...document }) => document });
    expect(await failureOf(world.signIn())).toMatchObject({ code: 'misconfigured', reason: 'discovery' });
  });
});

describe('places that may not be reached', () => {
  it('are named with what the operator has to add', async () => {
    world = await openWorld();
    world.standIn.trouble({
      discovery: (document) => ({ ...document, token_endpoint: 'https://tokens.contoso.example:8443/token' }),
    });
    const failure = await failureOf(world.signIn());
    expect(failure).toMatchObject({ code: 'misconfigured', reason: 'hostNotAllowed' });
    expect(failure.message).toContain('add tokens.contoso.example:8443 to JUNCTION_ALLOWED_HOSTS');
  });

  it('are the issuer itself too when the guard does not know it', async () => {
    world = await openWorld({ allowedHosts: [] });
    const failure = await failureOf(begin());
    expect(failure).toMatchObject({ code: 'misconfigured', reason: 'hostNotAllowed' });
    expect(failure.message).toContain(`add ${world.standIn.origin} to JUNCTION_ALLOWED_HOSTS`);
  });

  it.each(['token_endpoint', 'userinfo_endpoint', 'jwks_uri', 'end_session_endpoint'])(
    'are those of %s over http',
    async (name) => {
      world = await openWorld();
      world.standIn.trouble({ discovery: (document) => ({ ...document, [name]: 'http://id.contoso.example/here' }) });
      expect(await failureOf(world.signIn())).toMatchObject({ code: 'misconfigured', reason: 'insecure' });
    },
  );
});
