import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { connect } from '../../testing/connections.ts';
import { makeEntity, makeExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { allPages } from '../../testing/pages.ts';
import { paramsOf, usageOf } from '../../testing/removals.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
let other: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse();
  contoso = await makeEnvironment(house);
  other = await makeEnvironment(house, 'Another');
});
afterAll(() => house.close());

const setUp = () => connect(contoso.asAdmin, contoso.environment.id);
const addExport = (over: Parameters<typeof makeExport>[2]) => makeExport(house, contoso.environment.id, over);
const addEntity = (source: contract.Connection, over: Parameters<typeof makeEntity>[2] = {}) =>
  makeEntity(house, { environmentId: contoso.environment.id, connectionId: source.id }, over);
type Query = Partial<Record<keyof contract.QueryInput<typeof contract.getConnectionUsage>, string | number>>;
const read = (connection: contract.Connection, query: Query = {}) =>
  contoso.asAdmin(contract.getConnectionUsage, { params: paramsOf(connection), query });
const etagOf = async (connection: contract.Connection) => (await usageOf(contoso.asAdmin, connection)).etag;

/** A connection with two exports that write to it, one that only reads from it, and two entities. */
const setUpUsed = async () => {
  const [connection, elsewhere] = [await setUp(), await setUp()];
  const [customer, visit] = [
    await addEntity(connection, { name: 'Customer' }),
    await addEntity(connection, { name: 'visit' }),
  ];
  await addEntity(connection, { name: 'No more', goneAt: house.clock.now() });
  const plan = { type: 'daily', times: ['08:00'], timeZone: 'UTC' };
  const by = contoso.contributor;
  const lastRunAt = new Date('2026-11-20T08:00:00Z');
  const writing = await addExport({
    name: `Daily ${newId()}`,
    connectionId: connection.id,
    plan,
    scheduleOn: true,
    runState: 'processing',
    lastRunAt,
    by,
    // It reads from it, too, and is there once all the same.
    entities: [customer],
  });
  const queued = await addExport({
    name: `another ${newId()}`,
    connectionId: connection.id,
    runState: 'queued',
  });
  const reading = await addExport({
    name: `Reader ${newId()}`,
    connectionId: elsewhere.id,
    runState: 'successful',
    entities: [customer, visit],
  });
  return { connection, elsewhere, customer, visit, writing, queued, reading };
};

