import { afterEach, describe, expect, it } from 'vitest';
import { ada, failureOf, openWorld, type World } from './testing/world.ts';

let world: World;

const open = async (options?: Parameters<typeof openWorld>[0]): Promise<string> => {
  world = await openWorld(options);
  const { refreshToken } = await world.signIn();
  return refreshToken ?? '';
};

afterEach(() => world.close());

describe('asking again', () => {
  it.each(['userInfo', 'idToken'] as const)('tells new groups, with claims in the %s', async (claimsIn) => {
    const refreshToken = await open({ claimsIn });
    world.standIn.setGroups(ada.email, ['pilots']);
    expect(await world.provider.refresh(refreshToken)).toMatchObject({
      issuer: world.standIn.issuer,
      subject: ada.sub,
      email: ada.email,
      isEmailProven: true,
      name: ada.name,
      groups: ['pilots'],
    });
  });

  it('works in another process', async () => {
    const refreshToken = await open();
    expect(await world.anotherProvider().refresh(refreshToken)).toMatchObject({ subject: ada.sub });
  });

  it('goes on with the next refresh token where the provider rotates them', async () => {
    const first = await open({ rotatesRefreshTokens: true });
    const { refreshToken: second } = await world.provider.refresh(first);
    expect(second).not.toBe(first);
    expect((await world.provider.refresh(second ?? '')).refreshToken).not.toBe(second);
    // The provider sees that the first one is shown twice, which means that somebody has stolen it.
    expect(await failureOf(world.provider.refresh(first), [first])).toMatchObject({ code: 'lost' });
  });

  it('goes on with the same refresh token where the provider sends no other', async () => {
    const refreshToken = await open({ rotatesRefreshTokens: false });
    expect((await world.provider.refresh(refreshToken)).refreshToken).toBe(refreshToken);
    expect(await world.provider.refresh(refreshToken)).toMatchObject({ refreshToken, subject: ada.sub });
  });

  it('asks the userinfo endpoint where the answer has no ID token', async () => {
    const refreshToken = await open({ claimsIn: 'idToken' });
    world.standIn.trouble({ withoutIdToken: true });
    world.standIn.setGroups(ada.email, ['pilots']);
    expect(await world.provider.refresh(refreshToken)).toMatchObject({
      subject: ada.sub,
      groups: ['pilots'],
      sid: null,
    });
    expect(world.standIn.asked('/me')).toBe(1);
  });

  it('follows keys that have changed', async () => {
    const refreshToken = await open();
    await world.standIn.rotateKeys();
    expect(await world.provider.refresh(refreshToken)).toMatchObject({ subject: ada.sub });
  });
});

describe('somebody who may sign in no more', () => {
  it('is lost', async () => {
    const refreshToken = await open();
    world.standIn.remove(ada.email);
    expect(await failureOf(world.provider.refresh(refreshToken), [refreshToken])).toEqual({
      code: 'lost',
      reason: 'gone',
      message: 'Contoso ID no longer lets this person in.',
    });
  });

  it('is lost with a refresh token that the provider does not know', async () => {
    await open();
    expect(await failureOf(world.provider.refresh('made-up'), ['made-up'])).toMatchObject({ code: 'lost' });
  });
});

describe('an answer that says nothing about them', () => {
  it.each([
    ['/token', 'error500', 'unavailable', 'status'],
    ['/token', 'reset', 'unavailable', 'unreachable'],
    ['/me', 'error500', 'unavailable', 'status'],
    ['/me', 'notJson', 'rejected', 'answer'],
    ['/jwks', 'reset', 'unavailable', 'unreachable'],
  ] as const)('%s, which ends in %s, is %s', async (path, answer, code, reason) => {
    const refreshToken = await open();
    await world.standIn.rotateKeys();
    world.standIn.trouble({ answers: { [path]: answer } });
    expect(await failureOf(world.provider.refresh(refreshToken), [refreshToken])).toMatchObject({ code, reason });
  });

  it.each([
    ['issuer', { iss: 'https://id.evil.example' }],
    ['audience', { aud: 'another-application' }],
  ])('an ID token of another %s is rejected', async (reason, change) => {
    const refreshToken = await open();
    world.standIn.trouble({ idToken: (claims) => ({ ...claims, ...change }) });
    expect(await failureOf(world.provider.refresh(refreshToken))).toMatchObject({ code: 'rejected', reason });
  });

  it('does not cost them their place when the client secret has run out', async () => {
    const refreshToken = await open();
    world.standIn.setClient({
      clientId: 'junction',
      clientSecret: 'a-new-one',
      redirectUris: ['https://junction.contoso.example/'],
    });
    expect(await failureOf(world.provider.refresh(refreshToken))).toMatchObject({ code: 'misconfigured' });
  });
});
