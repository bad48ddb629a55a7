import * as contract from '@junction/contracts';
import { maximumProfileAccess, profileViewMinutes } from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../platform/app-error.ts';
import { newId } from '../../../platform/ids.ts';
import type { TestClient } from '../../../testing/client.ts';
import { connect } from '../../../testing/connections.ts';
import { makeEnvironment, makePerson, signedIn } from '../../../testing/factories.ts';
import { connectProfiles, withProfiles } from '../../../testing/fake-profiles.ts';
import { openTestHouse, type TestHouse } from '../../../testing/house.ts';
import { remove, restore } from '../../../testing/removals.ts';
import { makeServiceAccount } from '../../../testing/tokens.ts';
import { recordView } from './record-view.ts';
import { findGranted, requireGrant } from './require-grant.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let lake: contract.Connection;
let at: { environmentId: string; connectionId: string };
beforeAll(async () => {
  house = await openTestHouse({ connectors: withProfiles });
});
afterAll(() => house.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  lake = await connectProfiles(place.asAdmin, place.environment.id, { name: 'Contoso customers' });
  at = { environmentId: place.environment.id, connectionId: lake.id };
});

const grant = (client: TestClient, personId: string, params = at) =>
  client(contract.grantProfileAccess, { params, body: { personId } });
const revoke = (client: TestClient, personId: string) =>
  client(contract.revokeProfileAccess, { params: { ...at, personId } });
const granted = async () =>
  (await place.asAdmin(contract.listProfileAccess, { params: at })).body.value.map(({ person }) => person.id);
/** Whether somebody may see the profile data now. */
const sees = (personId: string, over: Partial<typeof at> = {}): Promise<boolean> =>
  requireGrant(house.db, { ...at, ...over, personId }).then(
    () => true,
    (error: unknown) => {
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).code).toBe('notFound');
      return false;
    },
  );
const join = async (name: string, role: contract.Role) => {
  const person = await makePerson(house, name);
  await house.db.member.create({ data: { environmentId: at.environmentId, personId: person.id, role } });
  return { ...person, client: await signedIn(house, person.id) };
};
const activities = (kind: string) =>
  house.db.activity.findMany({ where: { environmentId: at.environmentId, kind }, orderBy: { id: 'asc' } });
const noticesOf = async (client: TestClient) =>
  (await client(contract.listNotices, { params: { environmentId: at.environmentId } })).body;

