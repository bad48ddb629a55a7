import { afterEach, describe, expect, it } from 'vitest';
import type { Trouble } from './testing/index.ts';
import { openPlainBrowser } from './testing/sign-in-as.ts';
import {
  ada,
  clientId,
  failureOf,
  newHandshake,
  openWorld,
  redirectUri,
  signInPage,
  type World,
} from './testing/world.ts';

const worlds: World[] = [];

const open = async (options?: Parameters<typeof openWorld>[0]): Promise<World> => {
  const world = await openWorld(options);
  worlds.push(world);
  return world;
};

afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.close()));
});

const codeIn = (response: string): string => new URLSearchParams(response).get('code') ?? '';

/** How a sign-in ends that goes wrong at the provider after Ada has signed in there. */
const failureWith = async (world: World, trouble: Trouble) => {
  const { response, handshake } = await world.goThere();
  world.standIn.trouble(trouble);
  return failureOf(world.provider.complete(response, handshake, { redirectUri }), [codeIn(response)]);
};

describe('the way to the provider', () => {
  it('asks for a code with PKCE, state and nonce', async () => {
    const { provider, standIn } = await open({ settings: { scopes: ['groups', 'email'] } });
    const handshake = newHandshake();
    const url = new URL(await provider.authorizationUrl(handshake, { redirectUri }));
    expect(url.origin).toBe(standIn.issuer);
    const { code_challenge: challenge, ...rest } = Object.fromEntries(url.searchParams);
    expect(rest).toEqual({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid profile email offline_access groups',
      state: handshake.state,
      nonce: handshake.nonce,
      code_challenge_method: 'S256',
    });
    expect(challenge).toMatch(/^[\w-]{43}$/);
    expect(url.href).not.toContain(handshake.codeVerifier);
  });
});

describe('who came back', () => {
  it.each(['userInfo', 'idToken'] as const)('is told, with their claims in the %s', async (claimsIn) => {
    const world = await open({ claimsIn });
    expect(await world.signIn()).toEqual({
      issuer: world.standIn.issuer,
      subject: ada.sub,
      email: 'ada@contoso.example',
      isEmailProven: true,
      name: 'Ada Lovelace',
      groups: ['engineers', 'pilots'],
      sid: null,
      refreshToken: expect.any(String),
    });
    expect(world.standIn.asked('/me')).toBe(claimsIn === 'userInfo' ? 1 : 0);
  });

  it('is told with the name of the session when the client wants to hear of its end', async () => {
    const client = { clientId, clientSecret: 'the-secret-of-junction', redirectUris: [redirectUri] };
    const world = await open({ clients: [{ ...client, backChannelLogoutUri: 'http://127.0.0.1:1/logout' }] });
    expect((await world.signIn()).sid).toEqual(expect.any(String));
  });

  it('has an address that is not proven when the provider says so', async () => {
    const world = await open({ people: [{ ...ada, emailVerified: false }] });
    expect(await world.signIn()).toMatchObject({ email: ada.email, isEmailProven: false });
  });

  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
    [undefined, false],
  ])('has an address that is proven by email_verified %j: %j', async (verified, isEmailProven) => {
    const world = await open({ claimsIn: 'idToken' });
    world.standIn.trouble({
      idToken: (claims) => ({ ...claims, email: 'ADA@Contoso.example', email_verified: verified }),
    });
    expect(await world.signIn()).toMatchObject({ email: 'ada@contoso.example', isEmailProven });
  });

  it.each<[string, unknown, string[]]>([
    ['one group as a text', 'engineers', ['engineers']],
    ['no list of groups', undefined, []],
    ['groups among other things', ['a', '', 7, null, 'a', 'b'], ['a', 'b']],
  ])('may have %s', async (_what, groups, expected) => {
    const world = await open({ claimsIn: 'idToken' });
    world.standIn.trouble({ idToken: (claims) => ({ ...claims, groups }) });
    const { response, handshake } = await world.goThere();
    // The userinfo endpoint, which is asked where the ID token says nothing, knows of none either.
    world.standIn.setGroups(ada.email, []);
    expect((await world.provider.complete(response, handshake, { redirectUri })).groups).toEqual(expected);
  });

  it('has the groups of another claim where one is configured', async () => {
    const world = await open({ claimsIn: 'idToken', settings: { groupsClaim: 'https://contoso.example/teams' } });
    world.standIn.trouble({ idToken: (claims) => ({ ...claims, 'https://contoso.example/teams': ['blue'] }) });
    expect((await world.signIn()).groups).toEqual(['blue']);
  });

  it('has no address and no name where the provider tells none', async () => {
    const world = await open({ claimsIn: 'idToken' });
    world.standIn.trouble({
      idToken: ({ email_verified: _, ...claims }) => ({ ...claims, email: '+49 30 1234', name: ' ' }),
    });
    expect(await world.signIn()).toMatchObject({ email: null, isEmailProven: false, name: null });
  });

  it('comes by a public client too, which has no secret', async () => {
    const world = await open({
      clients: [{ clientId, redirectUris: [redirectUri] }],
      settings: { clientSecret: undefined },
    });
    expect(await world.signIn()).toMatchObject({ subject: ada.sub });
  });

  it('comes by a client that shows its secret in the header where the provider does not announce another way', async () => {
    const client = { clientId, clientSecret: 'the-secret-of-junction', redirectUris: [redirectUri] };
    const world = await open({ clients: [{ ...client, showsSecretIn: 'header' }] });
    world.standIn.trouble({
      discovery: ({ token_endpoint_auth_methods_supported: _, ...document }) => document,
    });
    expect(await world.signIn()).toMatchObject({ subject: ada.sub });
  });

  it.each(['RS256', 'ES256'] as const)('is believed with a signature by %s', async (algorithm) => {
    const world = await open({ algorithm });
    expect(await world.signIn()).toMatchObject({ subject: ada.sub });
  });
});

