import * as contract from '@junction/contracts';
import { openPlainBrowser } from '@junction/identity-providers/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashToken } from '../../platform/tokens.ts';
import { createClient } from '../../testing/client.ts';
import { makeEnvironment, makePerson, signedIn, testPassword } from '../../testing/factories.ts';
import type { TestHouse } from '../../testing/house.ts';
import {
  ada,
  goToProvider,
  openProviderHouse,
  type ProviderHouse,
  registerHouse,
  signedInWith,
  signInWith,
} from '../../testing/providers.ts';
import { issueBreakGlassLink } from '../people/index.ts';
import { attemptsPerAddress } from './attempt-limits.ts';

let world: ProviderHouse;
let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  world = await openProviderHouse();
  house = world.house;
  place = await makeEnvironment(house);
});
afterAll(() => world.close());

let count = 0;
/** Somebody new at the provider. */
const someone = (changes: { emailVerified?: boolean; email?: string } = {}) => {
  count += 1;
  const person = { sub: `sub-${count}`, email: `p${count}@contoso.example`, name: `P. Number${count}`, groups: [] };
  world.standIn.add({ ...person, ...changes });
  return { ...person, ...changes };
};
const complete = (browser: ReturnType<typeof createClient>, response: string) =>
  browser(contract.completeSignIn, { body: { response } });
const lastActivity = (kind: string) => house.db.activity.findFirst({ where: { kind }, orderBy: { id: 'desc' } });

describe('signing in with a provider', () => {
  it('makes an account for who is new, and finds it again by who they are and not by their address', async () => {
    const who = someone();
    const browser = createClient(house);
    const first = await signInWith(browser, who.email, { returnTo: '/exports?status=failing#top' });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      returnTo: '/exports?status=failing#top',
      purpose: 'signIn',
      me: {
        kind: 'person',
        name: who.name,
        email: who.email,
        hasPassword: false,
        identity: { provider: 'Contoso ID', email: who.email },
      },
    });
    expect((await browser(contract.getMe)).body).toEqual(first.body.me);
    expect(await lastActivity('person.created')).toMatchObject({ byId: first.body.me.id, after: { email: who.email } });

    world.standIn.remove(who.email);
    world.standIn.add({ ...who, email: 'married@contoso.example' });
    const again = await signInWith(createClient(house), 'married@contoso.example');
    expect(again.body.me).toMatchObject({
      id: first.body.me.id,
      email: who.email,
      identity: { email: 'married@contoso.example' },
    });
  });

  it('says which providers there are', async () => {
    expect((await createClient(house)(contract.getSignInOptions)).body).toMatchObject({
      localAccounts: true,
      providers: [{ id: 'oidc', name: 'Contoso ID' }],
    });
    const { status, problem } = await createClient(house)(contract.startSignIn, { body: { providerId: 'entra' } });
    expect([status, problem.errors?.[0]?.field]).toEqual([400, 'providerId']);
  });

  it('keeps nothing of an attempt that opens anything', async () => {
    const browser = createClient(house);
    const { body, headers } = await browser(contract.startSignIn, { body: { providerId: 'oidc' } });
    const cookie = headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/^junction-sign-in=[\w-]{43}; /);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    const token = /=([\w-]+)/.exec(cookie)?.[1] ?? '';
    const row = await house.db.signInAttempt.findUniqueOrThrow({ where: { tokenHash: hashToken(token) } });
    const url = new URL(body.url);
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(JSON.stringify(row)).not.toContain(url.searchParams.get(name));
    expect(body.url).not.toContain(token);
    expect(JSON.stringify(house.logLines())).not.toContain(token);
    expect(url.searchParams.get('redirect_uri')).toBe(`${house.baseUrl}${contract.signInCallbackPath}`);
  });

  it('changes the token and ends the session that the browser had', async () => {
    const browser = await signedIn(house, (await makePerson(house)).id);
    const before = browser.cookie;
    expect((await signInWith(browser, someone().email)).status).toBe(201);
    expect((await createClient(house, before)(contract.getMe)).status).toBe(401);
    expect((await browser(contract.getMe)).status).toBe(200);
  });

  it('happens once for each attempt, also for two who complete it at once', async () => {
    const browser = createClient(house);
    const response = await goToProvider(browser, someone().email);
    const both = [createClient(house, browser.cookie), createClient(house, browser.cookie)];
    const replies = await Promise.all(both.map((one) => complete(one, response)));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 410]);
    expect((await complete(createClient(house, browser.cookie), response)).problem.code).toBe('signInExpired');
  });

  it('makes one account of two browsers that come with the same new identity at once', async () => {
    const who = someone();
    const browsers = [createClient(house), createClient(house)];
    const responses = await Promise.all(browsers.map((browser) => goToProvider(browser, who.email)));
    const replies = await Promise.all(browsers.map((browser, index) => complete(browser, responses[index] ?? '')));
    expect(replies.map(({ status }) => status)).toEqual([201, 201]);
    expect(new Set(replies.map(({ body }) => body.me.id)).size).toBe(1);
  });

  it('is only for the browser that began it', async () => {
    const [mine, theirs] = [createClient(house), createClient(house)];
    const response = await goToProvider(mine, someone().email);
    await goToProvider(theirs, someone().email);
    for (const browser of [createClient(house), theirs])
      expect((await complete(browser, response)).problem.code).toBe('signInExpired');
    expect((await complete(mine, `${response}&state=again`)).problem.code).toBe('signInExpired');
    expect((await complete(mine, response)).status).toBe(201);
  });

  it('ends after ten minutes', async () => {
    const browser = createClient(house);
    const response = await goToProvider(browser, someone().email);
    house.passSeconds(601);
    expect((await complete(browser, response)).problem.code).toBe('signInExpired');
    house.passSeconds(-601);
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example/', '/.//evil.example', '/a\nb', 'exports'])(
    'leads to no other site: %j',
    async (returnTo) => {
      const { status, problem } = await createClient(house)(contract.startSignIn, {
        body: { providerId: 'oidc', returnTo },
      });
      expect([status, problem.errors?.[0]?.field]).toEqual([400, 'returnTo']);
    },
  );
});

