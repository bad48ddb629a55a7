import * as contract from '@junction/contracts';
import { maximumNamedContributors } from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { connect, newConnection } from '../../testing/connections.ts';
import { makeExport } from '../../testing/exports.ts';
import { makeEnvironment, makePerson, signedIn } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
let other: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse();
  contoso = await makeEnvironment(house);
  other = await makeEnvironment(house, 'Another');
});
afterAll(() => house.close());

type Sharing = contract.BodyInput<typeof contract.shareConnections>['sharing'];
const everybody: Sharing = { sharedWith: 'adminsAndContributors' };
const named = (...personIds: string[]): Sharing => ({ sharedWith: 'namedContributors', personIds });

const setUp = (sharing?: Sharing) => connect(contoso.asAdmin, contoso.environment.id, sharing ? { sharing } : {});
const paramsOf = ({ id }: { id: string }) => ({ environmentId: contoso.environment.id, connectionId: id });
const read = async (connection: { id: string }) =>
  (await contoso.asAdmin(contract.getConnection, { params: paramsOf(connection) })).body;
const patch = (connection: { id: string }, sharing: Sharing) =>
  contoso.asAdmin(contract.updateConnection, { params: paramsOf(connection), body: { sharing }, ifMatch: '*' });
const share = (connectionIds: string[], sharing: Sharing) =>
  contoso.asAdmin(contract.shareConnections, {
    params: { environmentId: contoso.environment.id },
    body: { connectionIds, sharing },
  });
const activitiesOf = async (connection: { id: string }) =>
  house.db.activity.findMany({
    where: { subjectId: connection.id, kind: 'connection.updated' },
    orderBy: { id: 'asc' },
  });

/** Another contributor, signed in. */
const anotherContributor = async (name: string) => {
  const person = await makePerson(house, name);
  const member = { environmentId: contoso.environment.id, personId: person.id };
  await house.db.member.create({ data: { ...member, role: 'contributor' } });
  return { ...person, ask: await signedIn(house, person.id) };
};
const setRole = (personId: string, role: contract.Role) =>
  house.db.member.updateMany({ where: { environmentId: contoso.environment.id, personId }, data: { role } });

const mayUse = async (client: typeof contoso.asAdmin, { id }: { id: string }) => {
  const { body } = await client(contract.listConnectionOptions, {
    params: { environmentId: contoso.environment.id },
    query: { maxpagesize: 200 },
  });
  return body.value.some((option) => option.id === id);
};

describe('who may use a connection', () => {
  it('are admins alone, all contributors, or the named ones, from the next request on', async () => {
    const nora = await anotherContributor('Nora Named');
    const connection = await setUp();
    const seenBy = async () => [
      await mayUse(contoso.asAdmin, connection),
      await mayUse(contoso.asContributor, connection),
      await mayUse(nora.ask, connection),
    ];
    expect(connection.sharing).toEqual({ sharedWith: 'admins', people: [] });
    expect(await seenBy()).toEqual([true, false, false]);
    await patch(connection, everybody);
    expect(await seenBy()).toEqual([true, true, true]);
    const reply = await patch(connection, named(nora.id));
    expect(reply.body.sharing).toEqual({
      sharedWith: 'namedContributors',
      people: [{ id: nora.id, name: 'Nora Named' }],
    });
    expect(await seenBy()).toEqual([true, false, true]);
    await patch(connection, named(contoso.contributor.id));
    expect(await seenBy()).toEqual([true, true, false]);
    await patch(connection, { sharedWith: 'admins' });
    expect(await seenBy()).toEqual([true, false, false]);
    expect(await house.db.connectionShare.count({ where: { connectionId: connection.id } })).toBe(0);
  });

  it('can be named while it is set up', async () => {
    const connection = await setUp(named(contoso.contributor.id, contoso.contributor.id));
    expect(connection.sharing.people).toEqual([{ id: contoso.contributor.id, name: contoso.contributor.name }]);
    expect(await mayUse(contoso.asContributor, connection)).toBe(true);
  });

  it('changes with their role and their place in the environment', async () => {
    const [rita, rolf] = [await anotherContributor('Rita Role'), await anotherContributor('Rolf Rests')];
    const connection = await setUp(named(rita.id, rolf.id));
    await setRole(rita.id, 'viewer');
    const refused = await rita.ask(contract.listConnectionOptions, {
      params: { environmentId: contoso.environment.id },
    });
    expect(refused.status).toBe(403);
    // A demoted person who was named before does not keep the rest of the list from being changed.
    expect((await patch(connection, named(rita.id))).body.sharing.people).toMatchObject([{ id: rita.id }]);
    await setRole(rita.id, 'contributor');
    expect(await mayUse(rita.ask, connection)).toBe(true);
    const { body } = await contoso.asAdmin(contract.getMember, {
      params: { environmentId: contoso.environment.id, memberId: rita.id },
    });
    await contoso.asAdmin(contract.deleteMember, {
      params: { environmentId: contoso.environment.id, memberId: rita.id },
      ifMatch: body.etag,
    });
    expect((await read(connection)).sharing).toEqual({ sharedWith: 'namedContributors', people: [] });
  });
});