describe('what is not believed', () => {
  it.each<[string, Trouble, string]>([
    ['another issuer', { idToken: (claims) => ({ ...claims, iss: 'https://id.evil.example' }) }, 'issuer'],
    ['another audience', { idToken: (claims) => ({ ...claims, aud: 'another-application' }) }, 'audience'],
    ['more audiences', { idToken: (claims) => ({ ...claims, aud: [clientId, 'other'], azp: 'other' }) }, 'audience'],
    ['another nonce', { idToken: (claims) => ({ ...claims, nonce: 'of-another-sign-in' }) }, 'nonce'],
    ['no nonce', { idToken: ({ nonce: _, ...claims }) => claims }, 'answer'],
    ['no subject', { idToken: ({ sub: _, ...claims }) => claims }, 'answer'],
    ['an empty subject', { idToken: (claims) => ({ ...claims, sub: '' }) }, 'subject'],
    ['a signature of somebody else', { signedBy: 'somebodyElse' }, 'signature'],
    ['no signature', { signedBy: 'nobody' }, 'signature'],
    ['a time long past', { clockAheadSeconds: -3_600 }, 'expired'],
    ['a time to come', { clockAheadSeconds: 3_600 }, 'clock'],
    ['a start to come', { idToken: (claims) => ({ ...claims, nbf: Number(claims.iat) + 3_600 }) }, 'clock'],
  ])('an ID token with %s', async (_what, trouble, reason) => {
    expect(await failureWith(await open(), trouble)).toMatchObject({ code: 'rejected', reason });
  });

  it('an unsigned ID token of a provider that announces those', async () => {
    const world = await open();
    world.standIn.trouble({
      discovery: (document) => ({ ...document, id_token_signing_alg_values_supported: ['none', 'ES256'] }),
    });
    expect(await failureWith(world, { signedBy: 'nobody' })).toMatchObject({ code: 'rejected', reason: 'signature' });
  });

  it('userinfo of somebody else', async () => {
    const world = await open();
    const { response, handshake } = await world.goThere();
    world.standIn.trouble({ idToken: (claims) => ({ ...claims, sub: 'somebody-else' }) });
    expect(await failureOf(world.provider.complete(response, handshake, { redirectUri }))).toMatchObject({
      code: 'rejected',
      reason: 'subject',
    });
  });

  it('a code that was used before', async () => {
    const { provider, goThere } = await open();
    const { response, handshake } = await goThere();
    await provider.complete(response, handshake, { redirectUri });
    expect(await failureOf(provider.complete(response, handshake, { redirectUri }), [codeIn(response)])).toMatchObject({
      code: 'rejected',
      reason: 'code',
    });
  });

  it('a code that belongs to another verifier', async () => {
    const { provider, goThere } = await open();
    const { response, handshake } = await goThere();
    const other = { ...handshake, codeVerifier: newHandshake().codeVerifier };
    expect(await failureOf(provider.complete(response, other, { redirectUri }), [codeIn(response)])).toMatchObject({
      code: 'rejected',
      reason: 'code',
    });
  });

  it.each<[string, (response: URLSearchParams) => void, string]>([
    ['another state', (response) => response.set('state', 'tampered'), 'state'],
    ['no state', (response) => response.delete('state'), 'state'],
    ['another issuer', (response) => response.set('iss', 'https://id.evil.example'), 'issuer'],
    ['no issuer', (response) => response.delete('iss'), 'issuer'],
    ['no code', (response) => response.delete('code'), 'answer'],
    ['two codes', (response) => response.append('code', 'another'), 'answer'],
  ])('an answer with %s, and nobody is asked about it', async (_what, tamper, reason) => {
    const { provider, standIn, goThere } = await open();
    const { response, handshake } = await goThere();
    const tampered = new URLSearchParams(response);
    tamper(tampered);
    expect(
      await failureOf(provider.complete(tampered.toString(), handshake, { redirectUri }), [codeIn(response)]),
    ).toMatchObject({ code: 'rejected', reason });
    expect(standIn.asked('/token')).toBe(0);
  });

  it('an answer to another sign-in', async () => {
    const { provider, goThere } = await open();
    const { response } = await goThere();
    expect(await failureOf(provider.complete(response, newHandshake(), { redirectUri }))).toMatchObject({
      code: 'rejected',
      reason: 'state',
    });
  });
});

