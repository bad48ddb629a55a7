import { readdir } from 'node:fs/promises';
import type { OpenTally, SourceFile } from '@junction/engine';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EngineDoor } from '../../../platform/engine.ts';
import { workOff } from '../../../testing/fake-run-steps.ts';
import { runStepsByKind } from '../../runs/index.ts';
import { createImportSteps } from './import-steps.ts';
import { customers, type InsightsHouse, openInsightsHouse } from './testing/insights-lake.ts';

let world: InsightsHouse;
beforeAll(async () => {
  world = await openInsightsHouse();
});
afterAll(() => world.close());

const files = 5;
const rooms = async () =>
  (await readdir(world.house.spool.folder).catch(() => [])).filter((name) => /^room-/.test(name));

/** An engine that waits before it reads a file, until what should happen meanwhile has happened. */
const watching = (seen: { whileReading: number[]; names: string[]; isClosed: boolean }): EngineDoor => ({
  open: async () => {
    const engine = await world.house.engine.open();
    return {
      ...engine,
      openTally: async (input, signal): Promise<OpenTally> => {
        const tally = await engine.openTally(input, signal);
        return {
          ...tally,
          add: async (read: readonly SourceFile[], until) => {
            const expected = Math.min(2, files - seen.names.length);
            await expect.poll(async () => (await rooms()).length, { timeout: 10_000 }).toBe(expected);
            seen.whileReading.push((await rooms()).length);
            seen.names.push(...read.map(({ name }) => name));
            return tally.add(read, until);
          },
          close: () => {
            seen.isClosed = true;
            tally.close();
          },
        };
      },
    };
  },
  close: async () => {},
});

it('one file is fetched while another one is read, and a file goes as soon as it was read', async () => {
  const names = Array.from({ length: files }, (_, index) => `${index}.csv`);
  await world.write(Object.fromEntries(names.map((name, index) => [name, customers(10 * index, 10 * index + 10)])));
  const seen = { whileReading: [] as number[], names: [] as string[], isClosed: false };
  const house = { ...world.house, engine: watching(seen) };
  const steps = createImportSteps(house);
  await workOff({ ...house, runSteps: runStepsByKind({ export: steps, import: steps }) });
  expect(await world.read()).toMatchObject({ status: 'active', report: { profiles: 50 } });
  expect(seen.names.toSorted()).toEqual(names);
  expect(seen.whileReading).toEqual([2, 2, 2, 2, 1]);
  expect(seen.isClosed).toBe(true);
  expect(await rooms()).toEqual([]);
});
