import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newToken } from '../../platform/tokens.ts';
import { createClient } from '../../testing/client.ts';
import { makeEnvironment, makePerson, signedIn, testPassword } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { issueFirstAdminLink, issueLink, linkHours } from './one-time-links.ts';
import { linksPerAddress } from './sign-in-limits.ts';

const password = 'a wholly different passphrase';
const tokenOf = (url: string) => new URL(url).hash.slice(1);
const redeem = (house: TestHouse, body: contract.BodyInput<typeof contract.redeemOneTimeLink>) =>
  createClient(house)(contract.redeemOneTimeLink, { body });
const inspect = (house: TestHouse, token: string) =>
  createClient(house)(contract.inspectOneTimeLink, { body: { token } });

describe('the first admin', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse();
  });
  afterAll(() => house.close());

  it('is made once, with an environment, also when several people hold a link at the same time', async () => {
    const first = tokenOf((await issueFirstAdminLink(house)) ?? '');
    const [link] = await house.db.oneTimeLink.findMany();
    expect(await inspect(house, first)).toMatchObject({
      status: 200,
      body: { purpose: 'firstAdmin', email: null, name: null },
    });
    expect((await redeem(house, { token: first, password })).problem).toMatchObject({
      status: 400,
      errors: [{ field: 'email', code: 'required' }],
    });
    const second = tokenOf((await house.db.$transaction((tx) => issueLink(tx, house, 'firstAdmin', null))).url);
    expect((await inspect(house, first)).problem.code).toBe('linkUsed');
    if (link) await house.db.oneTimeLink.createMany({ data: [link] });
    const replies = await Promise.all(
      [first, second].map((token, index) =>
        redeem(house, { token, password, email: `Founder${index}@Example.com`, environmentName: 'Acme' }),
      ),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(replies.find(({ status }) => status === 409)?.problem.code).toBe('setupDone');
    const people = await house.db.person.findMany({ include: { memberships: { include: { environment: true } } } });
    expect(people).toMatchObject([
      { name: expect.stringMatching(/^founder\d$/), memberships: [{ role: 'admin', environment: { name: 'Acme' } }] },
    ]);
    expect(people[0]?.memberships[0]?.environment.ownerId).toBe(people[0]?.id);
    expect(await issueFirstAdminLink(house)).toBeUndefined();
    expect((await createClient(house)(contract.getSignInOptions)).body.needsFirstAdmin).toBe(false);
  });
});

describe('a one-time link', () => {
  let house: TestHouse;
  beforeAll(async () => {
    house = await openTestHouse();
  });
  afterAll(() => house.close());

  const makeLink = async (personId: string, purpose: 'newMember' | 'passwordReset' = 'passwordReset') =>
    tokenOf((await house.db.$transaction((tx) => issueLink(tx, house, purpose, personId))).url);

  it('lets a new member choose name and password and signs them in', async () => {
    const { asAdmin, environment } = await makeEnvironment(house);
    const added = await asAdmin(contract.createMember, {
      params: { environmentId: environment.id },
      body: { email: 'Newcomer@Example.com', role: 'viewer' },
    });
    const token = tokenOf(added.body.oneTimeLink?.url ?? '');
    expect((await inspect(house, token)).body).toMatchObject({
      purpose: 'newMember',
      email: 'newcomer@example.com',
      name: 'newcomer',
    });
    const browser = createClient(house);
    const reply = await browser(contract.redeemOneTimeLink, { body: { token, password, name: 'Nora Newcomer' } });
    expect(reply).toMatchObject({ status: 201, body: { name: 'Nora Newcomer', canCreateEnvironments: false } });
    expect((await browser(contract.listEnvironments)).body.value).toMatchObject([
      { id: environment.id, role: 'viewer' },
    ]);
  });

  it('that resets a password ends every other session, and nothing before it is used', async () => {
    const person = await makePerson(house);
    const old = await signedIn(house, person.id);
    const token = await makeLink(person.id);
    expect((await old(contract.getMe)).status).toBe(200);
    expect((await redeem(house, { token, password })).status).toBe(201);
    expect((await old(contract.getMe)).status).toBe(401);
    const signIn = (word: string) =>
      createClient(house)(contract.createSession, { body: { email: person.email, password: word } });
    expect([(await signIn(testPassword)).status, (await signIn(password)).status]).toEqual([401, 201]);
  });

  it('works once, also for two who use it at the same time', async () => {
    const person = await makePerson(house);
    const token = await makeLink(person.id);
    const replies = await Promise.all([redeem(house, { token, password }), redeem(house, { token, password })]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 410]);
    expect(await house.db.session.count({ where: { personId: person.id } })).toBe(1);
  });

  it('refuses used, expired, replaced and unknown ones with the same words', async () => {
    const people = await Promise.all([makePerson(house), makePerson(house), makePerson(house)]);
    const [used, replaced, expired] = [
      await makeLink(people[0].id),
      await makeLink(people[1].id),
      await makeLink(people[2].id),
    ];
    await redeem(house, { token: used, password });
    await makeLink(people[1].id);
    house.passSeconds(linkHours * 3600 + 1);
    const problems = [];
    for (const token of [used, replaced, expired, newToken()]) {
      problems.push((await inspect(house, token)).problem, (await redeem(house, { token, password })).problem);
    }
    expect(new Set(problems.map((problem) => JSON.stringify({ ...problem, traceId: '' }))).size).toBe(1);
    expect(problems[0]).toMatchObject({ status: 410, code: 'linkUsed' });
  });

  it('does not take what is not for its kind', async () => {
    const token = await makeLink((await makePerson(house)).id);
    expect((await redeem(house, { token, password, email: 'other@example.com' })).problem.errors).toEqual([
      { field: 'email', code: 'unknown_field', message: 'A link of this kind does not take this field.' },
    ]);
    expect((await redeem(house, { token, password: 'short' })).problem.errors).toMatchObject([{ field: 'password' }]);
  });

  it('cannot be asked for without end from one address', async () => {
    const own = await openTestHouse();
    const statuses = [];
    for (let attempt = 0; attempt <= linksPerAddress; attempt += 1)
      statuses.push((await inspect(own, newToken())).status);
    await own.close();
    expect(statuses).toEqual([...Array(linksPerAddress).fill(410), 429]);
  });
});
