import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { makeConnection } from '../../testing/connections.ts';
import { makeExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { makeRun } from '../../testing/runs.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
let shared: string;
/** For admins only. */
let closed: string;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
  shared = (await makeConnection(house, params.environmentId, { sharedWith: 'adminsAndContributors' })).id;
  closed = (await makeConnection(house, params.environmentId)).id;
});

const plan = { type: 'daily' as const, times: ['08:00'], timeZone: 'UTC' };
const make = (over: Parameters<typeof makeExport>[2] = {}) =>
  makeExport(house, params.environmentId, { connectionId: shared, ...over });
const run = ({ id }: { id: string }, as = place.asContributor) =>
  as(contract.runExport, { params: { ...params, exportId: id } });
const cancel = ({ id }: { id: string }, as = place.asContributor) =>
  as(contract.cancelRun, { params: { ...params, runId: id } });
const told = ({ id }: { id: string }) =>
  house.db.activity.findMany({ where: { subjectId: id }, orderBy: { id: 'asc' } });
const runsOf = ({ id }: { id: string }) => house.db.run.findMany({ where: { subjectId: id } });
const get = async ({ id }: { id: string }) =>
  (await place.asViewer(contract.getExport, { params: { ...params, exportId: id } })).body;
const pause = (isPaused: boolean) =>
  place.asAdmin(contract.updateEnvironment, { params, body: { isPaused }, ifMatch: '*' });

describe('running an export', () => {
  it('puts a run into the queue, which everybody sees and the log has', async () => {
    const made = await make({ name: 'Customers' });
    const { status, body } = await run(made);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      environmentId: params.environmentId,
      export: { id: made.id, name: 'Customers' },
      connection: { id: shared, type: 'fake' },
      trigger: 'manual',
      requestedBy: { id: place.contributor.id, name: place.contributor.name },
      state: 'queued',
      phase: 'waiting',
      startedAt: null,
      problem: null,
      canceled: null,
    });
    expect(await get(made)).toMatchObject({
      status: 'queued',
      run: body,
      lastRunAt: null,
      etag: '"v1"',
    });
    expect(await told(made)).toMatchObject([
      { kind: 'run.requested', byId: place.contributor.id, address: '127.0.0.1', after: { run: body.id } },
    ]);
  });

  it('wakes the worker of this process when the run is in the queue', async () => {
    const minuteMs = 60_000;
    const before = performance.now();
    const woken = house.runBell.wait(minuteMs, new AbortController().signal);
    await run(await make());
    await woken;
    expect(performance.now() - before).toBeLessThan(minuteMs);
  });

  it('is refused while a run of it is not over, which the answer names', async () => {
    const made = await make();
    const { body } = await run(made);
    const again = await run(made);
    expect(again.problem).toMatchObject({ status: 409, code: 'runLive', detail: expect.stringContaining(body.id) });
    expect(await runsOf(made)).toHaveLength(1);
    const busy = await make({ runState: 'processing' });
    expect((await run(busy)).problem).toMatchObject({ status: 409, code: 'runLive' });
    for (const over of ['successful', 'failed', 'skipped', 'canceled'] as const)
      expect((await run(await make({ runState: over }))).status).toBe(201);
  });

  it('is refused for one that is inactive, with the reason', async () => {
    const without = await make({ connectionId: null });
    const lacking = await make({ lostEntities: 1 });
    expect((await run(without, place.asAdmin)).problem).toMatchObject({ status: 409, code: 'connectionGone' });
    expect((await run(lacking)).problem).toMatchObject({
      status: 409,
      code: 'connectionGone',
      detail: expect.stringContaining('Restore'),
    });
    for (const made of [without, lacking]) expect(await runsOf(made)).toEqual([]);
  });

  it('is for who may use its connection, and the log keeps other attempts', async () => {
    const theirs = await make({ connectionId: closed });
    expect((await run(theirs)).problem).toMatchObject({ status: 403, detail: expect.stringContaining('share it') });
    expect(await told(theirs)).toMatchObject([{ kind: 'access.denied', byId: place.contributor.id }]);
    expect((await run(await make(), place.asViewer)).status).toBe(403);
    expect((await run(theirs, place.asAdmin)).status).toBe(201);
    expect((await run({ id: newId() })).status).toBe(404);
    const other = await makeEnvironment(house, 'Other');
    expect((await run(await makeExport(house, other.environment.id), place.asAdmin)).status).toBe(404);
  });

  it('is refused while the environment is paused, and what waits goes on waiting', async () => {
    const [waiting, made] = [await make(), await make()];
    await run(waiting);
    await pause(true);
    expect((await run(made)).problem).toMatchObject({ status: 409, code: 'environmentPaused' });
    for (const body of [{ exportIds: [made.id] }, { all: 'scheduled' as const }])
      expect((await place.asAdmin(contract.runExports, { params, body })).problem.code).toBe('environmentPaused');
    expect((await get(waiting)).status).toBe('queued');
    await pause(false);
    expect((await run(made)).status).toBe(201);
  });
});

