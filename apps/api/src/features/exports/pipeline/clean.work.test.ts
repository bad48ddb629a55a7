import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Retention } from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../platform/ids.ts';
import type { RunSteps } from '../../runs/index.ts';
import { createRunSteps } from './index.ts';
import { type FolderWorld, openFolderWorld } from './testing/folder-world.ts';
import { endByHand, moveByHand, prepareByHand, runByHand, startRun } from './testing/run-by-hand.ts';
import { simpleEngine } from './testing/simple-engine.ts';

let world: FolderWorld;
let steps: RunSteps;
beforeAll(async () => {
  world = await openFolderWorld();
  steps = createRunSteps({ ...world.house, engine: simpleEngine });
  await world.fill({ Customer: ['1,Ada\n'], Order: ['1,First\n'] });
});
afterAll(() => world.close());

type ExportRow = Awaited<ReturnType<FolderWorld['makeExport']>>;
const keeping = (retention: Retention) => world.makeExport({ retention });
const pathOf = (row: ExportRow, path: string) =>
  join(world.root, 'destination', `Junction_${world.environmentId}`, row.name, path);
const put = async (row: ExportRow, path: string, text: string) => {
  await mkdir(dirname(pathOf(row, path)), { recursive: true });
  await writeFile(pathOf(row, path), text);
};
const filesOf = async (row: ExportRow): Promise<string[]> => {
  const top = `Junction_${world.environmentId}/${row.name}`;
  return Object.keys(await world.files(top))
    .map((path) => path.slice(top.length + 1))
    .sort();
};
const run = (row: ExportRow, finishedAt?: Date) => runByHand(world.house, steps, row, finishedAt);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
/** The files that runs leave. */
const filesOfRuns = (...runs: { task: { id: string; folderTime: string | null } }[]) =>
  runs
    .flatMap(({ task: { id, folderTime } }) => [
      `Customer/${folderTime}/Customer_1.csv`,
      `Order/${folderTime}/Order_1.csv`,
      `_runs/${id}/manifest.json`,
    ])
    .concat('model.json')
    .sort();

