import type { Connector } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { connect } from '../../testing/connections.ts';
import { makeEntity, makeExport, makeManyExports } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { fakeConnector } from '../../testing/fake-connector.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { paramsOf, remove, usageOf } from '../../testing/removals.ts';
import { makeRun } from '../../testing/runs.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
const readable = {
  ...fakeConnector,
  manifest: { ...fakeConnector.manifest, type: 'readable', capabilities: ['source'] },
} as unknown as Connector;
const hook = {
  ...fakeConnector,
  manifest: { ...fakeConnector.manifest, type: 'hook', takes: 'rows' },
} as unknown as Connector;
/** What happens while a connection of the type "slow" is checked. */
let duringCheck = async (): Promise<unknown> => undefined;
const slow = {
  ...fakeConnector,
  manifest: { ...fakeConnector.manifest, type: 'slow' },
  check: async (...asked: Parameters<typeof fakeConnector.check>) => {
    await duringCheck();
    return fakeConnector.check(...asked);
  },
} as unknown as Connector;
beforeAll(async () => {
  house = await openTestHouse({ connectors: [fakeConnector as unknown as Connector, readable, slow, hook] });
});
afterAll(() => house.close());

type Over = NonNullable<Parameters<typeof connect>[2]>;
const setUp = (over: Over = {}) => connect(contoso.asAdmin, contoso.environment.id, over);
const addExport = (over: Parameters<typeof makeExport>[2]) => makeExport(house, contoso.environment.id, over);
const addExports = (count: number, over: Parameters<typeof makeExport>[2]) =>
  Promise.all(Array.from({ length: count }, () => addExport(over)));
const exportRow = (made: { id: string }) => house.db.export.findUniqueOrThrow({ where: { id: made.id } });
const connectionRow = (connection: contract.Connection) =>
  house.db.connection.findUniqueOrThrow({ where: { id: connection.id }, include: { key: true, secrets: true } });
const told = (connection: contract.Connection) =>
  house.db.activity.findMany({ where: { subjectId: connection.id, kind: { not: 'connection.created' } } });

/** Everything that a removal could change. */
const everything = async () => [
  await house.db.connection.findMany({ orderBy: { id: 'asc' } }),
  await house.db.export.findMany({ orderBy: { id: 'asc' } }),
  await house.db.activity.count(),
];

// An environment of its own for each group, so that the lists stay short and nobody checks too often.
const ownEnvironment = () =>
  beforeAll(async () => {
    contoso = await makeEnvironment(house);
  });

