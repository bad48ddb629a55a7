import * as contract from '@junction/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeConnection } from '../../../testing/connections.ts';
import { signedIn } from '../../../testing/factories.ts';
import { startWorker, type Worker } from '../../../worker/worker.ts';
import { type FolderWorld, openFolderWorld } from './testing/folder-world.ts';
import { createRowTaker } from './testing/row-taker.ts';

const taker = createRowTaker();
let world: FolderWorld;
let worker: Worker;
beforeAll(async () => {
  world = await openFolderWorld({ more: [taker.connector] });
  await world.fill({ Customer: ['1,Ada\n', '2,Grace\n'], Order: ['1,First\n'] });
  worker = startWorker(world.house);
});
afterAll(async () => {
  await worker.stop();
  await world.close();
});

const runOnce = async (over: Parameters<FolderWorld['makeExport']>[0]) => {
  const row = await world.makeExport(over);
  const { ownerId } = await world.house.db.environment.findFirstOrThrow();
  const client = await signedIn(world.house, ownerId);
  const params = { environmentId: world.environmentId };
  const asked = await client(contract.runExport, { params: { ...params, exportId: row.id } });
  expect(asked.status).toBe(201);
  const read = async () => (await client(contract.getRun, { params: { ...params, runId: asked.body.id } })).body;
  await expect.poll(async () => (await read()).finishedAt, { timeout: 50_000 }).not.toBeNull();
  return { row, run: await read() };
};

it.each<contract.ExportFormat>([
  { type: 'csv', delimiter: ';', hasHeader: true, escapeFormulas: true },
  { type: 'csvGzip', delimiter: ',', hasHeader: false, escapeFormulas: false },
  { type: 'parquet' },
])('a run that is asked for is made by a worker from its beginning to its end: $type', async (format) => {
  const { row, run } = await runOnce({ format, rowLimits: { minimum: 1, maximum: 10 } });
  const folder = `Junction_${world.environmentId}/${row.name}`;
  expect(run).toMatchObject({
    state: 'successful',
    problem: null,
    progress: { parts: { done: 2, total: 2 }, rowsWritten: 3 },
    entities: [
      { name: 'Customer', rowsWritten: 2, folder: expect.stringContaining(`${folder}/Customer/`) },
      { name: 'Order', rowsWritten: 1 },
    ],
    written: {
      location: expect.stringContaining(folder),
      manifest: `${folder}/_runs/${run.id}/manifest.json`,
      model: `${folder}/model.json`,
    },
  });
  const ending = { csv: '.csv', csvGzip: '.csv.gz', parquet: '.parquet' }[format.type];
  const paths = Object.keys(await world.files(folder)).map((path) => path.slice(folder.length + 1));
  expect(paths.filter((path) => path.endsWith(ending))).toHaveLength(2);
  expect(paths.filter((path) => !path.startsWith('_staging'))).toHaveLength(4);
});

it('rows are sent by a worker, too', async () => {
  const { id: connectionId } = await makeConnection(world.house, world.environmentId, {
    type: 'row-taker',
    settings: { host: 'rows.example' },
    key: undefined,
    secrets: undefined,
  });
  const { run } = await runOnce({ connectionId });
  expect(run).toMatchObject({ state: 'successful', problem: null, written: null, progress: { rowsWritten: 3 } });
  expect(run.entities.map(({ folder }) => folder)).toEqual([null, null]);
  expect(taker.batches.reduce((rows, batch) => rows + batch.rows, 0)).toBe(3);
  expect(taker.closings).toHaveLength(1);
});

it('a run with more rows than its export may write is skipped', async () => {
  const { row, run } = await runOnce({ rowLimits: { minimum: null, maximum: 2 } });
  expect(run).toMatchObject({ state: 'skipped', problem: { code: 'tooManyRows', remedy: expect.any(String) } });
  expect(await world.files(`Junction_${world.environmentId}/${row.name}`)).toEqual({});
});

it('a source that is described by a manifest is read like one with a model', async () => {
  await world.fill({ Lead: ['1,Joan\n', '2,Edsger\n'] });
  await world.describeByManifest(['Lead']);
  const { row, run } = await runOnce({});
  expect(run).toMatchObject({ state: 'successful', entities: [{ name: 'Lead', rowsWritten: 2 }] });
  const files = await world.files(`Junction_${world.environmentId}/${row.name}/Lead`);
  const lines = Object.values(files).flatMap((text) => text.trim().split('\n').slice(1));
  expect(lines.sort()).toEqual(['1,Joan', '2,Edsger']);
});