describe('retention', () => {
  it('keeps everything where nobody says otherwise', async () => {
    const row = await world.makeExport();
    const runs = [await run(row, daysAgo(4_000)), await run(row), await run(row)];
    expect(runs.flatMap(({ removedRunIds }) => removedRunIds)).toEqual([]);
    expect(await filesOf(row)).toEqual(filesOfRuns(...runs));
  });

  it('keeps the last runs', async () => {
    const row = await keeping({ keep: 'runs', runs: 2 });
    const [one, two, three, four] = [await run(row), await run(row), await run(row), await run(row)];
    expect([one, two, three, four].map(({ removedRunIds }) => removedRunIds)).toEqual([
      [],
      [],
      [one.task.id],
      [two.task.id],
    ]);
    expect(await filesOf(row)).toEqual(filesOfRuns(three, four));
  });

  it('keeps the runs of the last days, and the newest whatever its age', async () => {
    const row = await keeping({ keep: 'days', days: 2 });
    const [old, recent] = [await run(row, daysAgo(3)), await run(row, daysAgo(1))];
    expect(await filesOf(row)).toEqual(filesOfRuns(recent));
    expect(recent.removedRunIds).toEqual([old.task.id]);
    world.house.passSeconds(10 * 86_400);
    expect(await steps.clean({ ...recent.task, isSuccessful: true }, recent.lease())).toEqual({ removedRunIds: [] });
    expect(await filesOf(row)).toEqual(filesOfRuns(recent));
    world.house.passSeconds(-10 * 86_400);
  });

  it('leaves alone what no manifest of its own names', async () => {
    const row = await keeping({ keep: 'runs', runs: 1 });
    const first = await run(row);
    const strange = [
      `Customer/${first.task.folderTime}_mine/a.csv`,
      'Customer/2001/01/01/0000/Customer_1.csv',
      'notes.txt',
    ];
    for (const path of strange) await put(row, path, 'mine');
    const second = await run(row);
    expect(second.removedRunIds).toEqual([first.task.id]);
    expect(await filesOf(row)).toEqual([...filesOfRuns(second), ...strange].sort());
  });

  it.each<[string, (manifest: Record<string, unknown>) => void]>([
    ['another run', (manifest) => Object.assign(manifest, { runId: newId() })],
    ['another export', (manifest) => Object.assign(manifest, { export: { id: newId(), name: 'x', version: 1 } })],
    ['another environment', (manifest) => Object.assign(manifest, { environmentId: newId() })],
    ['a run that was given up', (manifest) => Object.assign(manifest, { state: 'withdrawn' })],
  ])('leaves alone what a manifest says to be of %s', async (_name, change) => {
    const row = await keeping({ keep: 'runs', runs: 1 });
    const first = await run(row);
    const path = `_runs/${first.task.id}/manifest.json`;
    const manifest = JSON.parse(await readFile(pathOf(row, path), 'utf8')) as Record<string, unknown>;
    change(manifest);
    await put(row, path, JSON.stringify(manifest));
    const second = await run(row);
    expect(second.removedRunIds).toEqual([]);
    expect(await filesOf(row)).toEqual(filesOfRuns(first, second));
  });

  it('removes no folder that is none of an entity and a time, whatever a manifest names', async () => {
    const row = await keeping({ keep: 'runs', runs: 1 });
    const first = await run(row);
    const path = `_runs/${first.task.id}/manifest.json`;
    const manifest = JSON.parse(await readFile(pathOf(row, path), 'utf8')) as { parts: { path: string }[] };
    const others = ['../beside/a.csv', 'notes.txt', 'Customer/2001/a.csv', '/Customer/2001/01/01/0000/a.csv'];
    for (const [index, part] of manifest.parts.entries()) part.path = others[index] ?? '';
    manifest.parts.push(...others.slice(2).map((other) => ({ ...manifest.parts[0], path: other })));
    await put(row, path, JSON.stringify(manifest));
    for (const other of ['notes.txt', 'Customer/2001/a.csv']) await put(row, other, 'mine');
    const second = await run(row);
    expect(second.removedRunIds).toEqual([first.task.id]);
    const [customer = '', order = ''] = filesOfRuns(first);
    expect(await filesOf(row)).toEqual(
      [...filesOfRuns(second), customer, order, 'notes.txt', 'Customer/2001/a.csv'].sort(),
    );
  });

  it('never removes what model.json names, and nothing while it is not one of ours', async () => {
    const row = await keeping({ keep: 'runs', runs: 1 });
    const first = await run(row);
    const old = await readFile(pathOf(row, 'model.json'), 'utf8');
    const second = await startRun(world.house, row);
    await prepareByHand(world.house, steps, second);
    await moveByHand(steps, second);
    await steps.publish(second.task, second.moved, second.lease());
    await endByHand(world.house, second, 'successful');
    for (const [model, warnings] of [
      [old, []],
      ['{"name":"theirs"}', [{ code: 'modelForeign' }]],
    ] as const) {
      await put(row, 'model.json', model);
      expect(await steps.clean({ ...second.task, isSuccessful: true }, second.lease())).toEqual({ removedRunIds: [] });
      expect(await filesOf(row)).toEqual(filesOfRuns(first, second));
      expect(second.warnings).toMatchObject(warnings);
    }
  });

  it('goes on where it was interrupted', async () => {
    const row = await keeping({ keep: 'runs', runs: 1 });
    const first = await run(row);
    const second = await startRun(world.house, row);
    await prepareByHand(world.house, steps, second);
    await moveByHand(steps, second);
    await steps.publish(second.task, second.moved, second.lease());
    await endByHand(world.house, second, 'successful');
    let removedRunIds: string[] | undefined;
    for (let stopAt = 1; removedRunIds === undefined; stopAt += 1) {
      let asked = 0;
      const require = () => {
        asked += 1;
        if (asked === stopAt) throw new Error('Stopped.');
      };
      const cleaning = steps.clean({ ...second.task, isSuccessful: true }, { ...second.lease(), require });
      removedRunIds = (await cleaning.catch(() => undefined))?.removedRunIds;
    }
    expect(removedRunIds).toEqual([first.task.id]);
    expect(await filesOf(row)).toEqual(filesOfRuns(second));
  });
});

describe('cleaning', () => {
  it('removes what a run has staged, and what others have left late', async () => {
    const row = await world.makeExport();
    const canceled = await startRun(world.house, row);
    await prepareByHand(world.house, steps, canceled);
    await moveByHand(steps, canceled);
    expect(await filesOf(row)).toHaveLength(2);
    await endByHand(world.house, canceled, 'failed');
    await steps.clean({ ...canceled.task, isSuccessful: false }, canceled.lease());
    expect(await filesOf(row)).toEqual([]);
    const strangers = `_staging/${newId()}/parts/1-1.csv`;
    await put(row, `_staging/${canceled.task.id}/parts/2-1.csv`, 'late');
    await put(row, strangers, 'of nobody known');
    const live = await startRun(world.house, row);
    await prepareByHand(world.house, steps, live);
    await moveByHand(steps, live);
    await steps.clean({ ...canceled.task, id: newId(), isSuccessful: false }, canceled.lease());
    const staged = (await filesOf(row)).filter((path) => !path.includes(live.task.id));
    expect(staged).toEqual([strangers]);
    expect((await filesOf(row)).filter((path) => path.includes(live.task.id))).toHaveLength(2);
  });
});
