import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { connect } from '../../testing/connections.ts';
import { makeEntity, newExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';

type Body = contract.BodyInput<typeof contract.updateExport>;

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let environmentId: string;
let source: contract.Connection;
let shared: contract.Connection;
let entity: Awaited<ReturnType<typeof makeEntity>>;
let made: contract.Export;

beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const share = { sharing: { sharedWith: 'adminsAndContributors' as const } };

beforeEach(async () => {
  place = await makeEnvironment(house);
  environmentId = place.environment.id;
  source = await connect(place.asAdmin, environmentId, { name: 'Customer lake' });
  shared = await connect(place.asAdmin, environmentId, { name: 'Marketing store', ...share });
  entity = await makeEntity(house, { environmentId, connectionId: source.id }, { name: 'Customer' });
  const body = newExport(shared.id, [entity.id], { name: 'Customers' });
  made = (await place.asAdmin(contract.createExport, { params: { environmentId }, body })).body;
});

const at = (exportId = made.id) => ({ environmentId, exportId });
const update = (body: Body, { as = place.asContributor, ifMatch = made.etag, id = made.id } = {}) =>
  as(contract.updateExport, { params: at(id), body, ifMatch });
const get = async (as = place.asAdmin) => (await as(contract.getExport, { params: at() })).body;
const row = () => house.db.export.findUniqueOrThrow({ where: { id: made.id } });
const told = () => house.db.activity.findMany({ where: { subjectId: made.id }, orderBy: { id: 'asc' } });
const detach = () =>
  place.asAdmin(contract.detachExports, { params: { environmentId }, body: { exportIds: [made.id] } });
/** As a removal leaves it; what the removal itself does is tested with it. */
const loseSource = async () => {
  await house.db.connection.update({
    where: { id: source.id },
    data: { removedAt: house.clock.now(), removedById: place.admin.id, removedByName: 'Alex Admin' },
  });
  await house.db.export.updateMany({ where: { id: made.id }, data: { lostEntities: 1 } });
};

describe('changing an export', () => {
  it('changes what is given, leaves the rest, and tells the log what changed', async () => {
    const { status, body } = await update({ folder: 'crm', name: 'CRM customers' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'CRM customers', folder: 'crm', etag: '"v2"', format: made.format });
    expect(body.entities).toEqual(made.entities);
    expect((await told()).at(-1)).toMatchObject({
      kind: 'export.updated',
      subjectName: 'CRM customers',
      byName: 'Cleo Contributor',
      before: { name: 'Customers', folder: '' },
      after: { name: 'CRM customers', folder: 'crm' },
    });
  });

  it('does nothing when nothing differs, whatever order the stored values come in', async () => {
    const schedule = { isOn: true, plan: { type: 'weekly' as const, days: [1, 3], times: ['08:00'], timeZone: 'UTC' } };
    const entities = [
      {
        entityId: entity.id,
        columns: [{ name: 'Name', as: 'customer' }, { name: 'Id' }],
        filter: { match: 'any' as const, of: [{ column: 'Visits', is: 'equals' as const, value: '1' }] },
      },
    ];
    const definition = { entities, schedule, folder: 'x', format: { type: 'csv' as const, delimiter: '|' } };
    const { body: first } = await update(definition);
    const count = (await told()).length;
    const { status, body } = await update(
      { ...definition, name: made.name, connectionId: shared.id },
      { ifMatch: first.etag },
    );
    expect([status, body.etag]).toEqual([200, first.etag]);
    expect(await told()).toHaveLength(count);
  });

  it('replaces entities whole, and tells which were changed', async () => {
    const second = await makeEntity(house, { environmentId, connectionId: source.id }, { name: 'Order' });
    const columns = [{ name: 'Id' }];
    const { body } = await update({ entities: [{ entityId: second.id }, { entityId: entity.id, columns }] });
    expect(body.entities.map(({ name }) => name)).toEqual(['Order', 'Customer']);
    expect((await told()).at(-1)).toMatchObject({
      before: { entities: ['Customer'], 'entities.Customer lake.Customer': { columns: 'all' } },
      after: {
        entities: ['Order', 'Customer'],
        'entities.Customer lake.Order': { columns: 'all' },
        'entities.Customer lake.Customer': { columns },
      },
    });
    const { body: after } = await update({ entities: [{ entityId: second.id }] }, { ifMatch: body.etag });
    expect(after.entities.map(({ name }) => name)).toEqual(['Order']);
    expect((await told()).at(-1)?.after).toEqual({ entities: ['Order'], 'entities.Customer lake.Customer': null });
  });

  it('changes what becomes of rows and runs, and tells the log what that was', async () => {
    const options = {
      malformedRows: { policy: 'setAside' as const, limit: 5 },
      rowLimits: { minimum: null, maximum: 1_000 },
      retention: { keep: 'days' as const, days: 30 },
    };
    const { body } = await update(options);
    expect(body).toMatchObject(options);
    expect((await told()).at(-1)).toMatchObject({
      kind: 'export.updated',
      before: { malformedRows: { policy: 'fail' }, rowLimits: { maximum: null }, retention: { keep: 'all' } },
      after: options,
    });
    expect((await update(options, { ifMatch: body.etag })).body.etag).toBe(body.etag);
  });

  it('knows of options what was usual before there were any', async () => {
    await house.db.export.updateMany({
      where: { id: made.id },
      data: { format: { type: 'csv', delimiter: ';', hasHeader: true } },
    });
    const format = { type: 'csv' as const, delimiter: ';', hasHeader: true, escapeFormulas: false };
    expect((await get()).format).toEqual(format);
    expect((await update({ format })).body.etag).toBe(made.etag);
  });

  it('lets a schedule be due when it was, unless it was changed', async () => {
    const nextRunAt = new Date('2026-01-05T08:00:00Z');
    await house.db.export.updateMany({ where: { id: made.id }, data: { nextRunAt } });
    const { body } = await update({ name: 'Renamed' });
    expect((await row()).nextRunAt).toEqual(nextRunAt);
    await update({ schedule: { isOn: true, plan: { type: 'interval', everyMinutes: 60 } } }, { ifMatch: body.etag });
    expect((await row()).nextRunAt).toBeNull();
  });

  it('calls a change of the schedule alone what it is', async () => {
    const schedule = { isOn: true, plan: { type: 'interval' as const, everyMinutes: 60 } };
    const { body } = await update({ schedule });
    expect(body.nextRuns).toHaveLength(3);
    expect((await told()).at(-1)).toMatchObject({
      kind: 'export.scheduled',
      before: { schedule: contract.noSchedule },
      after: { schedule },
    });
  });

  it('is refused on top of an older version, with a wrong or no If-Match, and not with *', async () => {
    await update({ folder: 'a' });
    expect((await update({ folder: 'b' })).problem.code).toBe('preconditionFailed');
    expect((await update({ folder: 'b' }, { ifMatch: 'nonsense' })).status).toBe(412);
    const bare = await place.asContributor(contract.updateExport, { params: at(), body: { folder: 'b' } });
    expect(bare.problem.code).toBe('preconditionRequired');
    expect((await row()).folder).toBe('a');
    expect((await update({ folder: 'b' }, { ifMatch: '*' })).body.folder).toBe('b');
  });

  it('lets one of two changes at once through', async () => {
    const replies = await Promise.all([update({ folder: 'a' }), update({ folder: 'b' })]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await row()).version).toBe(2);
  });

  it('says which field is wrong', async () => {
    const entities = [{ entityId: entity.id, columns: [{ name: 'Nope' }] }];
    const plan = { type: 'cron' as const, expression: 'nonsense', timeZone: 'UTC' };
    expect((await update({ entities, schedule: { isOn: false, plan } })).problem.errors).toMatchObject([
      { field: 'schedule.plan.expression' },
      { field: 'entities.0.columns.0.name', code: 'unknownColumn' },
    ]);
    expect((await update({ folder: 'a:b' })).problem.errors).toMatchObject([{ field: 'folder' }]);
    const more = { createdBy: 'me' } as Body;
    expect((await update(more)).problem.errors).toMatchObject([{ field: 'createdBy', code: 'unknown_field' }]);
    await place.asAdmin(contract.createExport, {
      params: { environmentId },
      body: newExport(shared.id, [entity.id], { name: 'Taken' }),
    });
    const { status, problem } = await update({ name: 'TAKEN' });
    expect([status, problem.code, problem.errors?.[0]?.field]).toEqual([409, 'nameTaken', 'name']);
  });

  it('of another environment, or of none, is not found', async () => {
    const other = await makeEnvironment(house, 'Other');
    const theirs = { params: { environmentId: other.environment.id, exportId: made.id } };
    expect((await other.asAdmin(contract.getExport, theirs)).status).toBe(404);
    expect(
      (await other.asAdmin(contract.updateExport, { ...theirs, body: { folder: 'x' }, ifMatch: '*' })).status,
    ).toBe(404);
    expect((await other.asAdmin(contract.deleteExport, { ...theirs, ifMatch: '*' })).status).toBe(404);
    expect((await update({ folder: 'x' }, { id: newId() })).status).toBe(404);
  });
});

