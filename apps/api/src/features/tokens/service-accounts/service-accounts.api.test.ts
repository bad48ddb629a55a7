import * as contract from '@junction/contracts';
import { maxServiceAccounts, tokenPattern } from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../platform/ids.ts';
import type { TestClient } from '../../../testing/client.ts';
import { makeEnvironment, signedIn, testPassword } from '../../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../../testing/house.ts';
import { fromAnywhere, race } from '../../../testing/races.ts';
import { byToken, makeServiceAccount, makeToken, showing } from '../../../testing/tokens.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ env: { JUNCTION_TRUSTED_PROXIES: 'loopback' } });
});
afterAll(() => house.close());

type Place = Awaited<ReturnType<typeof makeEnvironment>>;
let here: Place;
let there: Place;
/** An admin of both environments. */
let asBoth: TestClient;
let params: { environmentId: string };
beforeEach(async () => {
  [here, there] = [await makeEnvironment(house, 'Here'), await makeEnvironment(house, 'There')];
  params = { environmentId: here.environment.id };
  await house.db.member.create({
    data: { environmentId: there.environment.id, personId: here.viewer.id, role: 'admin' },
  });
  await house.db.member.updateMany({ where: { ...params, personId: here.viewer.id }, data: { role: 'admin' } });
  asBoth = await signedIn(house, here.viewer.id);
});

const at = (serviceAccountId: string, place = here) => ({
  params: { environmentId: place.environment.id, serviceAccountId },
});
const create = (client: TestClient, body: contract.BodyInput<typeof contract.createServiceAccount>, place = here) =>
  client(contract.createServiceAccount, { params: { environmentId: place.environment.id }, body });
const inBoth = () =>
  makeServiceAccount(house, { [here.environment.id]: 'contributor', [there.environment.id]: 'viewer' });
const newToken = { name: 'Robot', expiresInDays: 7, scope: ['environment:read' as const] };
const mint = (client: TestClient, id: string, place = here) =>
  client(contract.createServiceAccountToken, { ...at(id, place), body: newToken });
const told = (kind: contract.ActivityKind, subjectId: string) =>
  house.db.activity.findMany({ where: { kind, subjectId }, orderBy: { id: 'asc' } });
const code = ({ status, problem }: { status: number; problem: contract.Problem }) => [status, problem?.code];

