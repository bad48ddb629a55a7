import * as contract from '@junction/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClient, type TestClient } from '../../testing/client.ts';
import { makeEnvironment, signedIn } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { envOf, openProviderHouse, type ProviderHouse, signedInWith } from '../../testing/providers.ts';
import { startSession } from '../people/index.ts';

let world: ProviderHouse;
let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  world = await openProviderHouse({ env: { JUNCTION_SIGN_IN_RECHECK_SECONDS: '60' } });
  house = world.house;
  place = await makeEnvironment(house);
  const params = { environmentId: place.environment.id };
  for (const [value, role] of [
    ['engineers', 'admin'],
    ['staff', 'viewer'],
  ] as const)
    await place.asAdmin(contract.createGroupRole, { params, body: { value, name: value, role } });
});
afterAll(() => world.close());

let ahead = 0;
let trouble: Parameters<ProviderHouse['standIn']['trouble']>[0] = {};
/** The time passes at the provider, too. */
const showTrouble = (changes: typeof trouble) => {
  trouble = changes;
  world.standIn.trouble({ ...trouble, clockAheadSeconds: ahead });
};
const passSeconds = (seconds: number) => {
  house.passSeconds(seconds);
  ahead += seconds;
  showTrouble(trouble);
};
afterEach(() => showTrouble({}));

let count = 0;
const comeWith = async (...groups: string[]) => {
  count += 1;
  const email = `recheck${count}@contoso.example`;
  world.standIn.add({ sub: `recheck-${count}`, email, name: `Number ${count}`, groups });
  const browser = await signedInWith(house, email);
  const { id } = (await browser(contract.getMe)).body;
  return { id, email, browser };
};
const roleOf = async (browser: TestClient) => {
  const { status, body } = await browser(contract.getEnvironment, { params: { environmentId: place.environment.id } });
  return status === 200 ? body.role : status;
};
const identityOf = (personId: string) => house.db.identity.findUniqueOrThrow({ where: { personId } });

describe('somebody who is at work', () => {
  it('keeps their role, gets another or loses it as their groups at the provider change', async () => {
    const { email, browser } = await comeWith('engineers');
    expect(await roleOf(browser)).toBe('admin');
    world.standIn.setGroups(email, ['staff']);
    expect(await roleOf(browser)).toBe('admin');
    passSeconds(61);
    expect(await roleOf(browser)).toBe('viewer');
    world.standIn.setGroups(email, []);
    passSeconds(61);
    expect(await roleOf(browser)).toBe(404);
    expect((await browser(contract.getMe)).status).toBe(200);
  });

  it('is signed out once the provider no longer knows them, and their tokens rest', async () => {
    const { id, email, browser } = await comeWith('staff');
    const { body } = await browser(contract.createMyToken, {
      body: { name: 'Nightly', expiresInDays: 30, scope: ['environment:read'] },
    });
    const program = createClient(house);
    const headers = { authorization: `Bearer ${body.token}` };
    expect((await program(contract.getMe, { headers })).status).toBe(200);
    world.standIn.remove(email);
    passSeconds(61);
    const replies = await Promise.all([browser(contract.getMe), browser(contract.getMe)]);
    expect(replies.some(({ status }) => status === 401)).toBe(true);
    expect((await browser(contract.getMe)).problem.code).toBe('unauthenticated');
    expect((await program(contract.getMe, { headers })).problem.code).toBe('tokenInvalid');
    expect(await identityOf(id)).toMatchObject({ lostAt: expect.any(Date), refreshToken: null, recheckAt: null });
    expect(await house.db.activity.count({ where: { kind: 'identity.lost', subjectId: id } })).toBe(1);

    // The place is kept, counts for nothing meanwhile, and is there again when the provider knows them again.
    const [locally] = [await signedIn(house, id)];
    expect(await roleOf(locally)).toBe(404);
    world.standIn.add({ sub: `recheck-${count}`, email, name: 'Back', groups: ['staff'] });
    expect(await roleOf(await signedInWith(house, email))).toBe('viewer');
    expect((await program(contract.getMe, { headers })).status).toBe(200);
  });

  it('by a token alone is asked about as well', async () => {
    const { email, browser } = await comeWith('staff');
    const { body } = await browser(contract.createMyToken, {
      body: { name: 'Nightly', expiresInDays: 30, scope: ['environment:read'] },
    });
    const program = createClient(house);
    const ask = () =>
      program(contract.getEnvironment, {
        params: { environmentId: place.environment.id },
        headers: { authorization: `Bearer ${body.token}` },
      });
    expect((await ask()).status).toBe(200);
    world.standIn.setGroups(email, []);
    passSeconds(61);
    expect((await ask()).status).toBe(404);
    world.standIn.remove(email);
    passSeconds(61);
    expect((await ask()).problem.code).toBe('tokenInvalid');
  });
});

