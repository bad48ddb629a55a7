import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TestClient } from '../../../testing/client.ts';
import { makeEnvironment } from '../../../testing/factories.ts';
import type { TestHouse } from '../../../testing/house.ts';
import { openProviderHouse, type ProviderHouse, signedInWith } from '../../../testing/providers.ts';

let world: ProviderHouse;
let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
beforeAll(async () => {
  world = await openProviderHouse();
  house = world.house;
});
afterAll(() => world.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
});

let count = 0;
const comeWith = async (...groups: string[]) => {
  count += 1;
  const email = `member${count}@contoso.example`;
  world.standIn.add({ sub: `member-${count}`, email, name: `Member ${String(count).padStart(3, '0')}`, groups });
  const browser = await signedInWith(house, email);
  return { browser, email, id: (await browser(contract.getMe)).body.id };
};
const giveRole = async (value: string, role: contract.Role, name = value) => {
  const reply = await place.asAdmin(contract.createGroupRole, { params, body: { value, name, role } });
  expect(reply.status).toBe(201);
  return reply.body;
};
const roleOf = async (browser: TestClient) => {
  const { status, body } = await browser(contract.getEnvironment, { params });
  return status === 200 ? body.role : status;
};
const memberOf = async (memberId: string) =>
  (await place.asAdmin(contract.getMember, { params: { ...params, memberId } })).body;
const activityOf = (subjectId: string) =>
  house.db.activity.findMany({ where: { ...params, subjectId }, orderBy: { id: 'asc' } });

describe('the roles of groups', () => {
  it('are listed by name with who follows them, in pages', async () => {
    const [first, second] = [`g${count}-a`, `g${count}-b`];
    await giveRole(first, 'viewer', 'Zulu');
    await giveRole(second, 'contributor', 'Alpha');
    await Promise.all([comeWith(first), comeWith(first, second), comeWith(second)]);
    const { body } = await place.asAdmin(contract.listGroupRoles, { params });
    expect(body.value.map(({ name, role, memberCount }) => [name, role, memberCount])).toEqual([
      ['Alpha', 'contributor', 2],
      ['Zulu', 'viewer', 1],
    ]);
    const page = await place.asAdmin(contract.listGroupRoles, { params, query: { maxpagesize: 1 } });
    expect([page.body.value[0]?.name, page.body.nextLink !== undefined]).toEqual(['Alpha', true]);
    const found = await place.asAdmin(contract.listGroupRoles, { params, query: { search: first } });
    expect(found.body.value.map(({ name }) => name)).toEqual(['Zulu']);
    expect((await place.asViewer(contract.listGroupRoles, { params })).status).toBe(403);
  });

  it('are one for each group, and change on top of what was loaded', async () => {
    const { id: groupRoleId, etag } = await giveRole('pilots', 'viewer');
    const again = await place.asAdmin(contract.createGroupRole, {
      params,
      body: { value: 'pilots', name: 'Others', role: 'admin' },
    });
    expect([again.problem.code, again.problem.errors?.[0]?.field]).toEqual(['nameTaken', 'value']);
    const change = (ifMatch: string | undefined, body: { name?: string; role?: contract.Role }) =>
      place.asAdmin(contract.updateGroupRole, { params: { ...params, groupRoleId }, body, ifMatch });
    expect((await change(undefined, { name: 'Pilots' })).status).toBe(428);
    expect((await change(etag, { name: 'Pilots' })).body).toMatchObject({ name: 'Pilots', role: 'viewer' });
    expect((await change(etag, { role: 'admin' })).status).toBe(412);
    const remove = (ifMatch: string) =>
      place.asAdmin(contract.deleteGroupRole, { params: { ...params, groupRoleId }, ifMatch });
    expect((await remove(etag)).status).toBe(412);
    expect((await remove('*')).status).toBe(204);
    expect((await remove('*')).status).toBe(404);
    const kinds = (await activityOf(groupRoleId)).map(({ kind }) => kind);
    expect(kinds).toEqual(['group-role.created', 'group-role.updated', 'group-role.deleted']);
  });

  it('hold at once for everybody whose groups are known, the strongest first, and end at once', async () => {
    const [one, two, three] = [await comeWith('crew'), await comeWith('crew', 'captains'), await comeWith('captains')];
    const roles = async () => [await roleOf(one.browser), await roleOf(two.browser), await roleOf(three.browser)];
    expect(await roles()).toEqual([404, 404, 404]);
    const crew = await giveRole('crew', 'viewer', 'Crew');
    const captains = await giveRole('captains', 'admin', 'Captains');
    expect(await roles()).toEqual(['viewer', 'admin', 'admin']);
    expect(await memberOf(two.id)).toMatchObject({
      roleFrom: 'groups',
      groupName: 'Captains',
      isOwner: false,
      hasSignedIn: true,
    });
    const change = (groupRoleId: string, role: contract.Role) =>
      place.asAdmin(contract.updateGroupRole, { params: { ...params, groupRoleId }, body: { role }, ifMatch: '*' });
    await change(captains.id, 'contributor');
    await change(crew.id, 'contributor');
    expect(await roles()).toEqual(['contributor', 'contributor', 'contributor']);
    await place.asAdmin(contract.deleteGroupRole, { params: { ...params, groupRoleId: captains.id }, ifMatch: '*' });
    expect(await roles()).toEqual(['contributor', 'contributor', 404]);
    expect((await activityOf(three.id)).map(({ kind, byId }) => [kind, byId])).toEqual([
      ['member.created', null],
      ['member.updated', null],
      ['member.deleted', null],
    ]);
  });
});