describe('a service account', () => {
  it('is made with a role, and acts by its tokens', async () => {
    const { status, body: account } = await create(here.asAdmin, { name: 'Nightly', role: 'contributor' });
    expect(status).toBe(201);
    expect(account).toMatchObject({ name: 'Nightly', role: 'contributor', isYours: true, tokenCount: 0 });
    const { body: made } = await mint(here.asAdmin, account.id);
    expect(made.token).toMatch(tokenPattern);
    const ask = showing(house, made.token);
    const { body: me } = await ask(contract.getMe);
    expect(me).toMatchObject({
      id: account.id,
      kind: 'service',
      name: 'Nightly',
      email: `${account.id}@service-accounts.invalid`,
      hasPassword: false,
      identity: null,
      canCreateEnvironments: false,
    });
    expect((await ask(contract.listEnvironments)).body.value.map(({ id, role }) => [id, role])).toEqual([
      [here.environment.id, 'contributor'],
    ]);
    const { body: list } = await here.asAdmin(contract.listServiceAccounts, { params });
    expect(list.value).toMatchObject([{ id: account.id, tokenCount: 1, nextExpiryAt: made.expiresAt }]);
    expect(list.value[0]?.lastUsedAt).not.toBeNull();
    const [row] = await told('service-account.created', account.id);
    expect(row).toMatchObject({ ...params, byId: here.admin.id, after: { name: 'Nightly', role: 'contributor' } });
  });

  it('is listed by name, beside the tokens that still work', async () => {
    const [b, a] = [
      await makeServiceAccount(house, { [here.environment.id]: 'viewer' }, 'bravo'),
      await makeServiceAccount(house, { [here.environment.id]: 'viewer' }, 'Alpha'),
    ];
    await makeToken(house, a.id, { expiresInHours: -1 });
    const { body } = await here.asAdmin(contract.listServiceAccounts, { params });
    expect(body.value.map(({ id, tokenCount, nextExpiryAt }) => [id, tokenCount, nextExpiryAt])).toEqual([
      [a.id, 1, null],
      [b.id, 0, null],
    ]);
    expect((await there.asAdmin(contract.listServiceAccounts, { params })).status).toBe(404);
  });

  it('is renamed everywhere, and changes its role here', async () => {
    const account = await inBoth();
    const { body: before } = await asBoth(contract.listServiceAccounts, { params });
    const ifMatch = before.value[0]?.etag ?? '';
    const body = { name: 'Renamed', role: 'viewer' as const };
    const { status, body: changed } = await asBoth(contract.updateServiceAccount, { ...at(account.id), body, ifMatch });
    expect([status, changed.name, changed.role]).toEqual([200, 'Renamed', 'viewer']);
    expect(changed.etag).not.toBe(ifMatch);
    const again = await asBoth(contract.updateServiceAccount, { ...at(account.id), body: { name: 'X' }, ifMatch });
    expect(again.status).toBe(412);
    const rows = await told('service-account.updated', account.id);
    const after = Object.fromEntries(rows.map((row) => [row.environmentId, row.after]));
    expect(after).toEqual({
      [here.environment.id]: { name: 'Renamed', role: 'viewer' },
      [there.environment.id]: { name: 'Renamed' },
    });
    await asBoth(contract.updateServiceAccount, { ...at(account.id), body: {}, ifMatch: changed.etag });
    expect(await told('service-account.updated', account.id)).toHaveLength(2);
  });

  it('is found by nobody elsewhere, and a person is none', async () => {
    const account = await makeServiceAccount(house, { [here.environment.id]: 'viewer' });
    for (const id of [account.id, newId()]) {
      expect((await mint(there.asAdmin, id, there)).status).toBe(404);
      const remove = await there.asAdmin(contract.deleteServiceAccount, { ...at(id, there), ifMatch: '*' });
      expect(remove.status).toBe(404);
    }
    expect((await mint(here.asAdmin, here.contributor.id)).status).toBe(404);
    const remove = await here.asAdmin(contract.deleteServiceAccount, { ...at(here.contributor.id), ifMatch: '*' });
    expect(remove.status).toBe(404);
    const taken = await create(here.asAdmin, { serviceAccountId: here.contributor.id, role: 'admin' });
    expect(taken.problem.errors?.[0]).toMatchObject({ field: 'serviceAccountId', code: 'unknown' });
  });

  it('finds no room beside two hundred', async () => {
    const people = Array.from({ length: maxServiceAccounts }, (_, index) => ({
      id: newId(),
      kind: 'service',
      name: 'S',
      email: `${index}-${here.environment.id}@service-accounts.invalid`,
    }));
    await house.db.person.createMany({ data: people });
    await house.db.member.createMany({ data: people.map(({ id }) => ({ ...params, personId: id, role: 'viewer' })) });
    const refused = await create(here.asAdmin, { name: 'One more', role: 'viewer' });
    expect(code(refused)).toEqual([409, 'tooManyServiceAccounts']);
    expect(await house.db.person.count({ where: { name: 'One more' } })).toBe(0);
    expect((await here.asAdmin(contract.listServiceAccounts, { params })).body.value).toHaveLength(maxServiceAccounts);
  });
});

