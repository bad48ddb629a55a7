import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { StepError } from '../../runs/index.ts';
import { createRunSteps } from './index.ts';
import { type FolderWorld, openFolderWorld } from './testing/folder-world.ts';
import { moveByHand, prepareByHand, startRun } from './testing/run-by-hand.ts';

let world: FolderWorld;
beforeAll(async () => {
  world = await openFolderWorld();
});
afterAll(() => world.close());
beforeEach(() => world.fill({ Customer: ['1,Ada\n'] }));

it.each([
  ['other rows', 'Id,Name\n7,Other\n'],
  ['something that the engine does not take', 'Id,Name\n7,Other,more\n'],
  ['something that is no such file at all', '{}'],
])('a file that becomes %s while it is read in its place has changed, whatever the engine says', async (_, content) => {
  const { engine } = world.house;
  const open = async () => {
    await writeFile(join(world.root, 'source/Customer/0.csv'), content);
    return engine.open();
  };
  const run = await startRun(world.house, await world.makeExport());
  await prepareByHand(world.house, world.house.runSteps, run);
  const failure: unknown = await moveByHand(createRunSteps({ ...world.house, engine: { ...engine, open } }), run).catch(
    (error: unknown) => error,
  );
  expect(failure instanceof StepError && failure.problem).toMatchObject({
    code: 'sourceChanged',
    isTransient: false,
    entity: 'Customer',
    file: '0.csv',
  });
});