describe('removing a connection', () => {
  ownEnvironment();

  it('makes the exports that write to it inactive; they remember it, and their runs are canceled', async () => {
    const sharing = { sharedWith: 'namedContributors' as const, personIds: [contoso.contributor.id] };
    const connection = await setUp({ name: 'Lost', sharing });
    const queued = await addExport({ connectionId: connection.id, runState: 'queued' });
    const processing = await addExport({ connectionId: connection.id, runState: 'processing' });
    const publishing = await addExport({ connectionId: connection.id });
    await makeRun(house, publishing, 'processing', { phase: 'publishing' });
    const bystander = await addExport({ connectionId: (await setUp()).id, runState: 'queued' });
    expect((await usageOf(contoso.asAdmin, connection)).liveRuns).toBe(3);
    const before = await exportRow(bystander);
    const reply = await remove(contoso.asAdmin, connection);
    expect(reply.status).toBe(200);
    const now = house.clock.now();
    const until = new Date(reply.body.restorableUntil ?? '');
    expect(reply.body).toMatchObject({
      connectionId: connection.id,
      inactivated: 3,
      moved: 0,
      withoutSource: 0,
      canceledRuns: 2,
    });
    expect(Math.abs(until.getTime() - now.getTime() - house.env.JUNCTION_UNDO_DAYS * 86_400_000)).toBeLessThan(5_000);
    for (const made of [queued, processing, publishing]) {
      expect(await exportRow(made)).toMatchObject({
        connectionId: null,
        lostConnectionId: connection.id,
        lostConnectionName: 'Lost',
        lostConnectionType: 'fake',
        lostSharedWith: 'namedContributors',
        lostSharedWithIds: [contoso.contributor.id],
        lostById: contoso.admin.id,
        lostByName: contoso.admin.name,
        lostAt: expect.any(Date),
        version: 2,
        lostVersion: 2,
        lostEntities: 0,
        name: made.name,
        folder: made.folder,
      });
    }
    const by = { id: contoso.admin.id, name: contoso.admin.name };
    for (const made of [queued, processing]) {
      expect((await exportRow(made)).runState).toBe('canceled');
      const run = await house.db.run.findFirstOrThrow({ where: { subjectId: made.id } });
      expect(run).toMatchObject({ state: 'canceled', canceled: { because: 'connectionRemoved', by } });
      const told = await house.db.activity.findFirstOrThrow({ where: { subjectId: made.id, kind: 'run.canceled' } });
      expect(told).toMatchObject({ byId: by.id, address: '127.0.0.1', after: { because: 'connectionRemoved' } });
    }
    // What it wrote is about to be visible: nobody could take that back any more.
    expect((await exportRow(publishing)).runState).toBe('processing');
    expect(await exportRow(bystander)).toEqual(before);
  });

  it('makes the exports that read from it inactive until their source is back; they stay connected', async () => {
    const [connection, elsewhere] = [await setUp(), await setUp()];
    const place = { environmentId: contoso.environment.id };
    const [one, two] = [
      await makeEntity(house, { ...place, connectionId: connection.id }),
      await makeEntity(house, { ...place, connectionId: connection.id }),
    ];
    const other = await makeEntity(house, { ...place, connectionId: elsewhere.id });
    const reader = await addExport({ connectionId: elsewhere.id, runState: 'queued', entities: [one, other, two] });
    const detached = await addExport({ entities: [one] });
    const both = await addExport({ connectionId: connection.id, runState: 'queued', entities: [one] });
    const reply = await remove(contoso.asAdmin, connection);
    expect(reply.body).toMatchObject({ inactivated: 1, moved: 0, withoutSource: 2, canceledRuns: 2 });
    const version = { version: 1 };
    expect(await exportRow(reader)).toMatchObject({
      connectionId: elsewhere.id,
      lostEntities: 2,
      runState: 'canceled',
      ...version,
    });
    expect(await exportRow(detached)).toMatchObject({ connectionId: null, lostEntities: 1, ...version });
    expect(await exportRow(both)).toMatchObject({ connectionId: null, lostEntities: 1, runState: 'canceled' });
    const reasonOf = async ({ id }: { id: string }) =>
      (await house.db.run.findFirstOrThrow({ where: { subjectId: id } })).canceled;
    expect(await reasonOf(reader)).toMatchObject({ because: 'sourceRemoved' });
    expect(await reasonOf(both)).toMatchObject({ because: 'connectionRemoved' });
    expect(await house.db.exportEntity.count({ where: { exportId: reader.id } })).toBe(3);
  });

  it('is told once, with what it did to which exports', async () => {
    const [connection, elsewhere] = [await setUp(), await setUp()];
    const source = await makeEntity(house, { environmentId: contoso.environment.id, connectionId: connection.id });
    const writer = await addExport({ connectionId: connection.id, entities: [source] });
    const reader = await addExport({ connectionId: elsewhere.id, entities: [source] });
    const { body } = await remove(contoso.asAdmin, connection);
    const rows = await told(connection);
    expect(rows).toMatchObject([
      {
        kind: 'connection.deleted',
        environmentId: contoso.environment.id,
        byId: contoso.admin.id,
        address: '127.0.0.1',
        subjectName: connection.name,
        before: { name: connection.name, type: 'fake', secretsSet: ['password'], 'settings.host': 'files.example' },
        after: {
          inactivated: 1,
          moved: 0,
          withoutSource: 1,
          exportIds: [writer.id, reader.id],
          restorableUntil: body.restorableUntil,
        },
      },
    ]);
  });

  it('takes it out of sight and keeps its row, key and secrets for the undo', async () => {
    const connection = await setUp({ name: 'Out of sight' });
    await remove(contoso.asAdmin, connection);
    const params = paramsOf(connection);
    const replies = await Promise.all([
      contoso.asAdmin(contract.getConnection, { params }),
      contoso.asAdmin(contract.getConnectionUsage, { params }),
      contoso.asAdmin(contract.listChecks, { params }),
      contoso.asAdmin(contract.checkConnection, { params, body: {} }),
      contoso.asAdmin(contract.updateConnection, { params, body: { name: 'Back' }, ifMatch: '*' }),
      contoso.asAdmin(contract.deleteConnection, { params, query: { usage: 'x' }, ifMatch: '*' }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual(replies.map(() => 404));
    const list = await contoso.asAdmin(contract.listConnections, { params, query: { search: 'Out of sight' } });
    expect(list.body.value).toEqual([]);
    expect(await connectionRow(connection)).toMatchObject({ key: {}, secrets: [{}], nextCheckAt: null });
    // Its name is free at once.
    expect((await setUp({ name: 'out of SIGHT' })).name).toBe('out of SIGHT');
  });
});

describe('moving the exports to another connection', () => {
  ownEnvironment();

  it('connects all of them there, as they are', async () => {
    const [connection, successor] = [await setUp(), await setUp()];
    const source = await makeEntity(house, { environmentId: contoso.environment.id, connectionId: connection.id });
    const queued = await addExport({ connectionId: connection.id, runState: 'queued' });
    const both = await addExport({ connectionId: connection.id, entities: [source] });
    const { body } = await remove(contoso.asAdmin, connection, { moveTo: successor.id });
    expect(body).toMatchObject({ inactivated: 0, moved: 2, withoutSource: 1, canceledRuns: 1 });
    expect(await exportRow(queued)).toMatchObject({ connectionId: successor.id, runState: 'canceled', version: 2 });
    const run = await house.db.run.findFirstOrThrow({ where: { subjectId: queued.id } });
    expect(run.canceled).toMatchObject({ because: 'connectionChanged' });
    expect(await exportRow(both)).toMatchObject({ connectionId: successor.id, lostEntities: 1 });
    expect(await told(connection)).toMatchObject([
      { after: { inactivated: 0, moved: 2, withoutSource: 1, movedTo: successor.name, exportIds: { length: 2 } } },
    ]);
  });

  it('does nothing when that one changes or goes after it was verified', async () => {
    const [connection, changed, gone] = [await setUp(), await setUp({ type: 'slow' }), await setUp({ type: 'slow' })];
    const row = await addExport({ connectionId: connection.id });
    const body = {
      settings: { host: 'elsewhere.example', outcome: 'failing' },
      secrets: { password: 'x' },
      saveAnyway: true,
    };
    const params = paramsOf(changed);
    duringCheck = async () => {
      duringCheck = async () => undefined;
      await contoso.asAdmin(contract.updateConnection, { params, body, ifMatch: '*' });
    };
    const refused = await remove(contoso.asAdmin, connection, { moveTo: changed.id });
    expect(refused.problem).toMatchObject({ status: 400, errors: [{ field: 'moveTo' }] });
    duringCheck = () => remove(contoso.asAdmin, gone);
    const again = await remove(contoso.asAdmin, connection, { moveTo: gone.id });
    expect(again.problem).toMatchObject({ status: 400, errors: [{ field: 'moveTo' }] });
    expect((await exportRow(row)).connectionId).toBe(connection.id);
    expect(await told(connection)).toEqual([]);
  });

  it('stays among connections that take the same: files or rows', async () => {
    const [files, rows, otherRows] = [
      await setUp(),
      await setUp({ type: 'hook', name: 'Hook' }),
      await setUp({ type: 'hook' }),
    ];
    const [file, row] = [await addExport({ connectionId: files.id }), await addExport({ connectionId: rows.id })];
    const refusedMove = async (from: contract.Connection, to: contract.Connection) =>
      (await remove(contoso.asAdmin, from, { moveTo: to.id })).problem;
    expect(await refusedMove(files, rows)).toMatchObject({
      status: 400,
      errors: [
        {
          field: 'moveTo',
          code: 'incompatible',
          message: expect.stringMatching(
            /^"Hook" takes rows, and these exports send files\. Choose a connection that takes files/,
          ),
        },
      ],
    });
    expect(await refusedMove(rows, files)).toMatchObject({
      status: 400,
      errors: [
        {
          field: 'moveTo',
          code: 'incompatible',
          message: expect.stringContaining('takes files, and these exports send rows'),
        },
      ],
    });
    expect((await exportRow(file)).connectionId).toBe(files.id);
    expect((await remove(contoso.asAdmin, rows, { moveTo: otherRows.id })).body).toMatchObject({ moved: 1 });
    expect((await exportRow(row)).connectionId).toBe(otherRows.id);
  });

  it('does nothing at all when they cannot go there', async () => {
    const connection = await setUp();
    await addExports(2, { connectionId: connection.id, runState: 'queued' });
    const incompatible = await setUp({ type: 'readable' });
    const settings = { host: 'x', outcome: 'actionRequired' };
    const broken = await setUp({ settings, saveAnyway: true });
    const gone = await setUp();
    await remove(contoso.asAdmin, gone);
    const elsewhere = await makeEnvironment(house, 'Another');
    const foreign = await connect(elsewhere.asAdmin, elsewhere.environment.id);
    const before = await everything();
    for (const moveTo of [incompatible.id, gone.id, foreign.id, newId(), connection.id]) {
      const reply = await remove(contoso.asAdmin, connection, { moveTo });
      expect(reply.problem).toMatchObject({ status: 400, errors: [{ field: 'moveTo', code: 'incompatible' }] });
    }
    const refused = await remove(contoso.asAdmin, connection, { moveTo: broken.id });
    expect(refused.problem).toMatchObject({ status: 422, code: 'checkFailed', check: { outcome: 'actionRequired' } });
    expect((await remove(contoso.asAdmin, connection, { moveTo: 'nowhere' })).status).toBe(400);
    expect(await everything()).toEqual(before);
  });
});

describe('a connection with 10,000 exports', () => {
  ownEnvironment();
  const count = 10_000;

  it('is removed in one request, and all of them come back', async () => {
    const connection = await setUp({ name: 'Busy' });
    const environmentId = contoso.environment.id;
    await makeManyExports(house, { environmentId, owner: contoso.admin, count, connectionIds: [connection.id] });
    const live = { environmentId, runState: { in: ['queued', 'processing'] } };
    const canceledRuns = await house.db.export.count({ where: live });
    const { body } = await remove(contoso.asAdmin, connection, { confirmName: 'Busy' });
    expect(body).toMatchObject({ inactivated: count, canceledRuns });
    const where = { environmentId, connectionId: null, lostConnectionId: connection.id };
    expect(await house.db.export.count({ where })).toBe(count);
    expect(await house.db.export.count({ where: live })).toBe(0);
    expect(await house.db.run.count({ where: { environmentId, finishedAt: null } })).toBe(0);
    expect((await told(connection))[0]?.after).toMatchObject({ exportIds: { length: count } });
    const restored = await contoso.asAdmin(contract.restoreConnection, { params: paramsOf(connection), body: {} });
    expect(restored.body.reattached.count).toBe(count);
    expect(restored.body.reattached.value).toHaveLength(contract.namedAfterRestore);
    expect(await house.db.export.count({ where: { environmentId, connectionId: connection.id } })).toBe(count);
  });
});
