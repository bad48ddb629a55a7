import type { Connector } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { connect } from '../../testing/connections.ts';
import { makeExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { fakeConnector } from '../../testing/fake-connector.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { makeRun } from '../../testing/runs.ts';

const hook = {
  ...fakeConnector,
  manifest: { ...fakeConnector.manifest, type: 'hook', takes: 'rows' },
} as unknown as Connector;
let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
/** For admins only. */
let closed: contract.Connection;
let shared: contract.Connection;

beforeAll(async () => {
  house = await openTestHouse({ connectors: [fakeConnector as unknown as Connector, hook] });
});
afterAll(() => house.close());

beforeEach(async () => {
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
  closed = await connect(place.asAdmin, params.environmentId, { name: 'Closed store' });
  const sharing = { sharedWith: 'adminsAndContributors' as const };
  shared = await connect(place.asAdmin, params.environmentId, { name: 'Shared store', sharing });
});

type Over = Parameters<typeof makeExport>[2];
const make = (over: Over = {}) => makeExport(house, params.environmentId, { connectionId: shared.id, ...over });
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);
const rowsOf = (ids: readonly string[]) =>
  house.db.export.findMany({ where: { id: { in: [...ids] } }, include: { entities: true }, orderBy: { id: 'asc' } });
const told = (id: string) => house.db.activity.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } });
const plan = { type: 'daily' as const, times: ['08:00'], timeZone: 'UTC' };

describe('several exports at once', () => {
  const endpoints = [
    ['duplicate', contract.duplicateExports, {}],
    ['detach', contract.detachExports, {}],
    ['connect', contract.connectExports, {}],
    ['schedule', contract.scheduleExports, { set: 'off' as const }],
    ['remove', contract.removeExports, {}],
    ['run', contract.runExports, {}],
  ] as const;

  it.each(endpoints)('%s: done with those that one may, the reason for the others', async (name, endpoint, more) => {
    const [mine, theirs, other] = [
      await make(),
      await make({ connectionId: closed.id, name: 'Not theirs' }),
      await makeEnvironment(house, 'Other'),
    ];
    const elsewhere = await makeExport(house, other.environment.id);
    const exportIds = [elsewhere.id, theirs.id.toUpperCase(), mine.id, mine.id];
    const body = { exportIds, ...more, ...(name === 'connect' ? { connectionId: shared.id } : {}) } as never;
    const reply = await place.asContributor(endpoint, { params, body });
    expect(reply.status).toBe(200);
    expect(reply.body.done).toHaveLength(1);
    if (name !== 'duplicate') expect(reply.body.done).toEqual([mine.id]);
    expect(reply.body.refused).toEqual([
      { id: elsewhere.id, name: null, code: 'notFound', message: 'There is no such export any more.' },
      {
        id: theirs.id,
        name: 'Not theirs',
        code: 'forbidden',
        message: expect.stringContaining('Ask an admin to share it'),
      },
    ]);
    expect(await rowsOf([theirs.id, elsewhere.id])).toMatchObject([{ version: 1 }, { version: 1 }]);
    expect(await told(theirs.id)).toMatchObject([{ kind: 'access.denied', byId: place.contributor.id }]);
  });

  it.each(endpoints)(
    '%s: refuses no ids, too many, and what is no id, by field and with the limit',
    async (name, endpoint, more) => {
      const asked = (exportIds: string[]) =>
        place.asAdmin(endpoint, {
          params,
          body: { exportIds, ...more, ...(name === 'connect' ? { connectionId: shared.id } : {}) } as never,
        });
      const fieldsOf = async (exportIds: string[]) =>
        (await asked(exportIds)).problem.errors?.map(({ field }) => field);
      expect(await fieldsOf([])).toEqual(['exportIds']);
      const tooMany = (await asked(Array.from({ length: contract.maximumBulkExports + 1 }, newId))).problem;
      expect(tooMany).toMatchObject({ status: 400, detail: 'Correct exportIds.' });
      expect(tooMany.errors).toEqual([{ field: 'exportIds', code: 'too_big', message: 'Name at most 200 exports.' }]);
      expect(await fieldsOf(['x'])).toEqual(['exportIds.0']);
    },
  );

  it('are two hundred at most, done in a few statements', async () => {
    const rows = await Promise.all(Array.from({ length: contract.maximumBulkExports }, () => make({ plan })));
    const exportIds = idsOf(rows);
    const turned = await place.asAdmin(contract.scheduleExports, { params, body: { exportIds, set: 'on' } });
    expect(turned.body).toEqual({ done: exportIds, refused: [] });
    const copied = await place.asAdmin(contract.duplicateExports, { params, body: { exportIds } });
    expect(copied.body.done).toHaveLength(200);
    const { body } = await place.asAdmin(contract.detachExports, { params, body: { exportIds } });
    expect(body.done).toEqual(exportIds);
    expect(
      await house.db.activity.count({ where: { kind: 'export.detached', environmentId: params.environmentId } }),
    ).toBe(200);
  });
});

