import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endCleaning } from '../../../testing/chaos/hasten.ts';
import { endLeases, endWaits, workOff } from '../../../testing/fake-run-steps.ts';
import { workUntilKilled } from '../../../testing/mortal-worker.ts';
import { runStepsByKind } from '../../runs/index.ts';
import { createImportSteps } from './import-steps.ts';
import { runDueImports } from './run-due-imports.ts';
import { tablesWith } from './testing/find-value.ts';
import { canary, type InsightsHouse, openInsightsHouse } from './testing/insights-lake.ts';

// A worker is killed before and after everything that it asks of the lake or the database, from the claim of an import to its last
// cleaning, and another one goes on. Whatever the point, the import ends as one does that nobody disturbs.

/** Every so many of them is tried, unless all are asked for with TEST_POINTS=all. */
const isAll = process.env.TEST_POINTS === 'all';
const stride = isAll ? 1 : 3;
const timeout = isAll ? 20 * 60_000 : 3 * 60_000;
/** An import that is not over after so often is stuck. */
const rounds = 20;

let world: InsightsHouse;
beforeAll(async () => {
  world = await openInsightsHouse();
  await workOff(world.house);
});
afterAll(() => world.close());

const start = async () => {
  await world.place.asAdmin(contract.startProfileImport, { params: world.params });
};
const look = async () => {
  await world.house.db.profileImport.updateMany({ data: { nextRunAt: new Date(0) } });
  await runDueImports(world.house, new AbortController().signal);
};

/** Somebody else goes on until all is over and cleaned up, as if so much time had passed. */
const goOn = async () => {
  const { db } = world.house;
  for (let round = 0; round < rounds; round += 1) {
    await db.catalog.updateMany({ data: { claimedUntil: null } });
    await endLeases(world.house);
    await endWaits(world.house);
    await endCleaning(world.house);
    await workOff(world.house, 'second');
    if ((await db.run.count({ where: { OR: [{ finishedAt: null }, { cleanAt: { not: null } }] } })) === 0) return;
  }
  throw new Error(`An import is not over after ${rounds} rounds.`);
};

/** What is there afterwards, and whether it is as it should be. */
const judge = async () => {
  const { db } = world.house;
  const { connectionId } = world.params;
  const run = await db.run.findFirstOrThrow({
    where: { subjectId: connectionId },
    orderBy: { id: 'desc' },
    include: { events: true, parts: true },
  });
  const report = await db.profileReport.findUniqueOrThrow({ where: { connectionId } });
  const shown = await db.profileImport.findUniqueOrThrow({ where: { connectionId } });
  const told = await db.activity.findMany({ where: { kind: { in: ['import.successful', 'import.failed'] } } });
  return {
    state: run.state,
    shown: shown.runState,
    isOfThisRun: report.runId === run.id,
    counted: await db.profileCount.count({ where: { connectionId, at: report.importedAt } }),
    ends: run.events.filter(({ kind }) => kind === run.state).length,
    told: told.filter(({ after }) => (after as { run: string }).run === run.id).length,
    kept: run.parts.filter(({ result }) => result !== null).length,
    profiles: Number(report.profiles),
  };
};

const good = { counted: 1, ends: 1, kept: 0, profiles: 60 };
const stories = {
  'that reads': { ask: start, ends: { ...good, state: 'successful', shown: 'successful', isOfThisRun: true, told: 1 } },
  'that finds nothing new': {
    ask: look,
    ends: { ...good, state: 'skipped', shown: 'skipped', isOfThisRun: false, told: 0 },
  },
};

describe('an import', () => {
  it.each(Object.entries(stories))(
    '%s ends so wherever a worker was killed',
    async (_name, { ask, ends }) => {
      const { connectors } = world.house;
      const stepsOf = (house: Parameters<typeof createImportSteps>[0]) => {
        const steps = createImportSteps(house);
        return runStepsByKind({ export: steps, import: steps });
      };
      const runOnce = async (at: number, when: 'before' | 'after') => {
        await ask();
        const fate = await workUntilKilled(world.house, connectors, { at, when, stepsOf });
        await goOn();
        return { fate, after: await judge() };
      };
      const undisturbed = await runOnce(0, 'before');
      expect(undisturbed.after).toEqual(ends);
      const points = 2 * undisturbed.fate.calls;
      const died = new Set<string | undefined>();
      for (let point = 0; point < points; point += stride) {
        const [at, when] = [1 + Math.floor(point / 2), point % 2 === 0 ? 'before' : 'after'] as const;
        const { fate, after } = await runOnce(at, when);
        expect({ at, when, ...after }).toEqual({ at, when, ...ends });
        died.add(fate.diedAt);
      }
      expect(died.size).toBeGreaterThan(1);
      expect(await tablesWith(world.house, canary)).toEqual([]);
    },
    timeout,
  );
});