describe('an entity whose source is gone', () => {
  it('makes the export inactive, with who removed what', async () => {
    await loseSource();
    expect(await get(place.asViewer)).toMatchObject({
      status: 'inactive',
      inactive: {
        because: 'sourceRemoved',
        connection: { id: source.id, name: 'Customer lake', type: 'fake' },
        by: { id: place.admin.id, name: 'Alex Admin' },
      },
      entities: [{ name: 'Customer', source: { name: 'Customer lake' }, problem: { code: 'sourceRemoved' } }],
      nextRuns: [],
    });
  });

  it('stays as it is through a change, may be taken out, and cannot be changed', async () => {
    const other = await makeEntity(house, { environmentId, connectionId: shared.id }, { name: 'Order' });
    await loseSource();
    const both = [{ entityId: entity.id }, { entityId: other.id }];
    const { body: kept } = await update({ entities: both });
    expect(kept).toMatchObject({ status: 'inactive', entities: [{ name: 'Customer' }, { name: 'Order' }] });
    expect((await row()).lostEntities).toBe(1);
    const changed = [{ entityId: entity.id, columns: [{ name: 'Id' }] }];
    expect((await update({ entities: changed }, { ifMatch: kept.etag })).problem.errors).toMatchObject([
      { field: 'entities.0.entityId', code: 'unknownEntity' },
    ]);
    const { body: rid } = await update({ entities: [{ entityId: other.id }] }, { ifMatch: kept.etag });
    expect(rid).toMatchObject({ status: 'notStarted', inactive: null });
    expect((await row()).lostEntities).toBe(0);
  });

  it('is still named when the source is gone for good', async () => {
    await house.db.export.update({ where: { id: made.id }, data: { lostEntities: 1 } });
    await house.db.connection.delete({ where: { id: source.id } });
    expect(await get()).toMatchObject({
      inactive: { because: 'sourceRemoved', connection: { id: source.id, name: 'Customer lake' }, at: null, by: null },
      entities: [{ name: 'Customer', problem: { code: 'sourceRemoved' } }],
    });
  });

  it('says that it is gone from the metadata', async () => {
    await house.db.entity.update({ where: { id: entity.id }, data: { goneAt: house.clock.now() } });
    const body = await get();
    expect(body.entities[0]?.problem?.message).toContain('no longer names');
    expect((await update({ entities: [{ entityId: entity.id }], folder: 'x' })).status).toBe(200);
  });
});