describe('a service account of several environments', () => {
  it('is nothing that an admin of one of them could act with', async () => {
    const account = await inBoth();
    expect((await here.asAdmin(contract.listServiceAccounts, { params })).body.value[0]?.isYours).toBe(false);
    const body = { role: 'admin' as const };
    for (const reply of [
      await mint(here.asAdmin, account.id),
      await here.asAdmin(contract.updateServiceAccount, { ...at(account.id), body, ifMatch: '*' }),
      await here.asAdmin(contract.updateServiceAccount, { ...at(account.id), body: { name: 'Mine' }, ifMatch: '*' }),
    ])
      expect(code(reply)).toEqual([409, 'otherEnvironments']);
    expect(await house.db.apiToken.count({ where: { ownerId: account.id } })).toBe(0);
    expect((await mint(asBoth, account.id)).status).toBe(201);
  });

  it('is not brought along by who administers only some of them', async () => {
    const account = await makeServiceAccount(house, { [here.environment.id]: 'viewer' });
    const body = { serviceAccountId: account.id, role: 'admin' as const };
    const unknown = await create(there.asAdmin, body, there);
    expect([unknown.status, unknown.problem.errors?.[0]?.field]).toEqual([400, 'serviceAccountId']);
    const { status, body: added } = await create(asBoth, body, there);
    expect([status, added.id, added.role]).toEqual([201, account.id, 'admin']);
    expect(code(await create(asBoth, body, there))).toEqual([409, 'alreadyMember']);
    const third = await makeEnvironment(house, 'Third');
    await house.db.member.create({
      data: { environmentId: third.environment.id, personId: here.admin.id, role: 'admin' },
    });
    const asSome = await signedIn(house, here.admin.id);
    expect(code(await create(asSome, body, third))).toEqual([409, 'otherEnvironments']);
  });

  it('has its tokens listed and revoked by each admin, which all environments are told', async () => {
    const account = await inBoth();
    const { body: made } = await mint(asBoth, account.id);
    const created = await told('token.created', made.id);
    expect(created.map(({ environmentId }) => environmentId).sort()).toEqual(
      [here.environment.id, there.environment.id].sort(),
    );
    const serviceAccount = { id: account.id, name: account.name };
    expect(created[0]?.after).toEqual({ scope: newToken.scope, expiresAt: made.expiresAt, serviceAccount });
    const { body: list } = await here.asAdmin(contract.listServiceAccountTokens, at(account.id));
    expect(list.value.map(({ id, createdBy }) => [id, createdBy.id])).toEqual([[made.id, here.viewer.id]]);
    expect(JSON.stringify(list)).not.toContain(made.token);
    const revoke = { params: { ...at(account.id).params, tokenId: made.id } };
    expect((await here.asAdmin(contract.deleteServiceAccountToken, revoke)).status).toBe(204);
    expect((await here.asAdmin(contract.deleteServiceAccountToken, revoke)).status).toBe(404);
    expect((await showing(house, made.token)(contract.getMe)).status).toBe(401);
    expect(await told('token.revoked', made.id)).toHaveLength(2);
  });

  it('has no tokens of others: one is revoked at its owner only', async () => {
    const [one, other] = [await inBoth(), await inBoth()];
    const { id: tokenId } = await makeToken(house, other.id);
    const mine = await makeToken(house, here.admin.id);
    for (const id of [tokenId, mine.id]) {
      const reply = await asBoth(contract.deleteServiceAccountToken, { params: { ...at(one.id).params, tokenId: id } });
      expect(reply.status).toBe(404);
    }
    expect(await house.db.apiToken.count({ where: { id: { in: [tokenId, mine.id] } } })).toBe(2);
  });

  it('leaves one environment by any of its admins, and is deleted with the last, and its tokens', async () => {
    const account = await inBoth();
    const { token } = await makeToken(house, account.id);
    const ask = showing(house, token);
    const leave = (client: TestClient, place: Place) =>
      client(contract.deleteServiceAccount, { ...at(account.id, place), ifMatch: '*' });
    const stale = await here.asAdmin(contract.deleteServiceAccount, { ...at(account.id), ifMatch: '"v99"' });
    expect(stale.status).toBe(412);
    expect((await leave(here.asAdmin, here)).status).toBe(204);
    expect((await ask(contract.listEnvironments)).body.value.map(({ id }) => id)).toEqual([there.environment.id]);
    expect((await leave(there.asAdmin, there)).status).toBe(204);
    expect((await ask(contract.getMe)).status).toBe(401);
    expect(await house.db.person.count({ where: { id: account.id } })).toBe(0);
    const rows = await told('service-account.deleted', account.id);
    expect(rows.map(({ environmentId, after }) => [environmentId, after])).toEqual([
      [here.environment.id, { isDeletedEverywhere: false }],
      [there.environment.id, { isDeletedEverywhere: true }],
    ]);
  });

  it('goes with the last environment that is deleted, and stays with one that is left', async () => {
    const [only, both] = [await makeServiceAccount(house, { [here.environment.id]: 'admin' }), await inBoth()];
    const query = { confirmName: 'Here' };
    expect((await here.asAdmin(contract.deleteEnvironment, { params, query, ifMatch: '*' })).status).toBe(204);
    expect(await house.db.person.count({ where: { id: only.id } })).toBe(0);
    expect(await house.db.person.count({ where: { id: both.id } })).toBe(1);
  });

  it('is not deleted while it gets another place', async () => {
    const third = await makeEnvironment(house, 'Third');
    await house.db.member.create({
      data: { environmentId: third.environment.id, personId: here.viewer.id, role: 'admin' },
    });
    const client = fromAnywhere(await signedIn(house, here.viewer.id));
    const accounts = await Promise.all(
      Array.from({ length: 12 }, () => makeServiceAccount(house, { [here.environment.id]: 'viewer' })),
    );
    const answers = await race(
      accounts.map(({ id }) => [
        () => client(contract.deleteServiceAccount, { ...at(id), ifMatch: '*' }),
        () => create(client, { serviceAccountId: id, role: 'viewer' }, third),
      ]),
    );
    for (const [index, [left, added]] of answers.entries()) {
      expect(left.status).toBe(204);
      expect([201, 400]).toContain(added.status);
      const places = await house.db.member.count({ where: { personId: accounts[index]?.id ?? '' } });
      expect(places).toBe(added.status === 201 ? 1 : 0);
      expect(await house.db.person.count({ where: { id: accounts[index]?.id ?? '' } })).toBe(places);
    }
  });
});