describe('a role by hand', () => {
  it('is never touched by groups, and follows them again when an admin says so', async () => {
    const { browser, id: memberId, email } = await comeWith('sailors');
    await giveRole('sailors', 'viewer', 'Sailors');
    const change = (body: { role: contract.Role } | { roleFrom: 'groups' }) =>
      place.asAdmin(contract.updateMember, { params: { ...params, memberId }, body, ifMatch: '*' });
    expect((await change({ role: 'viewer' })).body).toMatchObject({ roleFrom: 'hand', groupName: null });
    expect((await change({ role: 'contributor' })).body).toMatchObject({ role: 'contributor', roleFrom: 'hand' });
    world.standIn.setGroups(email, []);
    expect(await roleOf(await signedInWith(house, email))).toBe('contributor');
    expect((await change({ roleFrom: 'groups' })).problem.code).toBe('noGroupRole');
    world.standIn.setGroups(email, ['sailors']);
    await signedInWith(house, email);
    expect((await change({ roleFrom: 'groups' })).body).toMatchObject({
      role: 'viewer',
      roleFrom: 'groups',
      groupName: 'Sailors',
    });
    expect(await roleOf(browser)).toBe('viewer');
  });

  it('of somebody added by an admin stays when their groups come and go', async () => {
    const { browser, id, email } = await comeWith('divers');
    await place.asAdmin(contract.createMember, { params, body: { email, role: 'contributor' } });
    const { id: groupRoleId } = await giveRole('divers', 'admin');
    expect(await roleOf(browser)).toBe('contributor');
    await place.asAdmin(contract.deleteGroupRole, { params: { ...params, groupRoleId }, ifMatch: '*' });
    expect(await memberOf(id)).toMatchObject({ role: 'contributor', roleFrom: 'hand' });
  });
});

describe('an owner', () => {
  it('is never lowered or taken out by groups, so that an environment keeps an admin', async () => {
    const { browser, id } = await comeWith('owners');
    const group = await giveRole('owners', 'admin', 'Owners');
    const { body } = await place.asAdmin(contract.getEnvironment, { params });
    const handed = await place.asAdmin(contract.updateEnvironment, {
      params,
      body: { ownerId: id },
      ifMatch: body.etag,
    });
    expect(handed.status).toBe(200);
    const change = { params: { ...params, groupRoleId: group.id }, ifMatch: '*' };
    await place.asAdmin(contract.updateGroupRole, { ...change, body: { role: 'viewer' } });
    expect(await memberOf(id)).toMatchObject({ role: 'admin', roleFrom: 'hand', groupName: null, isOwner: true });
    const back = await place.asAdmin(contract.updateMember, {
      params: { ...params, memberId: id },
      body: { roleFrom: 'groups' },
      ifMatch: '*',
    });
    expect(back.problem.code).toBe('ownerStays');
    await place.asAdmin(contract.deleteGroupRole, change);
    expect(await roleOf(browser)).toBe('admin');
  });
});

describe('changes that meet', () => {
  it('leave what the last mapping and the last groups say', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => comeWith('rowers')));
    const { id: groupRoleId } = await giveRole('rowers', 'viewer', 'Rowers');
    for (const role of ['admin', 'contributor', 'viewer'] as const) {
      const replies = await Promise.all([
        place.asAdmin(contract.updateGroupRole, { params: { ...params, groupRoleId }, body: { role }, ifMatch: '*' }),
        ...people.map(({ email }) => signedInWith(house, email)),
      ]);
      expect(replies[0]).toMatchObject({ status: 200 });
      const found = await house.db.member.findMany({ where: { ...params, roleFrom: 'groups' } });
      expect(found.map((member) => member.role)).toEqual(people.map(() => role));
    }
  });
});