describe('connecting an export', () => {
  it('to another connection moves it there', async () => {
    const other = await connect(place.asAdmin, environmentId, { name: 'Other store', ...share });
    const { body } = await update({ connectionId: other.id, folder: 'x' });
    expect(body.connection?.name).toBe('Other store');
    expect((await told()).at(-1)).toMatchObject({
      kind: 'export.connected',
      before: { connection: 'Marketing store', folder: '' },
      after: { connection: 'Other store', folder: 'x' },
    });
  });

  it('that lost one activates it, with other changes in the same step; what it lost is still remembered', async () => {
    await detach();
    expect((await update({ folder: 'x' }, { ifMatch: '*' })).problem).toMatchObject({
      status: 403,
      detail: expect.stringContaining('Connect it'),
    });
    const { status, body } = await update({ connectionId: shared.id, folder: 'x' }, { ifMatch: '*' });
    expect([status, body.status, body.folder]).toEqual([200, 'notStarted', 'x']);
    expect(await row()).toMatchObject({ lostConnectionId: shared.id, lostVersion: 2, version: 3, removalId: null });
  });

  it('to one that is gone, not shared, or elsewhere is refused the same way', async () => {
    const other = await makeEnvironment(house, 'Other');
    const elsewhere = await connect(other.asAdmin, other.environment.id);
    for (const connectionId of [source.id, elsewhere.id, newId()]) {
      const { status, problem } = await update({ connectionId });
      expect([status, problem.code, problem.errors?.[0]?.field]).toEqual([409, 'connectionGone', 'connectionId']);
    }
    expect((await row()).connectionId).toBe(shared.id);
    expect((await update({ connectionId: source.id }, { as: place.asAdmin })).status).toBe(200);
  });

  it('that a contributor could not manage before is for admins', async () => {
    await place.asAdmin(contract.updateConnection, {
      params: { environmentId, connectionId: shared.id },
      body: { sharing: { sharedWith: 'admins' } },
      ifMatch: '*',
    });
    await detach();
    const mine = await connect(place.asAdmin, environmentId, share);
    const { status, problem } = await update({ connectionId: mine.id }, { ifMatch: '*' });
    expect([status, problem.detail]).toEqual([403, expect.stringContaining('only admins')]);
    const denied = (await told()).at(-1);
    expect(denied).toMatchObject({ kind: 'access.denied', byId: place.contributor.id, subjectName: 'Customers' });
  });
});

describe('removing an export', () => {
  const remove = (ifMatch = made.etag, as = place.asContributor) =>
    as(contract.deleteExport, { params: at(), ifMatch });

  it('takes it away with its entities and tells the log', async () => {
    expect((await remove()).status).toBe(204);
    expect(await house.db.export.count({ where: { id: made.id } })).toBe(0);
    expect(await house.db.exportEntity.count({ where: { exportId: made.id } })).toBe(0);
    expect((await told()).at(-1)).toMatchObject({ kind: 'export.deleted', before: { connection: 'Marketing store' } });
    expect((await remove('*')).status).toBe(404);
  });

  it('is refused on top of an older version, and to who may only look', async () => {
    await update({ folder: 'a' });
    expect((await remove()).status).toBe(412);
    expect((await remove('*', place.asViewer)).status).toBe(403);
    expect(await house.db.export.count({ where: { id: made.id } })).toBe(1);
  });
});
