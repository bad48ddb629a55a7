import * as contract from '@junction/contracts';
import { autoPauseAfter } from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { makeConnection } from '../../testing/connections.ts';
import { makeExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { makeRun } from '../../testing/runs.ts';
import type { RunChange } from '../runs/index.ts';
import { runDueExports } from './run-due-exports.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let params: { environmentId: string };
let connectionId: string;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  place = await makeEnvironment(house);
  params = { environmentId: place.environment.id };
  connectionId = (await makeConnection(house, params.environmentId)).id;
});

type Made = Awaited<ReturnType<typeof makeExport>>;
const plan = { type: 'daily' as const, times: ['08:00'], timeZone: 'UTC' };
const scheduled = (over: Parameters<typeof makeExport>[2] = {}) =>
  makeExport(house, params.environmentId, { connectionId, scheduleOn: true, plan, ...over });
const rowOf = ({ id }: Made) => house.db.export.findUniqueOrThrow({ where: { id } });
const get = async ({ id }: Made) =>
  (await place.asViewer(contract.getExport, { params: { ...params, exportId: id } })).body;
const told = (made: Made, kind: contract.ActivityKind) =>
  house.db.activity.findMany({ where: { subjectId: made.id, kind }, orderBy: { id: 'asc' } });
const setSchedule = (made: Made, set: 'on' | 'off') =>
  place.asAdmin(contract.scheduleExports, { params, body: { exportIds: [made.id], set } });

const unreadable: contract.RunProblem = { code: 'notFound', message: 'It is not there.', isTransient: false };
const follow = (...changes: RunChange[]) => house.db.$transaction((tx) => house.runFollower(tx, changes));
/** Lets a run of the export end in this state. */
const end = async (made: Made, state: RunChange['state'], isPermanent = state === 'failed') => {
  const run = await makeRun(house, made, state);
  const problem = state === 'failed' ? unreadable : null;
  const about = { runId: run.id, kind: 'export' as const, subjectId: made.id, environmentId: made.environmentId };
  const change = { ...about, trigger: 'schedule' as const };
  const at = house.clock.now();
  await follow({ ...change, state, problem, isPermanent, at });
  return at;
};
const failOften = async (made: Made, times: number) => {
  for (let time = 0; time < times; time += 1) await end(made, 'failed');
};

describe('an export', () => {
  it('shows when it ran last and when it was refreshed', async () => {
    const made = await scheduled();
    const refreshedAt = await end(made, 'successful');
    house.passSeconds(60);
    await end(made, 'failed');
    expect(await get(made)).toMatchObject({ status: 'failed', refreshedAt: refreshedAt.toISOString(), etag: '"v1"' });
    const lastRunAt = await end(made, 'processing');
    expect(await get(made)).toMatchObject({ status: 'processing', lastRunAt: lastRunAt.toISOString() });
  });

  it('that was removed meanwhile is no error', async () => {
    const made = await scheduled();
    const about = { runId: newId(), kind: 'export' as const, environmentId: made.environmentId };
    const change = { ...about, trigger: 'manual' as const, problem: null };
    const over = { ...change, isPermanent: false, at: house.clock.now() };
    await follow(
      { ...over, subjectId: newId(), state: 'successful' },
      { ...over, subjectId: made.id, state: 'queued' },
    );
    expect(await rowOf(made)).toMatchObject({ runState: 'queued', lastRunId: change.runId });
  });

  it('has several changes of it told at once, in their order', async () => {
    const made = await scheduled();
    const about = { runId: newId(), kind: 'export' as const, subjectId: made.id, environmentId: made.environmentId };
    const change = { ...about, trigger: 'manual' as const };
    const at = house.clock.now();
    const states = ['queued', 'processing', 'successful'] as const;
    await follow(...states.map((state) => ({ ...change, state, problem: null, isPermanent: false, at })));
    expect(await rowOf(made)).toMatchObject({ runState: 'successful', lastRunAt: at, refreshedAt: at });
  });
});