describe('an account that is there already', () => {
  it('of somebody invited becomes theirs when the provider vouches for the address, and the link for a password ends', async () => {
    const who = someone();
    const params = { environmentId: place.environment.id };
    const body = { email: who.email, role: 'viewer' as const };
    const { body: member } = await place.asAdmin(contract.createMember, { params, body });
    const browser = await signedInWith(house, who.email);
    expect((await browser(contract.getMe)).body).toMatchObject({ id: member.id, hasPassword: false });
    expect((await browser(contract.getEnvironment, { params })).body.role).toBe('viewer');
    const token = member.oneTimeLink?.url.split('#')[1] ?? '';
    const { problem } = await createClient(house)(contract.inspectOneTimeLink, { body: { token } });
    expect(problem.code).toBe('linkUsed');
  });

  it('is not opened by an address that the provider does not vouch for', async () => {
    const who = someone({ emailVerified: false });
    const params = { environmentId: place.environment.id };
    await place.asAdmin(contract.createMember, { params, body: { email: who.email, role: 'admin' } });
    const { status, problem } = await signInWith(createClient(house), who.email);
    expect([status, problem.code]).toEqual([409, 'accountExists']);
    expect(await lastActivity('session.refused')).toMatchObject({ after: { reason: 'accountExists' } });
  });

  it('by an address that nobody vouches for gets nothing that an admin means for who has the address', async () => {
    const who = someone({ emailVerified: false });
    expect((await signInWith(createClient(house), who.email)).status).toBe(201);
    const params = { environmentId: place.environment.id };
    const add = () => place.asAdmin(contract.createMember, { params, body: { email: who.email, role: 'admin' } });
    expect((await add()).problem.errors).toMatchObject([{ field: 'email', code: 'not_proven' }]);
    await expect(issueBreakGlassLink(house, who.email)).rejects.toThrow('does not vouch');

    world.standIn.setGroups(who.email, ['vouched-for-by-nobody']);
    const body = { value: 'vouched-for-by-nobody', name: 'Whoever', role: 'viewer' as const };
    await place.asAdmin(contract.createGroupRole, { params, body });
    const { me } = (await signInWith(createClient(house), who.email)).body;
    const link = await place.asAdmin(contract.resetMemberPassword, { params: { ...params, memberId: me.id } });
    expect(link.problem.errors).toMatchObject([{ field: 'memberId', code: 'not_proven' }]);
    world.standIn.setGroups(who.email, []);

    world.standIn.add({ ...who, emailVerified: true });
    expect((await signInWith(createClient(house), who.email)).status).toBe(201);
    expect((await add()).status).toBe(201);
  });

  it('cannot have the address of a service account', async () => {
    const who = someone({ email: 'someone@service-accounts.invalid' });
    const { status, problem } = await signInWith(createClient(house), who.email);
    expect([status, problem.code]).toEqual([422, 'identityIncomplete']);
    await expect(issueBreakGlassLink(house, who.email)).rejects.toThrow('is a service account');
  });

  it('with a password is not opened at all, but connected by whoever is signed in', async () => {
    const person = await makePerson(house);
    const who = someone({ email: person.email });
    const refused = await signInWith(createClient(house), who.email);
    expect([refused.status, refused.problem.code]).toEqual([409, 'accountExists']);
    expect(refused.problem.detail).toContain('Sign in with your password');

    const browser = await signedIn(house, person.id);
    const connected = await signInWith(browser, who.email, { purpose: 'connect' });
    expect(connected.body).toMatchObject({ purpose: 'connect', me: { id: person.id, hasPassword: true } });
    expect((await signInWith(createClient(house), who.email)).body.me.id).toBe(person.id);
    expect(await lastActivity('identity.connected')).toMatchObject({ byId: person.id });
  });
});

