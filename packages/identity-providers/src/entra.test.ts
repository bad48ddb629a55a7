import { afterEach, describe, expect, it } from 'vitest';
import { ada, failureOf, openWorld, redirectUri, tenantId, type World } from './testing/world.ts';

let world: World;

const open = async (options?: Parameters<typeof openWorld>[0]): Promise<World> => {
  world = await openWorld({ flavour: 'entra', ...options });
  return world;
};

afterEach(() => world.close());

type Claims = Record<string, unknown>;

const manyGroups = Array.from({ length: 201 }, (_, index) => `group-${index}`);

describe('somebody of the tenant', () => {
  it('is known by their object id and their sign-in name', async () => {
    await open({ algorithm: 'RS256', people: [{ ...ada, roles: ['Junction.Admin'] }] });
    expect(await world.signIn()).toEqual({
      issuer: `${world.standIn.origin}/${tenantId}/v2.0`,
      subject: ada.sub,
      email: ada.email,
      isEmailProven: true,
      name: ada.name,
      groups: ['engineers', 'pilots', 'Junction.Admin'],
      sid: null,
      refreshToken: expect.any(String),
    });
    expect(world.standIn.asked('/me')).toBe(0);
  });

  it('asks for what Graph needs', async () => {
    await open();
    const url = await world.provider.authorizationUrl(
      { state: 's', nonce: 'n', codeVerifier: 'v'.repeat(43) },
      { redirectUri },
    );
    expect(new URL(url).searchParams.get('scope')).toBe('openid profile email offline_access User.Read');
  });

  it.each<[string, Claims, string | null, boolean]>([
    [
      'the sign-in name',
      { preferred_username: 'Ada@Contoso.example', email: 'other@fabrikam.example' },
      ada.email,
      true,
    ],
    [
      'an address where the sign-in name is none',
      { preferred_username: '+49301234', email: ada.email },
      ada.email,
      false,
    ],
    [
      'the same, with a domain that Entra ID vouches for',
      { preferred_username: undefined, email: ada.email, xms_edov: true },
      ada.email,
      true,
    ],
    ['nothing', { preferred_username: undefined, email: undefined }, null, false],
  ])('has an address from %s', async (_what, changed, email, isEmailProven) => {
    await open();
    world.standIn.trouble({ idToken: (claims) => ({ ...claims, ...changed }) });
    expect(await world.signIn()).toMatchObject({ email, isEmailProven });
  });

  it('may have a tenant that is written in capitals', async () => {
    await open({ settings: { tenantId: tenantId.toUpperCase() } });
    expect(await world.signIn()).toMatchObject({ subject: ada.sub });
  });
});

describe('somebody else', () => {
  const other = '9a9a9a9a-1111-4222-8333-444444444444';

  it.each<[string, (claims: Claims) => Claims, string]>([
    ['of another tenant', (claims) => ({ ...claims, tid: other }), 'tenant'],
    ['of no tenant', ({ tid: _, ...claims }) => claims, 'tenant'],
    [
      'of another tenant by issuer',
      (claims) => ({ ...claims, tid: other, iss: String(claims.iss).replace(tenantId, other) }),
      'issuer',
    ],
    ['without an object id', ({ oid: _, ...claims }) => claims, 'subject'],
  ])('%s is not let in', async (_what, idToken, reason) => {
    await open();
    world.standIn.trouble({ idToken });
    expect(await failureOf(world.signIn())).toMatchObject({ code: 'rejected', reason });
  });
});

describe('somebody with more groups than a token holds', () => {
  it('has all of them, from Graph, and the roles of the token', async () => {
    await open({ people: [{ ...ada, groups: manyGroups, roles: ['Junction.Viewer'] }] });
    const { groups, refreshToken } = await world.signIn();
    expect(groups).toEqual([...manyGroups, 'Junction.Viewer']);
    expect(world.standIn.asked('/v1.0/me/getMemberObjects')).toBe(1);
    world.standIn.setGroups(ada.email, [...manyGroups, 'one-more']);
    expect((await world.provider.refresh(refreshToken ?? '')).groups).toContain('one-more');
  });

  it('is known by the older sign of it too', async () => {
    await open();
    world.standIn.trouble({ idToken: ({ groups: _, ...claims }) => ({ ...claims, hasgroups: 'true' }) });
    expect((await world.signIn()).groups).toEqual(['engineers', 'pilots']);
  });

  it.each([
    ['error500', 'unavailable', 'status'],
    ['reset', 'unavailable', 'unreachable'],
    ['hangs', 'unavailable', 'timeout'],
    ['tooLong', 'unavailable', 'answerTooLong'],
    ['notJson', 'unavailable', 'graph'],
    ['badRequest', 'misconfigured', 'tooManyGroups'],
    ['forbidden', 'misconfigured', 'graphPermission'],
  ] as const)('is never taken for somebody without groups when Graph ends in %s', async (answer, code, reason) => {
    await open({ people: [{ ...ada, groups: manyGroups }], requestTimeoutMs: 1_000 });
    world.standIn.trouble({ answers: { '/getMemberObjects': answer } });
    expect(await failureOf(world.signIn())).toMatchObject({ code, reason });
  });
});

describe('somebody who was removed', () => {
  it('is lost', async () => {
    await open();
    const { refreshToken } = await world.signIn();
    world.standIn.remove(ada.email);
    expect(await failureOf(world.provider.refresh(refreshToken ?? ''))).toMatchObject({ code: 'lost' });
  });

  it('is not proven by an answer without an ID token', async () => {
    await open();
    const { refreshToken } = await world.signIn();
    world.standIn.trouble({ withoutIdToken: true });
    expect(await failureOf(world.provider.refresh(refreshToken ?? ''))).toMatchObject({
      code: 'rejected',
      reason: 'idToken',
    });
  });
});