describe('an error in place of a code', () => {
  it.each([
    ['access_denied', 'refused', 'denied'],
    ['login_required', 'refused', 'loginRequired'],
    ['temporarily_unavailable', 'unavailable', 'status'],
    ['unauthorized_client', 'misconfigured', 'client'],
    ['invalid_scope', 'misconfigured', 'scope'],
    ['something_else', 'rejected', 'answer'],
  ])('%s is %s', async (error, code, reason) => {
    const { provider, standIn } = await open();
    const handshake = newHandshake();
    const response = new URLSearchParams({
      error,
      error_description: 'do not show',
      state: handshake.state,
      iss: standIn.issuer,
    });
    const failure = await failureOf(provider.complete(response.toString(), handshake, { redirectUri }));
    expect(failure).toMatchObject({ code, reason });
    expect(failure.message).not.toContain('do not show');
  });

  it('does not count when it does not belong to this sign-in', async () => {
    const { provider } = await open();
    expect(
      await failureOf(provider.complete('error=access_denied&state=other', newHandshake(), { redirectUri })),
    ).toMatchObject({ code: 'rejected', reason: 'state' });
  });
});

describe('clocks', () => {
  it.each([
    ['ahead of', 50],
    ['behind', -50],
  ])('may differ: the provider is a little %s this machine', async (_what, clockAheadSeconds) => {
    const world = await open();
    world.standIn.trouble({ clockAheadSeconds });
    expect(await world.signIn()).toMatchObject({ subject: ada.sub });
  });

  it.each([
    [55, undefined],
    [65, 'expired'],
  ])('tell that a token which ended %s seconds ago is %s', async (seconds, reason) => {
    const world = await open();
    const idToken = (claims: Record<string, unknown>) => ({ ...claims, exp: Number(claims.iat) - seconds });
    if (reason === undefined) {
      world.standIn.trouble({ idToken });
      expect(await world.signIn()).toMatchObject({ subject: ada.sub });
    } else expect(await failureWith(world, { idToken })).toMatchObject({ code: 'rejected', reason });
  });

  it('are those of the caller', async () => {
    const world = await open();
    world.waitSeconds(3_600);
    const { response, handshake } = await world.goThere();
    expect(await failureOf(world.provider.complete(response, handshake, { redirectUri }))).toMatchObject({
      reason: 'expired',
    });
  });
});