describe('naming people', () => {
  it('takes contributors of the environment only', async () => {
    const connection = await setUp();
    const nobodies = [contoso.viewer.id, contoso.admin.id, other.contributor.id, newId()];
    for (const id of nobodies) {
      const reply = await patch(connection, named(contoso.contributor.id, id));
      expect(reply.status).toBe(400);
      expect(reply.problem.errors).toMatchObject([{ field: 'sharing.personIds', code: 'notContributor' }]);
      expect((await share([connection.id], named(id))).problem.errors).toMatchObject([{ field: 'sharing.personIds' }]);
      const created = await contoso.asAdmin(contract.createConnection, {
        params: { environmentId: contoso.environment.id },
        body: newConnection({ name: 'Never made', sharing: named(id) }),
      });
      expect(created.problem.errors).toMatchObject([{ field: 'sharing.personIds' }]);
    }
    expect((await read(connection)).sharing.sharedWith).toBe('admins');
    expect(await house.db.connection.count({ where: { name: 'Never made' } })).toBe(0);
  });

  it('needs somebody, and not more people than there is room for', async () => {
    const connection = await setUp();
    expect((await patch(connection, named())).problem.errors).toMatchObject([{ field: 'sharing.personIds' }]);
    const many = Array.from({ length: maximumNamedContributors + 1 }, () => newId());
    expect((await patch(connection, named(...many))).problem.errors).toMatchObject([{ field: 'sharing.personIds' }]);
    expect((await patch(connection, named('nobody'))).problem.errors).toMatchObject([{ field: 'sharing.personIds.0' }]);
  });

  it('is told with names, and a list that stays is no change', async () => {
    const [ada, bert] = [await anotherContributor('Ada Told'), await anotherContributor('Bert Told')];
    const connection = await setUp();
    await patch(connection, named(ada.id, bert.id));
    const { etag } = await read(connection);
    await patch(connection, named(bert.id, ada.id));
    expect((await read(connection)).etag).toBe(etag);
    await patch(connection, everybody);
    const told = await activitiesOf(connection);
    expect(told.map(({ before, after }) => [before, after])).toEqual([
      [{ sharedWith: 'admins', sharedWithPeople: null }, expect.objectContaining({ sharedWith: 'namedContributors' })],
      [
        expect.objectContaining({ sharedWith: 'namedContributors' }),
        { sharedWith: 'adminsAndContributors', sharedWithPeople: null },
      ],
    ]);
    const after = told[0]?.after as { sharedWithPeople: string[] };
    expect([...after.sharedWithPeople].sort()).toEqual(['Ada Told', 'Bert Told']);
  });
});

describe('taking a share back', () => {
  it('deletes nothing and keeps the exports connected', async () => {
    const connection = await setUp(everybody);
    const by = contoso.contributor;
    const made = await makeExport(house, contoso.environment.id, { connectionId: connection.id, by });
    await patch(connection, { sharedWith: 'admins' });
    expect(await house.db.export.findUnique({ where: { id: made.id } })).toEqual(
      await house.db.export.findUnique({ where: { id: made.id, connectionId: connection.id, version: made.version } }),
    );
    expect(await read(connection)).toMatchObject({ usedBy: 1, secrets: { password: {} } });
  });
});

describe('sharing several at once', () => {
  it('changes those that were shared otherwise, and tells of each', async () => {
    const [one, two, three] = [await setUp(), await setUp(everybody), await setUp(named(contoso.contributor.id))];
    const ids = [one.id, two.id, three.id, one.id];
    expect((await share(ids, everybody)).body).toEqual({ changed: 2 });
    expect((await share(ids, everybody)).body).toEqual({ changed: 0 });
    expect((await share(ids, named(contoso.contributor.id))).body).toEqual({ changed: 3 });
    expect((await share(ids, named(contoso.contributor.id))).body).toEqual({ changed: 0 });
    const kept = await Promise.all([read(one), read(two), read(three)]);
    expect(kept.map(({ sharing }) => sharing.people.map(({ id }) => id))).toEqual(
      Array.from({ length: 3 }, () => [contoso.contributor.id]),
    );
    expect(kept.map(({ etag }) => etag)).toEqual(['"v3"', '"v2"', '"v3"']);
    expect(await Promise.all([one, two, three].map(async (row) => (await activitiesOf(row)).length))).toEqual([
      2, 1, 2,
    ]);
    const [first] = await activitiesOf(three);
    expect(first).toMatchObject({
      byName: 'Alex Admin',
      subjectName: three.name,
      before: { sharedWith: 'namedContributors', sharedWithPeople: ['Cleo Contributor'] },
      after: { sharedWith: 'adminsAndContributors', sharedWithPeople: [] },
    });
  });

  it('changes none when one of them is not there', async () => {
    const [one, removed] = [await setUp(), await setUp()];
    const elsewhere = await connect(other.asAdmin, other.environment.id);
    await house.db.connection.update({ where: { id: removed.id }, data: { removedAt: house.clock.now() } });
    for (const id of [newId(), removed.id, elsewhere.id]) {
      const reply = await share([one.id, id], everybody);
      expect(reply.problem).toMatchObject({ status: 400, errors: [{ field: 'connectionIds', code: 'notFound' }] });
    }
    expect((await read(one)).sharing.sharedWith).toBe('admins');
    expect(await activitiesOf(one)).toEqual([]);
  });

  it('lets somebody who is no contributor any more stay only where they are named', async () => {
    const fred = await anotherContributor('Fred Former');
    const [with_, without] = [await setUp(named(fred.id)), await setUp()];
    await setRole(fred.id, 'viewer');
    const both = named(fred.id, contoso.contributor.id);
    expect((await share([with_.id, without.id], both)).problem.errors).toMatchObject([{ code: 'notContributor' }]);
    expect((await share([with_.id], both)).body).toEqual({ changed: 1 });
  });

  it('names at least one and at most 200', async () => {
    expect((await share([], everybody)).problem.errors).toMatchObject([{ field: 'connectionIds' }]);
    const many = Array.from({ length: contract.maximumBulkConnections + 1 }, () => newId());
    expect((await share(many, everybody)).problem.errors).toMatchObject([{ field: 'connectionIds' }]);
  });
});
