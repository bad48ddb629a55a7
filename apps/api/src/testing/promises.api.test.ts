import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isServer } from './database.ts';
import { openTestHouse, type TestHouse } from './house.ts';
import { bulkCommands } from './promises/bulk-commands.ts';
import { connectionCommands } from './promises/connection-commands.ts';
import { type Door, directDoor, httpDoor } from './promises/doors.ts';
import { exportCommands } from './promises/export-commands.ts';
import type { Person } from './promises/model.ts';
import { runCommands } from './promises/run-commands.ts';
import { expectViews } from './promises/views.ts';
import { makePeople, openWorld } from './promises/world.ts';

// What was promised about sharing, exports, removal and undo, held against a model of it through random days in an environment.
// TEST_SEED repeats a run, TEST_RUNS makes it longer: see CONTRIBUTING.md.

const seed = process.env.TEST_SEED === undefined ? Date.now() & 0x7fff_ffff : Number(process.env.TEST_SEED);
/** The embedded database has the most of them; what differs on a server are races, which races.api.test.ts is for. */
const directRuns = Number(process.env.TEST_RUNS ?? (isServer ? 100 : 1_000));
const httpRuns = Math.ceil(directRuns / 10);
const commands = [...connectionCommands, ...exportCommands, ...bulkCommands, ...runCommands];
const commandsPerRun = 10;
/** Many times what it takes, for machines that are busy; a failure is made smaller within the same time. */
const timeout = 900_000;

let house: TestHouse;
let people: Person[];
beforeAll(async () => {
  house = await openTestHouse({ env: { JUNCTION_TRUSTED_PROXIES: 'loopback' } });
  people = await makePeople(house);
});
afterAll(() => house.close());

const keepPromises = async (door: Door, runs: number, way: string) => {
  const started = performance.now();
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: commandsPerRun, size: 'max' }), async (day) => {
      const { model, real } = await openWorld(house, door, people);
      await fc.asyncModelRun(() => ({ model, real }), day);
      await expectViews(model, real);
      steps += [...day].length;
    }),
    { numRuns: runs, seed },
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${runs} random days ${way}, ${steps} steps: every promise kept in ${seconds} s (TEST_SEED=${seed})`);
  return steps;
};

describe('whatever people do with connections and exports', () => {
  it('the promises hold', { timeout }, async () => {
    expect(await keepPromises(directDoor(house), directRuns, 'in process')).toBeGreaterThan(directRuns);
  });

  it('the promises hold over HTTP', { timeout }, async () => {
    expect(await keepPromises(await httpDoor(house, people), httpRuns, 'over HTTP')).toBeGreaterThan(httpRuns);
  });
});