describe('access to profile data', () => {
  it('is for those who were given it, whatever their role', async () => {
    const second = await join('Sam Second', 'admin');
    expect(await sees(place.admin.id)).toBe(true);
    expect(await Promise.all([second, place.contributor, place.viewer].map(({ id }) => sees(id)))).toEqual([
      false,
      false,
      false,
    ]);
    const { status, body } = await grant(place.asAdmin, place.viewer.id);
    expect(status).toBe(201);
    expect(body).toEqual({
      person: { id: place.viewer.id, name: 'Vic Viewer', email: place.viewer.email, role: 'viewer' },
      grantedBy: { id: place.admin.id, name: 'Alex Admin' },
      grantedAt: expect.any(String),
    });
    expect(await sees(place.viewer.id)).toBe(true);
    expect(await sees(place.viewer.id, { environmentId: newId() })).toBe(false);
    expect(await sees(place.viewer.id, { connectionId: newId() })).toBe(false);
    expect(await findGranted(house.db, at.environmentId, place.viewer.id)).toEqual([{ id: lake.id, name: lake.name }]);
    expect(await findGranted(house.db, at.environmentId, second.id)).toEqual([]);
    expect(await granted()).toEqual([place.admin.id, place.viewer.id]);
  });

  it('is given once, to members, over connections with profile data, and recorded', async () => {
    await grant(place.asAdmin, place.viewer.id);
    const again = await grant(place.asAdmin, place.viewer.id);
    expect(again.status).toBe(201);
    expect(
      (await activities('profile-access.granted')).map(({ after, subjectId, byId }) => [after, subjectId, byId]),
    ).toEqual([
      [{ personId: place.admin.id, person: 'Alex Admin' }, lake.id, place.admin.id],
      [{ personId: place.viewer.id, person: 'Vic Viewer' }, lake.id, place.admin.id],
    ]);
    const stranger = await grant(place.asAdmin, (await makePerson(house)).id);
    expect(stranger.problem).toMatchObject({ status: 400, errors: [{ field: 'personId', code: 'notMember' }] });
    const service = await grant(place.asAdmin, (await makeServiceAccount(house, { [at.environmentId]: 'admin' })).id);
    expect(service.problem).toMatchObject({ status: 400, errors: [{ field: 'personId', code: 'noPerson' }] });
    const other = await connect(place.asAdmin, at.environmentId);
    const elsewhere = { ...at, connectionId: other.id };
    expect((await grant(place.asAdmin, place.viewer.id, elsewhere)).status).toBe(404);
    for (const endpoint of [contract.listProfileAccess, contract.listProfileViews])
      expect((await place.asAdmin(endpoint, { params: elsewhere })).status).toBe(404);
  });

  it('ends with the next request after it was taken away, once', async () => {
    await grant(place.asAdmin, place.contributor.id);
    expect((await revoke(place.asAdmin, place.contributor.id)).status).toBe(204);
    expect(await sees(place.contributor.id)).toBe(false);
    expect((await revoke(place.asAdmin, place.contributor.id)).status).toBe(404);
    const rows = await activities('profile-access.revoked');
    expect(rows).toMatchObject([
      { before: { personId: place.contributor.id, person: 'Cleo Contributor' }, after: null, byId: place.admin.id },
    ]);
  });

  it('ends with the place in the environment and outlasts another role', async () => {
    await grant(place.asAdmin, place.viewer.id);
    const member = { environmentId: at.environmentId, memberId: place.viewer.id };
    const promoted = await place.asAdmin(contract.updateMember, {
      params: member,
      body: { role: 'admin' },
      ifMatch: '*',
    });
    expect(promoted.status).toBe(200);
    expect(await sees(place.viewer.id)).toBe(true);
    expect((await place.asAdmin(contract.deleteMember, { params: member, ifMatch: '*' })).status).toBe(204);
    expect(await sees(place.viewer.id)).toBe(false);
    await house.db.member.create({
      data: { environmentId: at.environmentId, personId: place.viewer.id, role: 'viewer' },
    });
    expect(await sees(place.viewer.id)).toBe(false);
  });

  it('is away while the connection is removed, and back with it', async () => {
    await grant(place.asAdmin, place.viewer.id);
    expect((await remove(place.asAdmin, lake)).status).toBe(200);
    expect(await sees(place.viewer.id)).toBe(false);
    expect(await findGranted(house.db, at.environmentId, place.viewer.id)).toEqual([]);
    expect((await grant(place.asAdmin, place.contributor.id)).status).toBe(404);
    expect((await restore(place.asAdmin, lake)).status).toBe(200);
    expect(await granted()).toEqual([place.admin.id, place.viewer.id]);
    expect(await sees(place.viewer.id)).toBe(true);
  });

  it('goes to so many people and no further', async () => {
    const people = Array.from({ length: maximumProfileAccess - 1 }, () => newId());
    await house.db.person.createMany({
      data: people.map((id) => ({ id, name: 'Somebody', email: `${id}@example.com` })),
    });
    const theirs = people.map((personId) => ({ environmentId: at.environmentId, personId }));
    await house.db.member.createMany({ data: theirs.map((member) => ({ ...member, role: 'viewer' })) });
    const by = { connectionId: lake.id, grantedById: place.admin.id, grantedByName: 'Alex Admin' };
    await house.db.profileGrant.createMany({ data: theirs.map((member) => ({ ...member, ...by })) });
    const reply = await grant(place.asAdmin, place.viewer.id);
    expect(reply.problem).toMatchObject({ status: 400, errors: [{ field: 'personId', code: 'tooMany' }] });
    expect((await grant(place.asAdmin, people[0] ?? '')).status).toBe(201);
  });

  it('of a member is told over all connections that have profile data', async () => {
    const other = await connectProfiles(place.asAdmin, at.environmentId, { name: 'another lake' });
    await connect(place.asAdmin, at.environmentId);
    await grant(place.asAdmin, place.viewer.id);
    const params = { environmentId: at.environmentId, memberId: place.viewer.id };
    const { body } = await place.asAdmin(contract.listMemberProfileAccess, { params });
    expect(body.value).toEqual([
      { connection: { id: other.id, name: 'another lake' }, isGranted: false },
      { connection: { id: lake.id, name: 'Contoso customers' }, isGranted: true },
    ]);
    const nobody = { ...params, memberId: newId() };
    expect((await place.asAdmin(contract.listMemberProfileAccess, { params: nobody })).status).toBe(404);
  });
});