describe('running several exports', () => {
  it('runs those that can, and tells why the others cannot', async () => {
    const [fine, busy, lacking, theirs] = [
      await make(),
      await make({ runState: 'queued' }),
      await make({ lostEntities: 1 }),
      await make({ connectionId: closed }),
    ];
    const exportIds = [fine, busy, lacking, theirs].map(({ id }) => id);
    const { body } = await place.asContributor(contract.runExports, { params, body: { exportIds } });
    expect(body.done).toEqual([fine.id]);
    expect(body.refused.map(({ id, code }) => [id, code])).toEqual([
      [busy.id, 'runLive'],
      [lacking.id, 'sourceRemoved'],
      [theirs.id, 'forbidden'],
    ]);
  });

  it('runs all whose schedules are on, that can run and that one may run', async () => {
    const on = { scheduleOn: true, plan };
    const fine = [await make(on), await make({ ...on, runState: 'failed' })];
    const left = [
      await make({ plan }),
      await make({ ...on, connectionId: null }),
      await make({ ...on, lostEntities: 1 }),
      await make({ ...on, autoPausedAt: house.clock.now() }),
      await make({ ...on, connectionId: closed }),
    ];
    const busy = await make({ ...on, runState: 'processing' });
    const all = { params, body: { all: 'scheduled' as const } };
    const first = await place.asContributor(contract.runExports, all);
    expect(first.status).toBe(200);
    expect(first.body.done.sort()).toEqual(fine.map(({ id }) => id).sort());
    expect(first.body.refused).toEqual([]);
    for (const made of left) expect(await runsOf(made)).toEqual([]);
    expect(await runsOf(busy)).toHaveLength(1);
    // Theirs too for an admin; the others run already.
    expect((await place.asAdmin(contract.runExports, all)).body).toEqual({ done: [left[4]?.id], refused: [] });
    expect((await place.asAdmin(contract.runExports, all)).body).toEqual({ done: [], refused: [] });
    expect((await place.asViewer(contract.runExports, all)).status).toBe(403);
  });

  it('takes ids or all, not both and not neither', async () => {
    const refused = async (body: object) =>
      (await place.asAdmin(contract.runExports, { params, body: body as never })).problem;
    const named = { field: 'exportIds', message: 'Name exports, or say all: scheduled.' };
    for (const body of [{}, { all: 'scheduled', exportIds: [newId()] }])
      expect(await refused(body)).toMatchObject({ status: 400, errors: [named] });
    expect(await refused({ all: 'everything' })).toMatchObject({ status: 400, errors: [{ field: 'all' }] });
  });

  it('runs two thousand in a few transactions, each once', async () => {
    const count = 2_000;
    const now = house.clock.now();
    await house.db.export.createMany({
      data: Array.from({ length: count }, (_, index) => ({
        id: newId(),
        environmentId: params.environmentId,
        name: `Export ${index}`,
        connectionId: shared,
        format: { type: 'parquet' },
        folder: '',
        ...{ scheduleOn: true, plan },
        ...{ createdById: place.admin.id, createdByName: 'Alex', createdAt: now, updatedAt: now },
      })),
    });
    const { body } = await place.asContributor(contract.runExports, { params, body: { all: 'scheduled' } });
    expect(body.refused).toEqual([]);
    expect(new Set(body.done).size).toBe(count);
    expect(await house.db.run.count({ where: { ...params, state: 'queued' } })).toBe(count);
    expect(await house.db.activity.count({ where: { ...params, kind: 'run.requested' } })).toBe(count);
  });
});

