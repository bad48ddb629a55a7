import * as contract from '@junction/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { workOff } from '../../../testing/fake-run-steps.ts';
import { remove, restore } from '../../../testing/removals.ts';
import { startWorker } from '../../../worker/worker.ts';
import { claimStep, takeStep } from '../../runs/index.ts';
import { runDueImports } from './run-due-imports.ts';
import { type InsightsHouse, mapping, openInsightsHouse } from './testing/insights-lake.ts';

let world: InsightsHouse;
let connection: contract.Connection;
let params: InsightsHouse['params'];
beforeAll(async () => {
  world = await openInsightsHouse();
  await workOff(world.house);
});
afterAll(() => world.close());
beforeEach(async () => {
  connection = await world.connectAgain();
  params = { ...world.params, connectionId: connection.id };
});

const { signal } = new AbortController();
const start = () => world.place.asAdmin(contract.startProfileImport, { params });
const cancel = () => world.place.asAdmin(contract.cancelProfileImport, { params });
const schedule = async () => {
  await world.house.db.profileImport.updateMany({
    where: { connectionId: connection.id },
    data: { nextRunAt: new Date(0) },
  });
  await runDueImports(world.house, signal);
};
const change = async () => {
  const { income: _income, ...rest } = mapping;
  return world.place.asAdmin(contract.updateProfileImport, { params, body: { mapping: rest } });
};
const takeOff = () => remove(world.place.asAdmin, connection);
/** Takes one step of whatever is there. */
const step = async (worker: string) => {
  const claim = await claimStep(world.house, worker, 'all');
  if (claim) await takeStep(world.house, claim, signal);
};
/** Brings the import so far that it is only to be published. */
const untilPublishing = async () => {
  await step('worker-1');
  await step('worker-1');
};

/** What must hold whatever met: what the import shows is what the ledger has, and nothing goes on over what is removed. */
afterEach(async () => {
  await workOff(world.house);
  const { db } = world.house;
  const runs = await db.run.findMany({ where: { subjectId: connection.id }, orderBy: { id: 'asc' } });
  expect(runs.filter(({ finishedAt }) => finishedAt === null)).toEqual([]);
  const shown = await db.profileImport.findUniqueOrThrow({ where: { connectionId: connection.id } });
  expect({ id: shown.lastRunId, state: shown.runState }).toEqual({ id: runs.at(-1)?.id, state: runs.at(-1)?.state });
  const report = await db.profileReport.findUnique({ where: { connectionId: connection.id } });
  const good = runs.filter(({ state }) => state === 'successful').at(-1);
  expect(report?.runId).toBe(good?.id);
  expect(shown.fingerprint === null).toBe(good === undefined);
});

type Doing = () => Promise<unknown>;
const meetings: [name: string, before: Doing, ...doing: Doing[]][] = [
  ['two who start it', async () => {}, start, start],
  ['a schedule and somebody who starts it', () => workOff(world.house), schedule, start],
  ['two schedules', () => workOff(world.house), schedule, schedule],
  ['two workers', async () => {}, () => step('worker-1'), () => step('worker-2')],
  ['a worker and who cancels it', async () => {}, () => step('worker-1'), cancel],
  ['a worker that publishes and who cancels it', untilPublishing, () => step('worker-1'), cancel],
  ['a worker and who removes the connection', async () => {}, () => step('worker-1'), takeOff],
  ['a worker that publishes and who removes the connection', untilPublishing, () => step('worker-1'), takeOff],
  ['who starts it and who removes the connection', () => workOff(world.house), start, takeOff],
  ['a schedule and who removes the connection', () => workOff(world.house), schedule, takeOff],
  ['a worker and who chooses other columns', async () => {}, () => step('worker-1'), change],
  ['who chooses other columns and a schedule', () => workOff(world.house), change, schedule],
];

describe('where two meet over an import', () => {
  it.each(meetings)('%s, nobody fails', async (_name, before, ...doing) => {
    await before();
    const replies = await Promise.all(doing.map((one) => one()));
    for (const reply of replies as ({ status: number } | undefined)[])
      if (reply) expect(reply.status).toBeLessThan(500);
  });

  it('an import is not begun over a connection that is removed, and is when it is back', async () => {
    await takeOff();
    await schedule();
    expect((await start()).status).toBe(404);
    expect(await world.house.db.run.count({ where: { subjectId: connection.id } })).toBe(1);
    await restore(world.place.asAdmin, connection);
    expect((await start()).status).toBe(200);
  });
});

it('a worker makes the first import by itself, and those by schedule', async () => {
  const worker = startWorker(world.house);
  const read = async () => (await world.place.asAdmin(contract.getProfileImport, { params })).body;
  const soon = { timeout: 30_000, interval: 200 };
  await expect.poll(async () => (await read()).status, soon).toBe('active');
  await world.house.db.profileImport.updateMany({ data: { nextRunAt: new Date(0) } });
  await expect.poll(async () => (await read()).unchangedAt, soon).not.toBeNull();
  await worker.stop();
});