describe('what depends on a connection', () => {
  it('is nothing at first', async () => {
    expect(await usageOf(contoso.asAdmin, await setUp())).toEqual({
      counts: { writes: 0, reads: 0, entities: 0 },
      profiles: null,
      liveRuns: 0,
      etag: expect.any(String),
      undoDays: house.env.JUNCTION_UNDO_DAYS,
      value: [],
    });
  });

  it('are exports that write to it, exports that read from it, and its entities, each once', async () => {
    const { connection, customer, visit, writing, queued, reading } = await setUpUsed();
    const usage = await usageOf(contoso.asAdmin, connection);
    expect(usage).toMatchObject({ counts: { writes: 2, reads: 1, entities: 2 }, liveRuns: 2 });
    expect(usage.value.map(({ kind, id }) => [kind, id])).toEqual([
      ['writes', queued.id],
      ['writes', writing.id],
      ['reads', reading.id],
      ['entity', customer.id],
      ['entity', visit.id],
    ]);
    expect(usage.value[1]).toEqual({
      kind: 'writes',
      id: writing.id,
      name: writing.name,
      schedule: 'Daily at 08:00 (UTC)',
      lastRunAt: '2026-11-20T08:00:00.000Z',
      owner: { id: contoso.contributor.id, name: contoso.contributor.name },
      hasLiveRun: true,
    });
    expect(usage.value[3]).toEqual({
      kind: 'entity',
      id: customer.id,
      name: 'Customer',
      schedule: null,
      lastRunAt: null,
      owner: null,
      hasLiveRun: false,
    });
    const { body } = await contoso.asAdmin(contract.getConnection, { params: paramsOf(connection) });
    expect(body.usedBy).toBe(3);
  });

  it('is filtered and searched, and counted whole all the same', async () => {
    const { connection, reading, writing } = await setUpUsed();
    const idsOf = async (query: Query) => (await read(connection, query)).body.value.map(({ id }) => id);
    expect(await idsOf({ filter: "kind eq 'reads'" })).toEqual([reading.id]);
    expect(await idsOf({ filter: "kind in ('writes','reads')" })).toHaveLength(3);
    expect(await idsOf({ search: writing.name.toUpperCase() })).toEqual([writing.id]);
    expect(await idsOf({ search: 'customer', filter: "kind eq 'writes'" })).toEqual([]);
    const { body } = await read(connection, { search: 'nothing is called so' });
    expect(body).toMatchObject({ counts: { writes: 2, reads: 1, entities: 2 }, liveRuns: 2, value: [] });
    expect(body.etag).toBe(await etagOf(connection));
    for (const filter of ["name eq 'x'", "kind ge 'writes'", 'kind']) {
      expect((await read(connection, { filter })).problem.errors).toMatchObject([{ field: 'filter' }]);
    }
  });

  it('comes in pages, each thing once, whatever happens in between', async () => {
    const { connection } = await setUpUsed();
    const ask = (skiptoken: string | undefined) => read(connection, { maxpagesize: 1, skiptoken });
    const between = () => addExport({ name: `0 ${newId()}`, connectionId: connection.id });
    const pages = await allPages(ask, between);
    expect(pages.flatMap((page) => page.map(({ kind }) => kind))).toEqual([
      'writes',
      'writes',
      'reads',
      'entity',
      'entity',
    ]);
    expect(new Set(pages.flat().map(({ id }) => id)).size).toBe(5);
    expect((await read(connection, { skiptoken: 'made up' })).problem.errors).toMatchObject([{ field: 'skiptoken' }]);
  });

  it('is not told of a connection that is not there', async () => {
    const connection = await setUp();
    const elsewhere = { environmentId: other.environment.id, connectionId: connection.id };
    expect((await other.asAdmin(contract.getConnectionUsage, { params: elsewhere })).status).toBe(404);
    await house.db.connection.update({ where: { id: connection.id }, data: { removedAt: house.clock.now() } });
    expect((await read(connection)).status).toBe(404);
  });
});

describe('the etag of a usage', () => {
  it('changes exactly when an export is added, removed or re-pointed', async () => {
    const { connection, elsewhere, customer, reading, writing } = await setUpUsed();
    const seen = [await etagOf(connection)];
    const changesWith = async (change: Promise<unknown>) => {
      await change;
      const etag = await etagOf(connection);
      expect(seen).not.toContain(etag);
      seen.push(etag);
    };
    const { db } = house;
    const rowOf = (row: { id: string }) => ({ where: { id: row.id } });
    await changesWith(addExport({ connectionId: connection.id }));
    await changesWith(addExport({ entities: [customer] }));
    await changesWith(db.export.update({ ...rowOf(writing), data: { connectionId: elsewhere.id } }));
    await changesWith(db.export.update({ ...rowOf(reading), data: { connectionId: connection.id } }));
    await changesWith(db.export.delete(rowOf(reading)));
    await changesWith(db.exportEntity.deleteMany({ where: { exportId: writing.id } }));
  });

  it('stays when one is renamed, edited, scheduled or run, or when the catalog changes', async () => {
    const { connection, elsewhere, visit, writing, reading } = await setUpUsed();
    const before = await etagOf(connection);
    const change = (id: string, data: Parameters<typeof house.db.export.update>[0]['data']) =>
      house.db.export.update({ where: { id }, data });
    await change(writing.id, { name: `Renamed ${newId()}`, version: 9, folder: 'other', runState: 'successful' });
    await change(writing.id, { scheduleOn: false, lastRunAt: house.clock.now() });
    await change(reading.id, { connectionId: null });
    await change(reading.id, { connectionId: elsewhere.id });
    await house.db.exportEntity.deleteMany({ where: { exportId: reading.id, entityId: visit.id } });
    await addEntity(connection);
    await addExport({ connectionId: elsewhere.id });
    expect(await etagOf(connection)).toBe(before);
  });
});
