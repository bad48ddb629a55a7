import type { SchedulePlan } from '@junction/contracts';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeConnection } from '../../testing/connections.ts';
import { makeExport, makeManyExports } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { makeRun } from '../../testing/runs.ts';
import { runDueExports } from './run-due-exports.ts';

let house: TestHouse;
let place: Awaited<ReturnType<typeof makeEnvironment>>;
let connectionId: string;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  await house.db.export.deleteMany();
  await house.db.run.deleteMany();
  place = await makeEnvironment(house);
  connectionId = (await makeConnection(house, place.environment.id)).id;
});

const atEight: SchedulePlan = { type: 'daily', times: ['08:00'], timeZone: 'UTC' };
const scheduled = (over: Parameters<typeof makeExport>[2] = {}) =>
  makeExport(house, place.environment.id, { connectionId, scheduleOn: true, plan: atEight, ...over });
const rowOf = ({ id }: { id: string }) => house.db.export.findUniqueOrThrow({ where: { id } });
const dueAt = async (made: { id: string }) => (await rowOf(made)).nextRunAt?.toISOString() ?? null;
const runsOf = ({ id }: { id: string }) => house.db.run.findMany({ where: { subjectId: id } });

/** What the scheduler does at this time of day, on Monday, 5 January 2026, unless it says another day. */
const look = (time: string, signal = new AbortController().signal) => {
  const now = new Date(time.includes('T') ? time : `2026-01-05T${time}Z`);
  return runDueExports({ ...house, clock: { now: () => now } }, signal);
};

describe('a schedule that is due', () => {
  it('puts one run into the queue, and is due again the next time', async () => {
    const made = await scheduled();
    await look('07:00');
    expect(await dueAt(made)).toBe('2026-01-05T08:00:00.000Z');
    await look('07:59:59');
    expect(await runsOf(made)).toEqual([]);
    await look('08:00');
    expect(await dueAt(made)).toBe('2026-01-06T08:00:00.000Z');
    const [run] = await runsOf(made);
    expect(run).toMatchObject({ state: 'queued', trigger: 'schedule', priority: 1, requestedById: null, connectionId });
    expect(await rowOf(made)).toMatchObject({ lastRunId: run?.id, runState: 'queued', version: 1 });
    await look('08:01');
    expect(await runsOf(made)).toHaveLength(1);
    // Nobody asked for it, so there is nobody to tell of.
    expect(await house.db.activity.count({ where: { subjectId: made.id } })).toBe(0);
  });

  it('runs once after nobody looked for days, and not as often as was missed', async () => {
    const made = await scheduled();
    await look('07:00');
    await look('2026-01-09T10:30:00Z');
    expect(await runsOf(made)).toHaveLength(1);
    expect(await dueAt(made)).toBe('2026-01-10T08:00:00.000Z');
  });

  it.each([
    ['forward', '02:30', '2026-03-28T12:00:00Z', '2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z'],
    ['back', '02:30', '2026-10-24T12:00:00Z', '2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z'],
  ])('runs once on the day when the clocks are put %s', async (_, time, before, due, next) => {
    const made = await scheduled({ plan: { type: 'daily', times: [time], timeZone: 'Europe/Berlin' } });
    await look(before);
    expect(await dueAt(made)).toBe(due);
    const hours = Array.from({ length: 6 }, (__, hour) => new Date(Date.parse(due) + hour * 1_800_000).toISOString());
    for (const hour of hours) {
      await look(hour);
      // As if the run took no time.
      await house.db.run.updateMany({ where: { subjectId: made.id }, data: { finishedAt: new Date(hour) } });
      await house.db.export.update({ where: { id: made.id }, data: { runState: 'successful' } });
    }
    expect(await runsOf(made)).toHaveLength(1);
    expect(await dueAt(made)).toBe(next);
  });

  it('is not looked at again in a time zone that this machine does not know', async () => {
    const made = await scheduled({ plan: { type: 'daily', times: ['08:00'], timeZone: 'Mars/Olympus' } });
    await look('07:00');
    await look('2036-01-01T08:00:00Z');
    expect(await runsOf(made)).toEqual([]);
  });
});

describe('a time at which an export cannot run', () => {
  it('is passed over while it still runs, is inactive, or its environment is paused', async () => {
    const elsewhere = await makeEnvironment(house, 'Paused');
    await house.db.environment.update({ where: { id: elsewhere.environment.id }, data: { pausedAt: new Date() } });
    const there = await makeConnection(house, elsewhere.environment.id);
    const made = [
      await scheduled({ runState: 'processing' }),
      await scheduled({ connectionId: null }),
      await scheduled({ lostEntities: 1 }),
      await makeExport(house, elsewhere.environment.id, { connectionId: there.id, scheduleOn: true, plan: atEight }),
    ];
    await look('07:00');
    await look('08:00');
    for (const row of made) expect(await dueAt(row)).toBe('2026-01-06T08:00:00.000Z');
    expect(await house.db.run.count({ where: { trigger: 'schedule' } })).toBe(0);
    await house.db.environment.update({ where: { id: elsewhere.environment.id }, data: { pausedAt: null } });
    await look('09:00');
    expect(await house.db.run.count({ where: { trigger: 'schedule' } })).toBe(0);
    await look('2026-01-06T08:00:00Z');
    expect(await house.db.run.findMany({ where: { trigger: 'schedule' } })).toMatchObject([{ subjectId: made[3]?.id }]);
  });

  it('never comes while the schedule is off, or paused by itself', async () => {
    const nextRunAt = new Date('2026-01-05T08:00:00Z');
    const made = [
      await scheduled({ scheduleOn: false, nextRunAt }),
      await scheduled({ autoPausedAt: nextRunAt, nextRunAt }),
      await scheduled({ scheduleOn: false }),
      await scheduled({ autoPausedAt: nextRunAt }),
    ];
    const before = await Promise.all(made.map(rowOf));
    await look('09:00');
    expect(await Promise.all(made.map(rowOf))).toEqual(before);
  });

  it('does not come again: who gets a connection back waits for the next one', async () => {
    const made = await scheduled();
    await look('07:00');
    const ask = { params: { environmentId: place.environment.id } };
    await place.asAdmin(contract.detachExports, { ...ask, body: { exportIds: [made.id] } });
    await place.asAdmin(contract.connectExports, { ...ask, body: { exportIds: [made.id], connectionId } });
    expect(await dueAt(made)).toBeNull();
    await look('08:30');
    expect(await runsOf(made)).toEqual([]);
    expect(await dueAt(made)).toBe('2026-01-06T08:00:00.000Z');
  });
});