describe('connecting', () => {
  it('needs somebody who is signed in, and the same one at the end', async () => {
    const { problem } = await createClient(house)(contract.startSignIn, {
      body: { providerId: 'oidc', purpose: 'connect' },
    });
    expect(problem.code).toBe('unauthenticated');
    const browser = await signedIn(house, (await makePerson(house)).id);
    const response = await goToProvider(browser, someone().email, { purpose: 'connect' });
    const attempt = browser.cookie?.split('; ').find((one) => one.startsWith('junction-sign-in')) ?? '';
    expect((await complete(createClient(house, attempt), response)).problem.code).toBe('unauthenticated');
    const other = await signedIn(house, (await makePerson(house)).id);
    const mixed = createClient(house, `${other.cookie}; ${attempt}`);
    expect((await complete(mixed, response)).problem.code).toBe('signInExpired');
    expect((await complete(browser, response)).status).toBe(201);
  });

  it('takes nobody else’s identity, and no second one', async () => {
    const [taken, free] = [someone(), someone()];
    await signedInWith(house, taken.email);
    const browser = await signedIn(house, (await makePerson(house)).id);
    expect((await signInWith(browser, taken.email, { purpose: 'connect' })).problem.code).toBe('identityTaken');
    expect((await signInWith(browser, someone().email, { purpose: 'connect' })).status).toBe(201);
    expect((await signInWith(browser, free.email, { purpose: 'connect' })).problem.code).toBe('identityConnected');
  });

  it('can be undone where there is a password, and ends the sessions that the provider began', async () => {
    const person = await makePerson(house);
    const who = someone();
    const browser = await signedIn(house, person.id);
    await signInWith(browser, who.email, { purpose: 'connect' });
    const byPassword = createClient(house);
    await byPassword(contract.createSession, { body: { email: person.email, password: testPassword } });
    expect((await byPassword(contract.deleteMyIdentity)).status).toBe(204);
    expect((await browser(contract.getMe)).status).toBe(401);
    expect((await byPassword(contract.getMe)).body.identity).toBeNull();
    expect((await byPassword(contract.deleteMyIdentity)).status).toBe(404);

    const onlyByProvider = await signedInWith(house, someone().email);
    expect((await onlyByProvider(contract.deleteMyIdentity)).problem.code).toBe('onlyWayIn');
  });
});