describe('a provider that does not answer', () => {
  it('sends nobody home for an hour, then has to answer first, and nobody signs in anew for that', async () => {
    const { browser } = await comeWith('staff');
    showTrouble({ answers: { '': 'reset' } });
    passSeconds(61);
    expect((await browser(contract.getMe)).status).toBe(200);
    passSeconds(50 * 60);
    expect((await browser(contract.getMe)).status).toBe(200);
    passSeconds(10 * 60);
    const { status, problem, headers } = await browser(contract.getMe);
    expect([status, problem.code]).toEqual([503, 'providerUnavailable']);
    expect(headers.get('retry-after')).not.toBeNull();
    expect((await browser(contract.getSignInOptions)).status).toBe(200);
    showTrouble({});
    passSeconds(61);
    expect((await browser(contract.getMe)).status).toBe(200);
  });

  it('holds a request up for seconds at most', async () => {
    const { browser } = await comeWith('staff');
    showTrouble({ answers: { '/token': 'hangs' } });
    passSeconds(61);
    const began = performance.now();
    expect((await browser(contract.getMe)).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(9_000);
  });

  it('that speaks of somebody else is not believed', async () => {
    const { id, browser } = await comeWith('staff');
    const before = await identityOf(id);
    showTrouble({ idToken: (claims) => ({ ...claims, sub: 'somebody-else' }) });
    passSeconds(61);
    expect((await browser(contract.getMe)).status).toBe(200);
    expect((await identityOf(id)).confirmedAt).toEqual(before.confirmedAt);
  });
});

describe('of many who could ask', () => {
  it('one does, also in two processes at once, as a refresh token is good for one use', async () => {
    const other = await openTestHouse({
      env: { ...envOf(world.standIn), JUNCTION_SIGN_IN_RECHECK_SECONDS: '60' },
      beside: house,
    });
    try {
      const { id, browser } = await comeWith('staff');
      const elsewhere = createClient(other, browser.cookie);
      for (let round = 0; round < 3; round += 1) {
        passSeconds(61);
        const asked = world.standIn.asked('/token');
        const replies = await Promise.all(
          [browser, elsewhere, browser, elsewhere, browser].map((one) => one(contract.getMe)),
        );
        expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
        expect(world.standIn.asked('/token') - asked).toBe(1);
      }
      expect((await identityOf(id)).lostAt).toBeNull();
    } finally {
      await other.close();
    }
  });

  it('the others wait for the answer when they were away for so long that they cannot go on without', async () => {
    const { browser } = await comeWith('staff');
    passSeconds(3 * 3_600);
    const replies = await Promise.all(Array.from({ length: 6 }, () => browser(contract.getMe)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  });
});

describe('a session', () => {
  it('that a link began lasts some hours, and one of a provider that cannot be asked again one', async () => {
    const { id } = await comeWith('staff');
    const from = { address: '127.0.0.1', client: 'test' };
    const endOf = async (start: Parameters<typeof startSession>[4]) => {
      const now = house.clock.now();
      const { expiresAt } = await house.db.$transaction((tx) => startSession(tx, id, now, from, start));
      return (expiresAt.getTime() - now.getTime()) / 3_600_000;
    };
    expect(await endOf({ by: 'link' })).toBe(4);
    expect(await endOf({ by: 'provider', sid: null, isRechecked: false })).toBe(1);
    expect(await endOf({ by: 'provider', sid: null, isRechecked: true })).toBe(7 * 24);
  });

  it('keeps the refresh token sealed, as that of this identity alone', async () => {
    const [one, other] = [await comeWith('staff'), await comeWith('staff')];
    const { id, refreshToken } = await identityOf(one.id);
    const open = (identityId: string) =>
      house.vault.openDirectly(refreshToken ?? new Uint8Array(), ['identity-refresh-token', identityId]);
    expect(open(id)).toMatch(/\S{20,}/);
    expect(Buffer.from(refreshToken ?? []).toString('latin1')).not.toContain(open(id));
    const { id: otherId } = await identityOf(other.id);
    expect(() => open(otherId)).toThrow();
    expect(house.logLines().join('')).not.toContain(open(id));
  });
});
