import * as contract from '@junction/contracts';
import { openPlainBrowser } from '@junction/identity-providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeEnvironment, signedIn } from '../../testing/factories.ts';
import type { TestHouse } from '../../testing/house.ts';
import { ada, bob, openProviderHouse, type ProviderHouse, signedInWith } from '../../testing/providers.ts';
import { sendRaw } from '../../testing/raw.ts';

let world: ProviderHouse;
let house: TestHouse;
beforeAll(async () => {
  world = await openProviderHouse();
  house = world.house;
  await makeEnvironment(house);
});
afterAll(() => world.close());

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const post = (body: string, headers: Record<string, string> = form) =>
  sendRaw(house, { method: 'POST', path: '/oidc/back-channel-logout', headers, body });
const logoutToken = (claims: Record<string, unknown>) => {
  const now = Math.floor(Date.now() / 1000);
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
  const usual = {
    iss: world.standIn.issuer,
    aud: 'junction',
    iat: now,
    exp: now + 60,
    jti: `${Math.random()}`,
    events,
  };
  return world.standIn.sign({ ...usual, ...claims }, { typ: 'logout+jwt' });
};
const tell = async (claims: Record<string, unknown>) =>
  (await post(new URLSearchParams({ logout_token: await logoutToken(claims) }).toString())).status;
const statusOf = async (browser: Awaited<ReturnType<typeof signedInWith>>) => (await browser(contract.getMe)).status;
const sidOf = async (personId: string) =>
  (await house.db.session.findFirstOrThrow({ where: { personId }, orderBy: { id: 'desc' } })).providerSid ?? '';

describe('a provider where somebody signed out', () => {
  it('ends the one session that it names, and records it', async () => {
    const first = await signedInWith(house, ada.email);
    const { id } = (await first(contract.getMe)).body;
    const sid = await sidOf(id);
    const second = await signedInWith(house, ada.email);
    expect(await tell({ sid })).toBe(200);
    expect([await statusOf(first), await statusOf(second)]).toEqual([401, 200]);
    const row = await house.db.activity.findFirst({ where: { kind: 'session.deleted' }, orderBy: { id: 'desc' } });
    expect(row).toMatchObject({ byId: null, subjectId: id, after: { with: 'Contoso ID' } });
    expect(await tell({ sid })).toBe(200);
  });

  it('ends all that it began for the person when it names none, and nobody else’s', async () => {
    const [one, two, other] = [
      await signedInWith(house, ada.email),
      await signedInWith(house, ada.email),
      await signedInWith(house, bob.email),
    ];
    const locally = await signedIn(house, (await one(contract.getMe)).body.id);
    expect(await tell({ sub: ada.sub })).toBe(200);
    expect([await statusOf(one), await statusOf(two), await statusOf(other), await statusOf(locally)]).toEqual([
      401, 401, 200, 200,
    ]);
  });

  it('is understood as a real one says it', async () => {
    const at = openPlainBrowser();
    const browser = await signedInWith(house, bob.email, { at });
    await world.standIn.backChannelLogout(bob.email);
    await expect.poll(() => statusOf(browser)).toBe(401);
  });

  it('is not believed without a valid token, and nothing is kept on the way', async () => {
    const browser = await signedInWith(house, ada.email);
    const valid = await logoutToken({ sub: ada.sub });
    const bodies = [
      '',
      'logout_token=',
      'logout_token=nonsense',
      `logout_token=${valid}&logout_token=${valid}`,
      `logout_token=${valid.slice(0, -4)}AAAA`,
      `logout_token=${await logoutToken({ sub: ada.sub, aud: 'somebody-else' })}`,
      `logout_token=${await logoutToken({ sub: ada.sub, iss: 'https://elsewhere.example' })}`,
      `logout_token=${await logoutToken({ sub: ada.sub, events: {} })}`,
      `logout_token=${await logoutToken({ sub: ada.sub, exp: 1 })}`,
      `logout_token=${await logoutToken({ sub: 'with\0NUL' })}`,
      `logout_token=${await logoutToken({ sid: 'with\0NUL' })}`,
    ];
    for (const body of bodies) {
      const reply = await post(body);
      expect([reply.status, reply.text, reply.headers['cache-control']]).toEqual([
        400,
        '{"error":"invalid_request"}',
        'no-store',
      ]);
    }
    expect((await post(JSON.stringify({ logout_token: valid }), { 'content-type': 'application/json' })).status).toBe(
      400,
    );
    expect((await post(`logout_token=${'x'.repeat(20_000)}`)).status).toBe(413);
    expect(await statusOf(browser)).toBe(200);
    expect((await post(`logout_token=${valid}`)).headers['cache-control']).toBe('no-store');
    expect(await statusOf(browser)).toBe(401);
    expect(house.logLines().join('')).not.toContain(valid);
  });
});