describe('a service account is no person', () => {
  let account: Awaited<ReturnType<typeof makeServiceAccount>>;
  let member: { params: { environmentId: string; memberId: string } };
  beforeEach(async () => {
    account = await makeServiceAccount(house, { [here.environment.id]: 'admin' });
    member = { params: { ...params, memberId: account.id } };
  });
  const refusedField = ({ problem }: { problem: contract.Problem }) => problem.errors?.[0];

  it('so it is listed among the members, and can be told apart', async () => {
    const list = (filter: string) => here.asAdmin(contract.listMembers, { params, query: { filter } });
    const { body: services } = await list("kind eq 'service'");
    expect(services.value).toMatchObject([{ id: account.id, kind: 'service', hasSignedIn: false, isOwner: false }]);
    const { body: people } = await list("kind eq 'person'");
    expect(people.value.map(({ id }) => id)).not.toContain(account.id);
    expect(people.value).toHaveLength(3);
  });

  it('so the endpoints of members name those of service accounts', async () => {
    for (const reply of [
      await here.asAdmin(contract.updateMember, { ...member, body: { role: 'viewer' }, ifMatch: '*' }),
      await here.asAdmin(contract.deleteMember, { ...member, ifMatch: '*' }),
      await here.asAdmin(contract.resetMemberPassword, member),
    ]) {
      expect(reply.status).toBe(400);
      expect(refusedField(reply)).toMatchObject({ field: 'memberId', code: 'service_account' });
      expect(refusedField(reply)?.message).toContain('service-accounts');
    }
    expect(await house.db.oneTimeLink.count({ where: { personId: account.id } })).toBe(0);
  });

  it('so it is added to no environment by its address, and nobody has one like it', async () => {
    for (const email of [account.email, account.email.toUpperCase(), 'me@service-accounts.invalid']) {
      const reply = await there.asAdmin(contract.createMember, {
        params: { environmentId: there.environment.id },
        body: { email, role: 'admin' },
      });
      expect(refusedField(reply)).toMatchObject({ field: 'email', code: 'service_account' });
    }
    expect(await house.db.member.count({ where: { personId: account.id } })).toBe(1);
  });

  it('so it cannot sign in', async () => {
    const body = { email: account.email, password: testPassword };
    const reply = await here.asAdmin(contract.createSession, { body });
    expect(code(reply)).toEqual([401, 'wrongCredentials']);
  });

  it('so it owns no environment, and is not its last admin', async () => {
    const body = { ownerId: account.id };
    const handed = await here.asAdmin(contract.updateEnvironment, { params, body, ifMatch: '*' });
    expect(refusedField(handed)).toMatchObject({ field: 'ownerId', code: 'not_an_admin' });
    await house.db.member.updateMany({ where: { ...params, personId: here.viewer.id }, data: { role: 'viewer' } });
    await house.db.environment.update({ where: { id: here.environment.id }, data: { ownerId: here.viewer.id } });
    const own = { params: { ...params, memberId: here.admin.id } };
    const demoted = await here.asAdmin(contract.updateMember, { ...own, body: { role: 'viewer' }, ifMatch: '*' });
    expect(code(demoted)).toEqual([409, 'lastAdmin']);
    const ask = await byToken(house, account.id);
    const made = await ask(contract.createEnvironment, { body: { name: 'Mine' } });
    expect(code(made)).toEqual([403, 'forbidden']);
    expect(made.problem.detail).toContain('service account');
  });

  it('so it administers like one, but for what hands out credentials', async () => {
    const ask = await byToken(house, account.id, { name: 'Admin robot' });
    const at = { params: { ...params, memberId: here.contributor.id } };
    expect((await ask(contract.updateMember, { ...at, body: { role: 'viewer' }, ifMatch: '*' })).status).toBe(200);
    const body = { email: 'new@example.com', role: 'admin' as const };
    expect(code(await ask(contract.createMember, { params, body }))).toEqual([403, 'outOfScope']);
    expect(code(await mint(ask, account.id))).toEqual([403, 'outOfScope']);
    const { body: log } = await here.asAdmin(contract.listActivity, { params, query: { maxpagesize: 3 } });
    expect(log.value[2]).toMatchObject({ by: { id: account.id }, token: 'Admin robot', kind: 'member.updated' });
  });
});

describe('two who mint at the limit', () => {
  it('find room once', async () => {
    const client = fromAnywhere(here.asAdmin);
    const accounts = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const account = await makeServiceAccount(house, { [here.environment.id]: 'viewer' });
        for (let count = 0; count < contract.maxTokensPerOwner - 1; count += 1) await makeToken(house, account.id);
        return account;
      }),
    );
    const answers = await race(accounts.map(({ id }) => [() => mint(client, id), () => mint(client, id)]));
    for (const replies of answers) expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});
