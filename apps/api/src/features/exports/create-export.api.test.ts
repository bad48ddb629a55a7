import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { connect } from '../../testing/connections.ts';
import { makeEntity, newExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';

type Body = contract.BodyInput<typeof contract.createExport>;

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
let source: contract.Connection;
/** Shared with all contributors. */
let shared: contract.Connection;
let entity: Awaited<ReturnType<typeof makeEntity>>;

beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

beforeEach(async () => {
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
  const { environmentId } = params;
  source = await connect(place.asAdmin, environmentId, { name: 'Customer lake' });
  shared = await connect(place.asAdmin, environmentId, {
    name: 'Marketing store',
    sharing: { sharedWith: 'adminsAndContributors' },
  });
  entity = await makeEntity(house, { environmentId, connectionId: source.id }, { name: 'Customer' });
});

const create = (over: Partial<Body> = {}, as = place.asContributor) =>
  as(contract.createExport, { params, body: { ...newExport(shared.id, [entity.id]), ...over } });

const choose = (over: Record<string, unknown>) => [{ entityId: entity.id, ...over }] as Body['entities'];

describe('defining an export', () => {
  it('answers with it, keeps it and tells the activity log', async () => {
    const schedule = { isOn: true, plan: { type: 'daily' as const, times: ['08:00'], timeZone: 'Europe/Berlin' } };
    const filter = { match: 'all' as const, of: [{ column: 'Visits', is: 'atLeast' as const, value: '3' }] };
    const columns = [{ name: 'Id' }, { name: 'Name', as: 'customer' }];
    const { status, body } = await create({
      name: 'Weekly customers',
      entities: choose({ columns, filter }),
      format: { type: 'csvGzip', delimiter: ';' },
      folder: '/crm/weekly/',
      schedule,
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'Weekly customers',
      type: 'fake',
      connection: { id: shared.id, name: 'Marketing store', type: 'fake', health: 'healthy' },
      status: 'notStarted',
      inactive: null,
      entityCount: 1,
      schedule,
      refreshedAt: null,
      lastRunAt: null,
      access: { hasConnection: true, mayUseConnection: true, couldManageBefore: false },
      createdBy: { id: place.contributor.id, name: 'Cleo Contributor' },
      etag: '"v1"',
      entities: [
        {
          entityId: entity.id,
          name: 'Customer',
          source: { connectionId: source.id, name: 'Customer lake' },
          columns,
          filter,
          problem: null,
        },
      ],
      format: { type: 'csvGzip', delimiter: ';', hasHeader: true },
      folder: 'crm/weekly',
    });
    expect(body.nextRuns).toHaveLength(3);
    expect(await house.db.export.findUnique({ where: { id: body.id }, include: { entities: true } })).toMatchObject({
      connectionId: shared.id,
      lostEntities: 0,
      runState: null,
      lostConnectionId: null,
      version: 1,
      entities: [{ position: 0, entityId: entity.id, connectionId: source.id, sourceName: 'Customer lake' }],
    });
    expect(await house.db.activity.findMany({ where: { subjectId: body.id } })).toMatchObject([
      {
        kind: 'export.created',
        byName: 'Cleo Contributor',
        subjectType: 'export',
        subjectName: 'Weekly customers',
        address: '127.0.0.1',
        before: null,
        after: {
          connection: 'Marketing store',
          entities: ['Customer'],
          'entities.Customer lake.Customer': { columns, filter },
        },
      },
    ]);
  });

  it('takes what is left out as usual: all columns and rows, CSV, no folder, no schedule', async () => {
    const body: Body = { name: 'Plain', connectionId: shared.id, entities: [{ entityId: entity.id.toUpperCase() }] };
    expect((await place.asContributor(contract.createExport, { params, body })).body).toMatchObject({
      entities: [{ entityId: entity.id, columns: 'all', filter: null }],
      format: { type: 'csv', delimiter: ',', hasHeader: true, escapeFormulas: false },
      folder: '',
      schedule: contract.noSchedule,
      nextRuns: [],
      nextRunAt: null,
      autoPaused: null,
      run: null,
      malformedRows: { policy: 'fail' },
      rowLimits: { minimum: null, maximum: null },
      retention: { keep: 'all' },
    });
  });

  it('takes what becomes of malformed rows, how many rows there may be and which runs are kept', async () => {
    const options = {
      format: { type: 'csv' as const, delimiter: ',', hasHeader: false, escapeFormulas: true },
      malformedRows: { policy: 'setAside' as const, limit: 100 },
      rowLimits: { minimum: 1, maximum: null },
      retention: { keep: 'runs' as const, runs: 7 },
    };
    const { body } = await create(options);
    expect(body).toMatchObject(options);
    const [told] = await house.db.activity.findMany({ where: { subjectId: body.id } });
    expect(told?.after).toMatchObject(options);
  });

  it('takes an entity that cannot be read now, and says so in the answer', async () => {
    const problem = { code: 'fileMissing', message: 'A file is missing.', remedy: 'Write it again.' };
    await house.db.entity.update({ where: { id: entity.id }, data: { problem } });
    expect((await create()).body.entities).toMatchObject([{ problem: { code: 'fileMissing' } }]);
  });
});

describe('who may define an export', () => {
  it('is an admin, over any connection or without one', async () => {
    expect((await create({ connectionId: source.id }, place.asAdmin)).status).toBe(201);
    const { body } = await create({ connectionId: null }, place.asAdmin);
    expect(body).toMatchObject({
      status: 'inactive',
      inactive: { because: 'neverConnected', connection: null },
      type: null,
      access: { hasConnection: false, couldManageBefore: false },
    });
  });

  it('is a contributor whom the connection is shared with by name', async () => {
    const sharing = { sharedWith: 'namedContributors' as const, personIds: [place.contributor.id] };
    const named = await connect(place.asAdmin, params.environmentId, { sharing });
    expect((await create({ connectionId: named.id })).status).toBe(201);
  });

  it('is no contributor without a connection; they learn whom to ask, and the log who tried', async () => {
    const { status, problem } = await create({ connectionId: null, name: 'Nowhere' });
    expect([status, problem.code]).toEqual([403, 'forbidden']);
    expect(problem.detail).toContain('ask an admin');
    expect(problem.errors).toMatchObject([{ field: 'connectionId' }]);
    const where = { kind: 'access.denied', environmentId: params.environmentId };
    expect(await house.db.activity.findMany({ where })).toMatchObject([
      { subjectName: 'Nowhere', byId: place.contributor.id },
    ]);
  });

  it('is no contributor over a connection that is not shared with them, which looks like none', async () => {
    const other = await makeEnvironment(house, 'Other');
    const elsewhere = await connect(other.asAdmin, other.environment.id);
    const removed = await connect(place.asAdmin, params.environmentId, {
      sharing: { sharedWith: 'adminsAndContributors' },
    });
    await house.db.connection.update({ where: { id: removed.id }, data: { removedAt: house.clock.now() } });
    const refusals = await Promise.all(
      [source.id, elsewhere.id, removed.id, newId()].map(async (connectionId) => {
        const { status, problem } = await create({ connectionId });
        return JSON.stringify([status, problem.code, problem.detail, problem.errors]);
      }),
    );
    expect(new Set(refusals).size).toBe(1);
    expect(JSON.parse(refusals[0] ?? '')).toMatchObject(
      [409, 'connectionGone', /Choose another/, [{ field: 'connectionId' }]].map((part) =>
        part instanceof RegExp ? expect.stringMatching(part) : part,
      ),
    );
    expect(await house.db.export.count({ where: { environmentId: params.environmentId } })).toBe(0);
  });

  it('is not found by members of other environments', async () => {
    const other = await makeEnvironment(house, 'Other');
    expect((await create({}, other.asAdmin)).status).toBe(404);
  });
});

const cron = (expression: string) => ({ isOn: true, plan: { type: 'cron' as const, expression, timeZone: 'UTC' } });
const filterOf = (column: string, is: string, value: string) => ({ match: 'all', of: [{ column, is, value }] });

describe('an export that cannot be', () => {
  it.each<[what: string, over: () => Record<string, unknown>, field: string, code: string]>([
    ['a name that is no folder', () => ({ name: 'a/b' }), 'name', 'custom'],
    ['a folder above', () => ({ folder: '../up' }), 'folder', 'custom'],
    [
      'a letter as the delimiter',
      () => ({ format: { type: 'csv', delimiter: 'x' } }),
      'format.delimiter',
      'invalid_format',
    ],
    ['no entities', () => ({ entities: [] }), 'entities', 'too_small'],
    ['an unknown entity', () => ({ entities: [{ entityId: newId() }] }), 'entities.0.entityId', 'unknownEntity'],
    ['an entity twice', () => ({ entities: [...choose({}), ...choose({})] }), 'entities.1.entityId', 'entityTwice'],
    [
      'an unknown column',
      () => ({ entities: choose({ columns: [{ name: 'Nope' }] }) }),
      'entities.0.columns.0.name',
      'unknownColumn',
    ],
    [
      'a column twice',
      () => ({ entities: choose({ columns: [{ name: 'Id' }, { name: 'Id', as: 'other' }] }) }),
      'entities.0.columns.1.name',
      'columnTwice',
    ],
    [
      'two columns of one name, whatever the case',
      () => ({ entities: choose({ columns: [{ name: 'Id' }, { name: 'Name', as: 'ID' }] }) }),
      'entities.0.columns.1.as',
      'nameTwice',
    ],
    [
      'a filter on no column',
      () => ({ entities: choose({ filter: filterOf('Nope', 'equals', 'x') }) }),
      'entities.0.filter.of.0.column',
      'unknownColumn',
    ],
    [
      'a comparison that the type has not',
      () => ({ entities: choose({ filter: filterOf('Id', 'contains', 'x') }) }),
      'entities.0.filter.of.0.is',
      'comparison',
    ],
    [
      'a value that is no number',
      () => ({ entities: choose({ filter: filterOf('Visits', 'equals', 'x') }) }),
      'entities.0.filter.of.0.value',
      'value',
    ],
    ['a schedule without a plan', () => ({ schedule: { isOn: true, plan: null } }), 'schedule.plan', 'custom'],
    ['a plan that runs too often', () => ({ schedule: cron('* * * * *') }), 'schedule.plan.expression', 'tooOften'],
    ['a plan that never runs', () => ({ schedule: cron('0 0 30 2 *') }), 'schedule.plan.expression', 'neverRuns'],
  ])('says so of %s', async (_what, over, field, code) => {
    const { status, problem } = await create(over() as Partial<Body>);
    expect([status, problem.code]).toEqual([400, 'invalidInput']);
    expect(problem.errors).toEqual([{ field, code, message: expect.stringMatching(/^[A-Z"].+\.$/) }]);
  });

  it('says everything that is wrong at once', async () => {
    const entities = choose({ columns: [{ name: 'Nope' }], filter: filterOf('Visits', 'equals', 'x') });
    const { problem } = await create({ entities, schedule: cron('* * * * *') });
    expect(problem.errors?.map(({ field }) => field)).toEqual([
      'schedule.plan.expression',
      'entities.0.columns.0.name',
      'entities.0.filter.of.0.value',
    ]);
  });

  it('says so of an entity that is gone from the metadata, and of one whose source was removed', async () => {
    await house.db.entity.update({ where: { id: entity.id }, data: { goneAt: house.clock.now() } });
    expect((await create()).problem.errors).toMatchObject([{ field: 'entities.0.entityId', code: 'entityGone' }]);
    await house.db.connection.update({ where: { id: source.id }, data: { removedAt: house.clock.now() } });
    expect((await create()).problem.errors).toMatchObject([{ field: 'entities.0.entityId', code: 'unknownEntity' }]);
  });

  it('says so of an entity of another environment', async () => {
    const other = await makeEnvironment(house, 'Other');
    const theirs = await connect(other.asAdmin, other.environment.id);
    const { id } = await makeEntity(house, { environmentId: other.environment.id, connectionId: theirs.id });
    expect((await create({ entities: [{ entityId: id }] })).problem.errors).toMatchObject([{ code: 'unknownEntity' }]);
  });

  it('cannot have a name that is taken, whatever the case, also when two take it at once', async () => {
    await create({ name: 'Taken' });
    const { status, problem } = await create({ name: 'TAKEN' });
    expect([status, problem.code, problem.errors?.[0]?.field]).toEqual([409, 'nameTaken', 'name']);
    const both = await Promise.all([create({ name: 'Twice' }), create({ name: 'twice' })]);
    expect(both.map((reply) => reply.status).sort()).toEqual([201, 409]);
  });
});