describe('a provider', () => {
  it('that refuses, sends something wrong, is away or not set up is told apart', async () => {
    const { standIn } = world;
    const outcome = async () => {
      const { status, problem } = await signInWith(createClient(house), ada.email);
      return [status, problem?.code];
    };
    standIn.trouble({ idToken: (claims) => ({ ...claims, nonce: 'another' }) });
    expect(await outcome()).toEqual([401, 'signInRejected']);
    expect(await lastActivity('session.refused')).toMatchObject({ after: { reason: 'nonce' } });
    standIn.trouble({ answers: { '/token': 'error500' } });
    expect(await outcome()).toEqual([503, 'providerUnavailable']);
    standIn.heal();
    const reason = async (clientSecret: string) => {
      const redirectUris = [`${house.baseUrl}${contract.signInCallbackPath}`];
      standIn.setClient({ clientId: 'junction', clientSecret, redirectUris });
      const { status, problem } = await signInWith(createClient(house), ada.email);
      return [status, problem.code, problem.detail?.includes('finds the reason in its log')];
    };
    expect(await reason('another secret than Junction has')).toEqual([503, 'providerUnavailable', true]);
    registerHouse(standIn, house);

    const browser = createClient(house);
    await goToProvider(browser, ada.email);
    const { state } = Object.fromEntries(new URLSearchParams(await goToProvider(browser, ada.email)));
    const denied = await complete(
      browser,
      `error=access_denied&state=${state}&iss=${encodeURIComponent(standIn.issuer)}`,
    );
    expect([denied.status, denied.problem.code]).toEqual([401, 'signInRefused']);
    expect(house.logLines().some((line) => line.includes('"reason":"denied"'))).toBe(true);
  });

  it('says where to sign out there, and nothing about other sessions', async () => {
    const at = openPlainBrowser();
    const browser = await signedInWith(house, someone().email, { at });
    const { body } = await browser(contract.deleteSession);
    expect(await at.signOut(body.providerUrl ?? '')).toContain(`${house.baseUrl}/sign-in`);
    expect((await browser(contract.getMe)).status).toBe(401);
    const byPassword = await signedIn(house, (await makePerson(house)).id);
    expect((await byPassword(contract.deleteSession)).body.providerUrl).toBeNull();
  });

  it('that does not answer keeps nobody from signing out', async () => {
    const who = someone();
    const other = await openProviderHouse();
    try {
      await makeEnvironment(other.house);
      other.standIn.add(who);
      const browser = await signedInWith(other.house, who.email);
      await other.standIn.close();
      expect((await browser(contract.deleteSession)).status).toBe(200);
    } finally {
      await other.house.close();
    }
  });
});

describe('before the first admin', () => {
  it('nobody gets an account, so that the link for the first admin keeps working', async () => {
    const empty = await openProviderHouse();
    try {
      const { status, problem } = await signInWith(createClient(empty.house), ada.email);
      expect([status, problem.code]).toEqual([409, 'setupNeeded']);
      expect(await empty.house.db.person.count()).toBe(0);
    } finally {
      await empty.close();
    }
  });
});

describe('sign-ins that lead nowhere', () => {
  it('are counted per address', async () => {
    const other = await openProviderHouse();
    try {
      const begin = () => createClient(other.house)(contract.startSignIn, { body: { providerId: 'oidc' } });
      const replies = await Promise.all(Array.from({ length: attemptsPerAddress }, begin));
      expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
      expect((await begin()).problem.code).toBe('tooManyRequests');
    } finally {
      await other.close();
    }
  });
});