describe('a schedule', () => {
  it(`is paused by itself after ${autoPauseAfter} failures in a row, which is told once and by nobody`, async () => {
    const made = await scheduled({ nextRunAt: new Date('2026-01-05T08:00:00Z') });
    await failOften(made, autoPauseAfter - 1);
    expect((await get(made)).autoPaused).toBeNull();
    await end(made, 'failed', false);
    await end(made, 'canceled');
    expect((await get(made)).autoPaused).toBeNull();
    await failOften(made, 1);
    expect(await get(made)).toMatchObject({
      schedule: { isOn: true },
      autoPaused: { failures: autoPauseAfter, at: expect.any(String) },
      nextRunAt: null,
      nextRuns: [],
    });
    await failOften(made, 2);
    expect(await told(made, 'export.auto-paused')).toMatchObject([
      { byId: null, address: null, after: { failuresInRow: autoPauseAfter, code: 'notFound' } },
    ]);
    await runDueExports(house, new AbortController().signal);
    expect(await house.db.run.count({ where: { subjectId: made.id, state: 'queued' } })).toBe(0);
  });

  it('begins to count anew with every success', async () => {
    const made = await scheduled();
    await failOften(made, autoPauseAfter - 1);
    await end(made, 'successful');
    await failOften(made, autoPauseAfter - 1);
    expect(await rowOf(made)).toMatchObject({ autoPausedAt: null, failuresInRow: autoPauseAfter - 1 });
  });

  it('goes on with one click, which counts anew and is told', async () => {
    const made = await scheduled();
    await failOften(made, autoPauseAfter);
    expect((await setSchedule(made, 'on')).body).toEqual({ done: [made.id], refused: [] });
    expect(await get(made)).toMatchObject({ autoPaused: null, nextRunAt: expect.any(String) });
    expect(await told(made, 'export.scheduled')).toMatchObject([
      { byId: place.admin.id, before: { autoPaused: true }, after: { autoPaused: false } },
    ]);
    await failOften(made, autoPauseAfter - 1);
    expect((await get(made)).autoPaused).toBeNull();
    await failOften(made, 1);
    expect((await get(made)).autoPaused).not.toBeNull();
  });

  it('goes on when the export is saved with it, changed or not', async () => {
    for (const schedule of [
      { isOn: true, plan },
      { isOn: true, plan: { type: 'interval' as const, everyMinutes: 60 } },
    ]) {
      const made = await scheduled();
      await failOften(made, autoPauseAfter);
      const at = { params: { ...params, exportId: made.id }, ifMatch: '*' };
      await place.asAdmin(contract.updateExport, { ...at, body: { folder: 'elsewhere' } });
      expect((await get(made)).autoPaused).not.toBeNull();
      const { body } = await place.asAdmin(contract.updateExport, { ...at, body: { schedule } });
      expect(body).toMatchObject({ schedule, autoPaused: null, etag: '"v3"' });
      expect(await told(made, 'export.scheduled')).toMatchObject([{ after: { autoPaused: false } }]);
    }
  });

  it('goes on when a run by hand succeeds, and counts from then', async () => {
    const made = await scheduled();
    await failOften(made, autoPauseAfter);
    await end(made, 'successful');
    expect(await get(made)).toMatchObject({ autoPaused: null, nextRunAt: expect.any(String) });
    expect(await rowOf(made)).toMatchObject({ failuresInRow: 0, failingSince: null, nextRunAt: null });
    expect(await told(made, 'export.scheduled')).toMatchObject([{ byId: null, after: { autoPaused: false } }]);
  });

  it('that is turned off is not paused by itself any more', async () => {
    const made = await scheduled();
    await failOften(made, autoPauseAfter);
    await setSchedule(made, 'off');
    expect(await get(made)).toMatchObject({ schedule: { isOn: false }, autoPaused: null, nextRunAt: null });
    await failOften(made, autoPauseAfter);
    expect((await get(made)).autoPaused).toBeNull();
  });
});