describe('an admin who takes access themself', () => {
  it('is recorded, and told of to everybody else who has access and to nobody else', async () => {
    const second = await join('Sam Second', 'admin');
    const third = await join('Theo Third', 'admin');
    await house.db.noticeHook.create({
      data: {
        id: newId(),
        environmentId: at.environmentId,
        name: 'Hook',
        url: 'https://hooks.example',
        kinds: [...contract.noticeKinds],
        isOn: true,
      },
    });
    await grant(place.asAdmin, place.viewer.id);
    expect((await grant(second.client, second.id)).status).toBe(201);
    await grant(second.client, second.id);

    expect((await activities('profile-access.granted')).at(-1)).toMatchObject({
      byId: second.id,
      after: { personId: second.id },
    });
    for (const client of [place.asAdmin, place.asViewer]) {
      const { value, unread } = await noticesOf(client);
      expect(unread).toBe(1);
      expect(value).toMatchObject([
        {
          kind: 'profiles.self-granted',
          subject: { type: 'connection', id: lake.id, name: 'Contoso customers' },
          message: 'Sam Second took access to the profile data of "Contoso customers".',
          remedy: expect.stringContaining('ask an admin'),
        },
      ]);
    }
    for (const client of [second.client, third.client, place.asContributor])
      expect(await noticesOf(client)).toMatchObject({ value: [], unread: 0 });
    expect(await house.db.noticeDelivery.count()).toBe(0);
    const params = { environmentId: at.environmentId };
    const upTo = (await noticesOf(place.asViewer)).value[0]?.id ?? '';
    expect((await third.client(contract.readNotices, { params, body: { upTo } })).status).toBe(404);
    expect((await place.asViewer(contract.readNotices, { params, body: { upTo } })).status).toBe(204);
  });

  it('is no news to anybody while nobody else has access', async () => {
    await revoke(place.asAdmin, place.admin.id);
    await grant(place.asAdmin, place.admin.id);
    expect(await house.db.notice.count({ where: { environmentId: at.environmentId } })).toBe(0);
  });
});

describe('a view', () => {
  const minutes = (count: number) => new Date(Date.UTC(2026, 0, 1) + count * 60_000);
  const look = (when: number, reportId: string, person: { id: string; name: string } = place.viewer) =>
    recordView(house.db, { connectionId: lake.id, person, reportId, at: minutes(when) });
  const views = async (query = {}) => (await place.asAdmin(contract.listProfileViews, { params: at, query })).body;

  it('goes on until somebody pauses, or the report is another one', async () => {
    const [first, second] = [newId(), newId()];
    await look(0, first);
    await look(profileViewMinutes, first);
    await look(1, first, place.contributor);
    await look(2 * profileViewMinutes + 1, first);
    await look(2 * profileViewMinutes + 2, second);
    const of = (reportId: string, from: number, to: number, requests: number) => ({
      person: { id: place.viewer.id, name: 'Vic Viewer' },
      reportId,
      firstAt: minutes(from).toISOString(),
      lastAt: minutes(to).toISOString(),
      requests,
    });
    const { value } = await views();
    expect(value.filter(({ person }) => person.id === place.viewer.id)).toEqual([
      of(second, 2 * profileViewMinutes + 2, 2 * profileViewMinutes + 2, 1),
      of(first, 2 * profileViewMinutes + 1, 2 * profileViewMinutes + 1, 1),
      of(first, 0, profileViewMinutes, 2),
    ]);
    expect(value.at(-1)?.person.id).toBe(place.contributor.id);
    const page = await views({ maxpagesize: 3 });
    expect(page.value).toHaveLength(3);
    expect(page.nextLink).toContain('skiptoken=');
  });

  it('is one, however many requests come at once, and outlives the person’s place', async () => {
    await grant(place.asAdmin, place.viewer.id);
    const report = newId();
    await Promise.all(Array.from({ length: 8 }, () => look(0, report)));
    const member = { environmentId: at.environmentId, memberId: place.viewer.id };
    await place.asAdmin(contract.deleteMember, { params: member, ifMatch: '*' });
    expect((await views()).value).toMatchObject([{ person: { name: 'Vic Viewer' }, requests: 8 }]);
  });
});