describe('keys', () => {
  it('may change between two sign-ins', async () => {
    const world = await open();
    await world.signIn();
    await world.standIn.rotateKeys();
    expect(await world.signIn()).toMatchObject({ subject: ada.sub });
    expect(world.standIn.asked('/jwks')).toBe(2);
  });

  it('are read once in ten minutes while they fit', async () => {
    const world = await open();
    await world.signIn();
    await world.signIn();
    expect(world.standIn.asked('/jwks')).toBe(1);
    world.waitSeconds(10 * 60);
    world.standIn.trouble({ clockAheadSeconds: 10 * 60 });
    await world.signIn();
    expect(world.standIn.asked('/jwks')).toBe(2);
  });
});

describe('a client that is not set up right', () => {
  it('is told of when the secret is wrong', async () => {
    const world = await open({ settings: { clientSecret: 'not-the-secret' } });
    const { response, handshake } = await world.goThere();
    expect(
      await failureOf(world.provider.complete(response, handshake, { redirectUri }), ['not-the-secret']),
    ).toMatchObject({ code: 'misconfigured', reason: 'client' });
  });
});

describe('signing out at the provider', () => {
  it('names client, person and the way back, and no token', async () => {
    const { provider, standIn } = await open();
    const url = new URL((await provider.signOutUrl({ email: ada.email, returnTo: signInPage })) ?? '');
    expect(url.origin).toBe(standIn.issuer);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: clientId,
      logout_hint: ada.email,
      post_logout_redirect_uri: signInPage,
    });
  });

  it('leads back, and the provider asks who it is the next time', async () => {
    const world = await open();
    const browser = openPlainBrowser();
    await browser.signInAs(await world.provider.authorizationUrl(newHandshake(), { redirectUri }), ada.email);
    const url = (await world.provider.signOutUrl({ email: null, returnTo: signInPage })) ?? '';
    expect(await browser.signOut(url)).toBe(signInPage);
    await expect(
      browser.signInAs(
        await world.provider.authorizationUrl(newHandshake(), { redirectUri }),
        'nobody@contoso.example',
      ),
    ).rejects.toThrow('does not know nobody@contoso.example');
  });

  it('happens by itself to whoever is removed there', async () => {
    const world = await open();
    const browser = openPlainBrowser();
    await browser.signInAs(await world.provider.authorizationUrl(newHandshake(), { redirectUri }), ada.email);
    world.standIn.remove(ada.email);
    await expect(
      browser.signInAs(await world.provider.authorizationUrl(newHandshake(), { redirectUri }), ada.email),
    ).rejects.toThrow(`does not know ${ada.email}`);
  });

  it('is not possible where the provider has no place for it', async () => {
    const world = await open();
    world.standIn.trouble({ discovery: ({ end_session_endpoint: _, ...document }) => document });
    expect(await world.provider.signOutUrl({ email: ada.email, returnTo: signInPage })).toBeNull();
  });
});