describe('very many exports', () => {
  const count = 1_200;

  it('due at the same minute are put into the queue a batch at a time, each once', async () => {
    await makeManyExports(house, {
      environmentId: place.environment.id,
      owner: place.admin,
      count,
      connectionIds: [connectionId],
    });
    await house.db.run.deleteMany();
    const nextRunAt = new Date('2026-01-05T08:00:00Z');
    await house.db.export.updateMany({ data: { scheduleOn: true, plan: atEight, nextRunAt, runState: null } });
    const first = new AbortController();
    await runDueExports({ ...house, clock: { now: () => nextRunAt }, wakeRuns: () => first.abort() }, first.signal);
    expect(await house.db.run.count()).toBe(500);
    await look('08:00');
    expect(await house.db.run.groupBy({ by: ['subjectId'], _count: true })).toHaveLength(count);
    expect(await house.db.run.count()).toBe(count);
    expect(await house.db.export.count({ where: { nextRunAt } })).toBe(0);
  });

  it('get one run each, however many look at the same time', async () => {
    const turns = 3;
    await makeManyExports(house, {
      environmentId: place.environment.id,
      owner: place.admin,
      count,
      connectionIds: [connectionId],
    });
    await house.db.run.deleteMany();
    await house.db.export.updateMany({ data: { scheduleOn: true, plan: atEight, nextRunAt: null, runState: null } });
    for (let turn = 0; turn < turns; turn += 1) {
      const day = `2026-01-0${5 + turn}`;
      await Promise.all(Array.from({ length: 5 }, () => look(`${day}T07:00:00Z`)));
      await Promise.all(Array.from({ length: 5 }, () => look(`${day}T08:00:00Z`)));
      await look(`${day}T08:00:01Z`);
      expect(await house.db.run.count()).toBe(count * (turn + 1));
      await house.db.run.updateMany({ data: { finishedAt: new Date(), state: 'successful' } });
      await house.db.export.updateMany({ data: { runState: 'successful' } });
    }
    const runs = await house.db.run.groupBy({ by: ['subjectId'], _count: true });
    expect(new Set(runs.map(({ _count }) => _count))).toEqual(new Set([turns]));
  });
});

describe('the list of exports', () => {
  it('tells when each is due, also before the scheduler has looked', async () => {
    const [on, off] = [await scheduled(), await scheduled({ scheduleOn: false })];
    const paused = await scheduled({ autoPausedAt: new Date('2026-01-05T08:00:00Z'), failuresInRow: 5 });
    const inactive = await scheduled({ connectionId: null });
    const params = { environmentId: place.environment.id };
    const list = async () => {
      const { body } = await place.asViewer(contract.listExports, { params });
      return new Map(body.value.map((row) => [row.id, row]));
    };
    const before = await list();
    const next = before.get(on.id)?.nextRunAt ?? '';
    expect(Date.parse(next) - house.clock.now().getTime()).toBeLessThanOrEqual(86_400_000);
    await runDueExports(house, new AbortController().signal);
    expect(await dueAt(on)).toBe(next);
    for (const [seen, rows] of [before, await list()].entries()) {
      expect([seen, rows.get(on.id)?.nextRunAt]).toEqual([seen, next]);
      for (const { id } of [off, paused, inactive]) expect(rows.get(id)?.nextRunAt).toBeNull();
      expect(rows.get(paused.id)?.autoPaused).toEqual({ at: '2026-01-05T08:00:00.000Z', failures: 5 });
      expect(rows.get(on.id)?.autoPaused).toBeNull();
    }
    await place.asAdmin(contract.updateEnvironment, { params, body: { isPaused: true }, ifMatch: '*' });
    expect((await list()).get(on.id)?.nextRunAt).toBeNull();
  });

  it('tells of the last run of each', async () => {
    const [ran, never] = [await scheduled(), await scheduled()];
    await makeRun(house, ran, 'failed');
    const last = await makeRun(house, ran, 'processing', { bytesTotal: 10n, bytesRead: 5n });
    const { body } = await place.asViewer(contract.listExports, { params: { environmentId: place.environment.id } });
    const runs = new Map(body.value.map(({ id, run }) => [id, run]));
    expect(runs.get(never.id)).toBeNull();
    expect(runs.get(ran.id)).toMatchObject({
      id: last.id,
      state: 'processing',
      progress: { bytesRead: 5, bytesTotal: 10 },
    });
  });
});
