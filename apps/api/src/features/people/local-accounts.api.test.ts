import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../testing/client.ts';
import { makeEnvironment, makePerson, signedIn, testPassword } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { ada, openProviderHouse, type ProviderHouse, signedInWith, signInWith } from '../../testing/providers.ts';
import { issueBreakGlassLink, issueFirstAdminLink, startSession } from './index.ts';

let world: ProviderHouse;
let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;

const tokenOf = (url = '') => url.split('#')[1] ?? '';
const inspect = async (at: TestHouse, token: string) =>
  createClient(at)(contract.inspectOneTimeLink, { body: { token } });
/** A browser with a session that a link began, as no password begins one here. */
const byLink = async (personId: string) => {
  const from = { address: '127.0.0.1', client: 'test' };
  const { token } = await house.db.$transaction((tx) =>
    startSession(tx, personId, house.clock.now(), from, { by: 'link' }),
  );
  return createClient(house, `junction-session=${token}`);
};

beforeAll(async () => {
  world = await openProviderHouse({ env: { JUNCTION_LOCAL_ACCOUNTS: 'off' } });
  house = world.house;
});
afterAll(() => world.close());

describe('without local accounts', () => {
  it('the first admin comes by the link without a password, and connects their identity', async () => {
    const token = tokenOf(await issueFirstAdminLink(house));
    expect((await inspect(house, token)).body).toMatchObject({ purpose: 'firstAdmin', setsPassword: false });
    const browser = createClient(house);
    const redeem = (more: { password?: string } = {}) =>
      browser(contract.redeemOneTimeLink, {
        body: { token, email: 'first@contoso.example', environmentName: 'Contoso', ...more },
      });
    expect((await redeem({ password: testPassword })).problem.errors?.[0]?.field).toBe('password');
    const { status, body } = await redeem();
    expect([status, body.hasPassword, body.canCreateEnvironments]).toEqual([201, false, true]);
    world.standIn.add({ ...ada, sub: 'first', email: 'other@contoso.example' });
    const connected = await signInWith(browser, 'other@contoso.example', { purpose: 'connect' });
    expect(connected.body.me).toMatchObject({ id: body.id, identity: { email: 'other@contoso.example' } });
    expect((await browser(contract.deleteMyIdentity)).problem.code).toBe('onlyWayIn');
  });

  it('no password begins a session, or goes on with one', async () => {
    place = await makeEnvironment(house);
    expect((await createClient(house)(contract.getSignInOptions)).body.localAccounts).toBe(false);
    const body = { email: place.admin.email, password: testPassword };
    expect((await createClient(house)(contract.createSession, { body })).problem.code).toBe('localAccountsOff');
    expect((await place.asAdmin(contract.getMe)).status).toBe(401);
    const browser = await byLink(place.admin.id);
    const change = { currentPassword: testPassword, newPassword: `${testPassword}!` };
    expect((await browser(contract.changePassword, { body: change })).problem.code).toBe('localAccountsOff');
    expect((await browser(contract.listMySessions)).body.value).toHaveLength(1);
  });

  it('nobody gets a link for a password; who is added signs in with the provider', async () => {
    const browser = await byLink(place.admin.id);
    const params = { environmentId: place.environment.id };
    const body = { email: ada.email, role: 'contributor' as const };
    const { body: member, status } = await browser(contract.createMember, { params, body });
    expect([status, member.oneTimeLink]).toEqual([201, undefined]);
    const reset = await browser(contract.resetMemberPassword, { params: { ...params, memberId: member.id } });
    expect([reset.status, reset.problem.code]).toEqual([403, 'localAccountsOff']);
    const asAda = await signedInWith(house, ada.email);
    expect((await asAda(contract.getEnvironment, { params })).body.role).toBe('contributor');
  });

  it('an account with a password becomes that of the identity with its address, and its tokens rest until then', async () => {
    const person = await makePerson(house);
    const browser = await byLink(person.id);
    const { body } = await browser(contract.createMyToken, {
      body: { name: 'Nightly', expiresInDays: 30, scope: ['environment:read'] },
    });
    const ask = () => createClient(house)(contract.getMe, { headers: { authorization: `Bearer ${body.token}` } });
    expect((await ask()).problem.code).toBe('tokenInvalid');
    world.standIn.add({ ...ada, sub: person.id, email: person.email });
    const asPerson = await signedInWith(house, person.email);
    expect((await asPerson(contract.getMe)).body.id).toBe(person.id);
    expect((await ask()).status).toBe(200);
  });
});

describe('a break-glass link', () => {
  it('makes an existing person an admin of every environment, by hand, and tells each', async () => {
    const [mine, other] = [await makeEnvironment(house), await makeEnvironment(house, 'Other')];
    const { url, expiresAt } = await issueBreakGlassLink(house, mine.viewer.email);
    const hours = (Date.parse(expiresAt) - house.clock.now().getTime()) / 3_600_000;
    expect(hours).toBeGreaterThan(0.9);
    expect(hours).toBeLessThanOrEqual(1);
    const token = tokenOf(url);
    expect((await inspect(house, token)).body).toMatchObject({ purpose: 'breakGlass', setsPassword: false });
    const browser = createClient(house);
    expect((await browser(contract.redeemOneTimeLink, { body: { token } })).body.id).toBe(mine.viewer.id);
    for (const { environment } of [mine, other]) {
      const params = { environmentId: environment.id };
      expect((await browser(contract.getEnvironment, { params })).body.role).toBe('admin');
      const { body } = await browser(contract.getMember, { params: { ...params, memberId: mine.viewer.id } });
      expect(body.roleFrom).toBe('hand');
      const { body: log } = await browser(contract.listActivity, { params });
      expect(log.value).toContainEqual(
        expect.objectContaining({
          kind: environment.id === mine.environment.id ? 'member.updated' : 'member.created',
          by: { id: mine.viewer.id, name: mine.viewer.name },
          after: expect.objectContaining({ role: 'admin', with: 'break-glass link' }),
        }),
      );
    }
    expect((await inspect(house, token)).problem.code).toBe('linkUsed');
    const { startedBy } = await house.db.session.findFirstOrThrow({
      where: { personId: mine.viewer.id },
      orderBy: { id: 'desc' },
    });
    expect(startedBy).toBe('link');
    house.passSeconds(4 * 3_600 + 1);
    expect((await browser(contract.getMe)).status).toBe(401);
    house.passSeconds(-4 * 3_600 - 1);
  });

  it('makes a person and an environment where there are none, also with local accounts', async () => {
    const empty = await openTestHouse();
    try {
      const { url } = await issueBreakGlassLink(empty, 'rescue@contoso.example');
      const browser = createClient(empty);
      const { status, body } = await browser(contract.redeemOneTimeLink, { body: { token: tokenOf(url) } });
      expect([status, body.email, body.hasPassword]).toEqual([201, 'rescue@contoso.example', false]);
      expect((await browser(contract.listEnvironments)).body.value).toMatchObject([{ role: 'admin' }]);
    } finally {
      await empty.close();
    }
  });

  it('ends no other session of the person, and leaves the password as it is', async () => {
    const local = await openTestHouse();
    try {
      const { admin, asAdmin } = await makeEnvironment(local);
      const { url } = await issueBreakGlassLink(local, admin.email);
      await createClient(local)(contract.redeemOneTimeLink, { body: { token: tokenOf(url) } });
      expect((await asAdmin(contract.getMe)).status).toBe(200);
      const body = { email: admin.email, password: testPassword };
      expect((await (await signedIn(local, admin.id))(contract.createSession, { body })).status).toBe(201);
    } finally {
      await local.close();
    }
  });
});