describe('canceling a run', () => {
  it.each(['queued', 'processing'] as const)('that is %s ends it, and the log has who did', async (state) => {
    const made = await make();
    const live = await makeRun(house, made, state);
    const { status, body } = await cancel(live);
    expect(status).toBe(200);
    const by = { id: place.contributor.id, name: place.contributor.name };
    expect(body).toMatchObject({ id: live.id, state: 'canceled', phase: 'over', canceled: { because: 'person', by } });
    expect(await get(made)).toMatchObject({ status: 'canceled', run: { id: live.id } });
    expect(await told(made)).toMatchObject([
      { kind: 'run.canceled', byId: by.id, address: '127.0.0.1', after: { run: live.id, because: 'person' } },
    ]);
    const [stored] = await runsOf(made);
    expect(stored?.canceled).toEqual({ because: 'person', by, at: expect.any(String) });
    expect(stored?.fence).toBe(live.fence + 1);
    expect((await run(made)).status).toBe(201);
  });

  it('twice gives the same answer and is told once', async () => {
    const made = await make();
    const live = await makeRun(house, made, 'queued');
    const [one, other] = [await cancel(live), await cancel(live, place.asAdmin)];
    expect(other.status).toBe(200);
    expect(other.body).toEqual(one.body);
    expect(await told(made)).toHaveLength(1);
  });

  it('that is being published, or over, is refused', async () => {
    const made = await make();
    const publishing = await makeRun(house, made, 'processing', { phase: 'publishing' });
    expect((await cancel(publishing)).problem).toMatchObject({ status: 409, code: 'runOver' });
    expect((await runsOf(made))[0]).toMatchObject({ state: 'processing', phase: 'publishing', fence: 0 });
    for (const state of ['successful', 'failed', 'skipped'] as const) {
      const ended = await makeRun(house, await make(), state);
      const detail = expect.stringContaining(state);
      expect((await cancel(ended)).problem).toMatchObject({ status: 409, code: 'runOver', detail });
    }
  });

  it('is for who may run the export, and the log keeps other attempts', async () => {
    const theirs = await make({ connectionId: closed });
    const live = await makeRun(house, theirs, 'processing');
    expect((await cancel(live)).status).toBe(403);
    expect(await told(theirs)).toMatchObject([{ kind: 'access.denied', byId: place.contributor.id }]);
    expect((await cancel(live, place.asViewer)).status).toBe(403);
    expect((await cancel({ id: newId() })).problem).toMatchObject({
      status: 404,
      detail: expect.stringContaining('run'),
    });
    const other = await makeEnvironment(house, 'Other');
    const there = { environmentId: other.environment.id, runId: live.id };
    expect((await other.asAdmin(contract.cancelRun, { params: there })).status).toBe(404);
    expect((await runsOf(theirs))[0]?.state).toBe('processing');
    expect((await cancel(live, place.asAdmin)).status).toBe(200);
  });
});

describe('what takes the ground away from a run', () => {
  type Doing = (exportId: string) => Promise<{ status: number }>;
  const ids = (exportId: string) => ({ params, body: { exportIds: [exportId] } });
  const at = (exportId: string) => ({ params: { ...params, exportId }, ifMatch: '*' });
  const elsewhere = async () =>
    (await makeConnection(house, params.environmentId, { sharedWith: 'adminsAndContributors' })).id;
  const doings: [contract.Cancellation['because'], string, Doing][] = [
    [
      'connectionChanged',
      'an edit',
      async (id) =>
        place.asContributor(contract.updateExport, { ...at(id), body: { connectionId: await elsewhere() } }),
    ],
    [
      'connectionChanged',
      'connecting',
      async (id) =>
        place.asContributor(contract.connectExports, {
          params,
          body: { exportIds: [id], connectionId: await elsewhere() },
        }),
    ],
    ['connectionDetached', 'detaching', (id) => place.asContributor(contract.detachExports, ids(id))],
    ['exportRemoved', 'removing several', (id) => place.asContributor(contract.removeExports, ids(id))],
    ['exportRemoved', 'removing one', (id) => place.asContributor(contract.deleteExport, at(id))],
  ];

  it.each(doings)('cancels it as %s: %s', async (because, _, doing) => {
    const [made, other] = [await make({ runState: 'processing' }), await make({ runState: 'queued' })];
    expect((await doing(made.id)).status).toBeLessThan(300);
    const by = { id: place.contributor.id, name: place.contributor.name };
    expect(await runsOf(made)).toMatchObject([{ state: 'canceled', canceled: { because, by } }]);
    expect(await house.db.activity.findMany({ where: { subjectId: made.id, kind: 'run.canceled' } })).toMatchObject([
      { byId: by.id, address: '127.0.0.1', after: { because } },
    ]);
    expect(await runsOf(other)).toMatchObject([{ state: 'queued' }]);
    const row = await house.db.export.findUnique({ where: { id: made.id } });
    expect(row?.runState).toBe(because === 'exportRemoved' ? undefined : 'canceled');
  });

  it('is not connecting it to where it is', async () => {
    const made = await make({ runState: 'processing' });
    const body = { exportIds: [made.id], connectionId: shared };
    await place.asContributor(contract.connectExports, { params, body });
    expect(await runsOf(made)).toMatchObject([{ state: 'processing' }]);
  });

  it('lets an edit of anything else go on beside it', async () => {
    const made = await make({ runState: 'processing' });
    const at = { params: { ...params, exportId: made.id }, ifMatch: '"v1"' };
    const { body } = await place.asContributor(contract.updateExport, {
      ...at,
      body: { name: 'Renamed', folder: 'crm' },
    });
    expect(body).toMatchObject({ status: 'processing', run: { export: { name: made.name } } });
  });
});