describe('detaching', () => {
  const detach = (ids: string[], as = place.asContributor) =>
    as(contract.detachExports, { params, body: { exportIds: ids } });

  it('makes exports inactive, which remember what they lost and who could use it; their runs are canceled', async () => {
    const named = await connect(place.asAdmin, params.environmentId, {
      name: 'Named store',
      sharing: { sharedWith: 'namedContributors', personIds: [place.contributor.id] },
    });
    const queued = await make({ connectionId: named.id, runState: 'queued', removalId: newId() });
    const running = await make({ runState: 'processing' });
    const publishing = await make({});
    await makeRun(house, publishing, 'processing', { phase: 'publishing' });
    const ids = [queued.id, running.id, publishing.id];
    expect((await detach(ids)).body).toEqual({ done: ids, refused: [] });
    const lost = {
      connectionId: null,
      lostById: place.contributor.id,
      lostByName: 'Cleo Contributor',
      lostVersion: 2,
      version: 2,
      removalId: null,
    };
    expect(await rowsOf(ids)).toMatchObject([
      {
        ...lost,
        lostConnectionId: named.id,
        lostConnectionName: 'Named store',
        lostConnectionType: 'fake',
        lostSharedWith: 'namedContributors',
        lostSharedWithIds: [place.contributor.id],
        runState: 'canceled',
      },
      {
        ...lost,
        lostConnectionId: shared.id,
        lostSharedWith: 'adminsAndContributors',
        lostSharedWithIds: [],
        runState: 'canceled',
      },
      { ...lost, runState: 'processing' },
    ]);
    expect(await told(queued.id)).toMatchObject([
      { kind: 'run.canceled', after: { because: 'connectionDetached' } },
      { kind: 'export.detached', before: { connection: 'Named store' }, after: { connection: null } },
    ]);
    const { body } = await place.asViewer(contract.getExport, { params: { ...params, exportId: queued.id } });
    expect(body).toMatchObject({
      status: 'inactive',
      type: 'fake',
      inactive: {
        because: 'connectionDetached',
        connection: { id: named.id, name: 'Named store', type: 'fake' },
        by: { id: place.contributor.id, name: 'Cleo Contributor' },
      },
    });
    expect(body.inactive?.at).not.toBeNull();
  });

  it('has nothing to take from an export without a connection', async () => {
    const bare = await make({ connectionId: null, name: 'Bare' });
    expect((await detach([bare.id], place.asAdmin)).body).toEqual({
      done: [],
      refused: [{ id: bare.id, name: 'Bare', code: 'noConnection', message: 'It has no connection.' }],
    });
    expect(await told(bare.id)).toEqual([]);
  });
});

describe('connecting', () => {
  const connectAll = (ids: string[], connectionId: string, as = place.asContributor) =>
    as(contract.connectExports, { params, body: { exportIds: ids, connectionId } });

  it('gives exports a connection or another one, and leaves those alone that have it', async () => {
    const other = await connect(place.asAdmin, params.environmentId, { name: 'Other store' });
    const [bare, moved, there] = [
      await make({ connectionId: null }),
      await make(),
      await make({ connectionId: other.id }),
    ];
    const ids = idsOf([bare, moved, there]);
    expect((await connectAll(ids, other.id, place.asAdmin)).body).toEqual({ done: ids, refused: [] });
    expect(await rowsOf(ids)).toMatchObject([
      { connectionId: other.id, version: 2 },
      { connectionId: other.id, version: 2 },
      { connectionId: other.id, version: 1 },
    ]);
    expect(await told(moved.id)).toMatchObject([
      { kind: 'export.connected', before: { connection: 'Shared store' }, after: { connection: 'Other store' } },
    ]);
    expect(await told(there.id)).toEqual([]);
  });

  it('is for a contributor what they could manage before, and keeps what was lost in mind', async () => {
    const ids = idsOf([await make(), await make({ connectionId: closed.id })]);
    await place.asAdmin(contract.detachExports, { params, body: { exportIds: ids } });
    const { body } = await connectAll(ids, shared.id);
    expect(body).toMatchObject({ done: [ids[0]], refused: [{ id: ids[1], code: 'forbidden' }] });
    expect(await rowsOf(ids)).toMatchObject([
      { connectionId: shared.id, lostConnectionId: shared.id, lostVersion: 2, version: 3 },
      { connectionId: null },
    ]);
  });

  it('is refused for each that sends files where rows are taken, and the reverse, also once it is detached', async () => {
    const taker = await connect(place.asAdmin, params.environmentId, { name: 'Hook', type: 'hook' });
    const [file, detached, bare, row] = [
      await make(),
      await make(),
      await make({ connectionId: null }),
      await make({ connectionId: taker.id }),
    ];
    await place.asAdmin(contract.detachExports, { params, body: { exportIds: [detached.id] } });
    const toRows = await connectAll(idsOf([file, detached, bare, row]), taker.id, place.asAdmin);
    expect(toRows.body.done).toEqual([bare.id, row.id]);
    expect(toRows.body.refused).toMatchObject(
      [file, detached].map(({ id }) => ({
        id,
        code: 'incompatible',
        message: expect.stringContaining('Edit the export'),
      })),
    );
    const toFiles = await connectAll([row.id], shared.id, place.asAdmin);
    expect(toFiles.body).toMatchObject({ done: [], refused: [{ code: 'incompatible' }] });
    expect(await rowsOf([file.id])).toMatchObject([{ connectionId: shared.id, version: 1 }]);
    // Editing chooses what the other kind needs.
    const edit = { params: { ...params, exportId: file.id }, body: { connectionId: taker.id }, ifMatch: '*' };
    expect((await place.asAdmin(contract.updateExport, edit)).status).toBe(200);
  });

  it('is refused whole for a connection that is gone, not shared, or elsewhere', async () => {
    const { id } = await make();
    for (const connectionId of [closed.id, newId()]) {
      const { status, problem } = await connectAll([id], connectionId);
      expect([status, problem.code, problem.errors?.[0]?.field]).toEqual([409, 'connectionGone', 'connectionId']);
    }
    expect(await rowsOf([id])).toMatchObject([{ version: 1 }]);
  });
});

