import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunSteps } from '../../runs/index.ts';
import { createRunSteps } from './index.ts';
import type { RunManifest } from './manifest.ts';
import { type FolderWorld, openFolderWorld } from './testing/folder-world.ts';
import { runByHand } from './testing/run-by-hand.ts';
import { simpleEngine } from './testing/simple-engine.ts';

let world: FolderWorld;
let steps: RunSteps;
beforeAll(async () => {
  world = await openFolderWorld();
  steps = createRunSteps({ ...world.house, engine: simpleEngine });
});
afterAll(() => world.close());

describe('a run', () => {
  it('writes files, a manifest and a model, and nothing else', async () => {
    await world.fill({ Customer: ['1,Ada\n', '2,Grace\n3,Joan\n'], Order: ['1,First\n'], Empty: [] });
    const row = await world.makeExport({ name: 'High value', folder: 'crm' });
    const run = await runByHand(world.house, steps, row);
    const time = run.task.folderTime;
    const top = `Junction_${world.environmentId}/crm/High value`;
    const files = await world.files();
    expect(files).toEqual({
      [`${top}/Customer/${time}/Customer_1.csv`]: 'Id,Name\n1,Ada\n2,Grace\n3,Joan\n',
      [`${top}/Order/${time}/Order_1.csv`]: 'Id,Name\n1,First\n',
      [`${top}/Empty/${time}/Empty_1.csv`]: 'Id,Name\n',
      [`${top}/model.json`]: expect.any(String),
      [`${top}/_runs/${run.task.id}/manifest.json`]: expect.any(String),
    });
    const manifest = JSON.parse(files[`${top}/_runs/${run.task.id}/manifest.json`] ?? '') as RunManifest;
    expect(manifest).toMatchObject({ state: 'successful', runId: run.task.id, totals: { files: 3, rows: 4 } });
  });
});