describe('scheduling', () => {
  const schedule = (ids: string[], set: 'on' | 'off' | contract.Schedule) =>
    place.asContributor(contract.scheduleExports, { params, body: { exportIds: ids, set } });

  it('turns each one’s own plan on and off', async () => {
    const [off, on, bare] = [
      await make({ plan }),
      await make({ plan, scheduleOn: true }),
      await make({ name: 'Bare' }),
    ];
    const ids = idsOf([off, on, bare]);
    expect((await schedule(ids, 'on')).body).toEqual({
      done: [off.id, on.id],
      refused: [{ id: bare.id, name: 'Bare', code: 'noPlan', message: 'It has no plan. Choose when it runs first.' }],
    });
    expect(await rowsOf(ids)).toMatchObject([
      { scheduleOn: true, plan, version: 2 },
      { scheduleOn: true, plan, version: 1 },
      { scheduleOn: false, plan: null, version: 1 },
    ]);
    expect(await told(off.id)).toMatchObject([
      {
        kind: 'export.scheduled',
        before: { schedule: { isOn: false, plan } },
        after: { schedule: { isOn: true, plan } },
      },
    ]);
    expect(await told(on.id)).toEqual([]);
    expect((await schedule(ids, 'off')).body.done).toEqual(ids);
    expect(await rowsOf(ids)).toMatchObject([{ scheduleOn: false, plan }, { scheduleOn: false, plan }, { version: 1 }]);
  });

  it('gives all the same one, none too', async () => {
    const ids = idsOf([await make({ plan }), await make()]);
    const same = { isOn: true, plan: { type: 'interval' as const, everyMinutes: 15 } };
    expect((await schedule(ids, same)).body.done).toEqual(ids);
    expect(await rowsOf(ids)).toMatchObject([
      { scheduleOn: true, plan: same.plan },
      { scheduleOn: true, plan: same.plan },
    ]);
    await schedule(ids, contract.noSchedule);
    expect(await rowsOf(ids)).toMatchObject([
      { scheduleOn: false, plan: null },
      { scheduleOn: false, plan: null },
    ]);
  });

  it('names the field of a plan that cannot be', async () => {
    const { id } = await make();
    const cron = { type: 'cron' as const, expression: '0 0 30 2 *', timeZone: 'UTC' };
    const { status, problem } = await schedule([id], { isOn: true, plan: cron });
    expect([status, problem.errors?.[0]]).toMatchObject([400, { field: 'set.plan.expression', code: 'neverRuns' }]);
    expect((await schedule([id], { isOn: true, plan: null })).status).toBe(400);
  });
});

describe('removing', () => {
  it('takes exports away with their entities', async () => {
    const rows = [await make(), await make({ connectionId: null })];
    const { body } = await place.asAdmin(contract.removeExports, { params, body: { exportIds: idsOf(rows) } });
    expect(body).toEqual({ done: idsOf(rows), refused: [] });
    expect(await rowsOf(idsOf(rows))).toEqual([]);
    expect(await told(rows[0]?.id ?? '')).toMatchObject([
      { kind: 'export.deleted', before: { connection: 'Shared store' } },
    ]);
  });
});
