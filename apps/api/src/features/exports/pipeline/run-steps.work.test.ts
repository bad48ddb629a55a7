import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCatalog } from '@junction/cdm';
import { type Connector, StoreError } from '@junction/connectors/runtime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../../platform/ids.ts';
import { makeConnection } from '../../../testing/connections.ts';
import { type RunSteps, StepError } from '../../runs/index.ts';
import type { RunManifest } from './manifest.ts';
import { type FolderWorld, openFolderWorld } from './testing/folder-world.ts';
import { createRowTaker } from './testing/row-taker.ts';
import { endByHand, moveByHand, prepareByHand, runByHand, startRun } from './testing/run-by-hand.ts';

/** What happens when sources are opened: tests count that, or have it fail. */
const opening = { count: 0, failure: undefined as StoreError | undefined };
const watched = (connector: Connector): Connector => ({
  ...connector,
  openSource:
    connector.openSource &&
    ((target, context) => {
      const source = connector.openSource?.(target, context);
      if (source === undefined) throw new Error('It is no source.');
      opening.count += 1;
      const failure = opening.failure;
      // Without localFile, so that files are fetched as from a store elsewhere.
      const { localFile: _, ...fetched } = source;
      return failure === undefined
        ? fetched
        : {
            ...fetched,
            // biome-ignore lint/correctness/useYield: it fails before it has anything
            async *list() {
              throw failure;
            },
          };
    }),
});

let world: FolderWorld;
let steps: RunSteps;
const taker = createRowTaker();
beforeAll(async () => {
  world = await openFolderWorld({ wrap: watched, more: [taker.connector] });
  steps = world.house.runSteps;
});
beforeEach(async () => {
  opening.failure = undefined;
  await rm(join(world.root, 'source'), { recursive: true, force: true });
  await world.fill({ Customer: ['1,Ada\n', '2,Grace\n3,Joan\n'], Order: ['1,First\n'] });
});
afterAll(() => world.close());

type ExportRow = Awaited<ReturnType<FolderWorld['makeExport']>>;
const topOf = (row: ExportRow) => `Junction_${world.environmentId}/${row.name}`;
const filesOf = async (row: ExportRow): Promise<Record<string, string>> => {
  const top = `${topOf(row)}/`;
  return Object.fromEntries(
    Object.entries(await world.files(topOf(row))).map(([path, text]) => [path.slice(top.length), text]),
  );
};
const problemOf = async (step: Promise<unknown>) => {
  const error = await step.then(
    () => new Error('It did not fail.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof StepError)) throw error;
  return error.problem;
};
/** Files on their way; the engine keeps a folder of its own. */
const leftInSpool = async () =>
  (await readdir(world.house.spool.folder, { recursive: true })).filter((name) => name !== 'spill');
const prepared = async (row: ExportRow) => {
  const run = await startRun(world.house, row);
  await prepareByHand(world.house, steps, run);
  return run;
};

describe('a run', () => {
  it('writes files, a manifest and a model, and nothing else', async () => {
    await world.fill({ Customer: ['1,Ada\n', '2,Grace\n3,Joan\n'], Order: ['1,First\n'], Empty: [] });
    const row = await world.makeExport({ name: `High value ${newId()}`, folder: 'crm/weekly' });
    const run = await runByHand(world.house, steps, row);
    const time = run.task.folderTime;
    const top = `Junction_${world.environmentId}/crm/weekly/${row.name}`;
    const files = Object.entries(await world.files()).filter(([path]) => path.startsWith(`${top}/`));
    // Rows have no order in files.
    const sorted = files.map(([path, text]) => [
      path,
      path.endsWith('.csv') ? text.split('\n').sort().join('\n') : text,
    ]);
    expect(Object.fromEntries(sorted)).toEqual({
      [`${top}/Customer/${time}/Customer_1.csv`]: '\n1,Ada\n2,Grace\n3,Joan\nId,Name',
      [`${top}/Order/${time}/Order_1.csv`]: '\n1,First\nId,Name',
      [`${top}/Empty/${time}/Empty_1.csv`]: '\nId,Name',
      [`${top}/model.json`]: expect.any(String),
      [`${top}/_runs/${run.task.id}/manifest.json`]: expect.any(String),
    });
    expect(await leftInSpool()).toEqual([]);
  });

  it('says in its manifest what it wrote from what', async () => {
    const row = await world.makeExport();
    const { task } = await runByHand(world.house, steps, row);
    const manifest = JSON.parse((await filesOf(row))[`_runs/${task.id}/manifest.json`] ?? '') as RunManifest;
    expect(manifest).toEqual({
      version: 1,
      state: 'successful',
      runId: task.id,
      export: { id: row.id, name: row.name, version: 1 },
      environmentId: world.environmentId,
      startedAt: task.startedAt.toISOString(),
      finishedAt: expect.stringMatching(/Z$/),
      engine: { name: 'duckdb', version: expect.stringMatching(/^v?\d+\./) },
      junction: expect.stringMatching(/^\d+\.\d+\.\d+/),
      totals: { files: 2, rows: 4, bytes: 45, rejectedRows: 0 },
      parts: [
        {
          entity: 'Customer',
          path: `Customer/${task.folderTime}/Customer_1.csv`,
          rows: 3,
          bytes: 29,
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
          sources: [
            { path: 'Customer/0.csv', etag: expect.any(String), bytes: 14 },
            { path: 'Customer/1.csv', etag: expect.any(String), bytes: 23 },
          ],
        },
        expect.objectContaining({ entity: 'Order', rows: 1 }),
      ],
      rejected: [],
      withoutRows: [],
    });
  });

  it('can be read as a source again, through the model that it leaves', async () => {
    await world.fill({ Customer: ['1,Ada\n2,Grace\n'], Empty: [] });
    const row = await world.makeExport({ name: `Rückgabe 50 & more ${newId()}` });
    await runByHand(world.house, steps, row);
    const local = world.house.connectors.find(({ manifest }) => manifest.type === 'local-folder');
    const source = local?.openSource?.(
      { settings: { folder: 'destination' }, secrets: {} },
      { outbound: world.house.outbound, now: () => new Date() },
    );
    if (source === undefined) throw new Error('It cannot be read.');
    const catalog = await readCatalog(source, topOf(row), new AbortController().signal);
    source.close();
    expect(catalog.problem).toBeUndefined();
    expect(catalog.entities).toMatchObject([
      {
        name: 'Customer',
        rowCount: 2,
        columns: [
          { name: 'Id', type: 'integer' },
          { name: 'Name', type: 'text' },
        ],
        partitions: [{ format: { type: 'csv', hasHeader: true, delimiter: ',' }, bytes: 22 }],
      },
      { name: 'Empty', rowCount: 0, partitions: [{ bytes: 8 }] },
    ]);
    for (const { problem } of catalog.entities) expect(problem).toBeUndefined();
  });

  it('has a folder of its own, also in the same minute, and where somebody else has made one', async () => {
    const row = await world.makeExport();
    const first = await runByHand(world.house, steps, row);
    const second = await prepared(row);
    const [one = '', two = ''] = [first.task.folderTime ?? '', second.task.folderTime ?? ''];
    if (one.slice(0, 15) === two.slice(0, 15)) expect(two).toBe(`${one}_2`);
    else expect(two).toMatch(/^\d{4}\/\d\d\/\d\d\/\d{4}$/);
    const other = await world.makeExport();
    const time = `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}`;
    const minute = () => new Date().toISOString().slice(11, 16).replace(':', '');
    const taken = minute();
    await mkdir(join(world.root, 'destination', topOf(other), 'Order', time, taken), { recursive: true });
    const run = await prepared(other);
    if (minute() === taken) expect(run.task.folderTime).toBe(`${time}/${taken}_2`);
  });

  it('counts before it moves where the export limits its rows, and is skipped outside of them', async () => {
    const row = await world.makeExport({ rowLimits: { minimum: 2, maximum: 5 } });
    const run = await startRun(world.house, row);
    const { counts } = await steps.prepare(run.task, run.lease());
    expect(counts).toBe(true);
    await prepareByHand(world.house, steps, run);
    const counted = await Promise.all(run.parts.map((part) => steps.count(run.task, part, run.lease())));
    expect(counted).toEqual([
      { rows: 3, rejected: 0 },
      { rows: 1, rejected: 0 },
    ]);
    const judge = (rows: number) => steps.judge(run.task, { rows, rejected: 0 })?.skip.code;
    expect([1, 2, 5, 6].map(judge)).toEqual(['tooFewRows', undefined, undefined, 'tooManyRows']);
    expect(await filesOf(row)).toEqual({});
  });

  it('sets rows aside that cannot be read, up to a limit for all of its parts', async () => {
    await world.fill({ Customer: ['1,Ada\n2,a,b\n'], Order: ['1,First,x\n2,b\n'] });
    const few = await world.makeExport({ malformedRows: { policy: 'setAside', limit: 2 } });
    const { task } = await runByHand(world.house, steps, few);
    const files = await filesOf(few);
    expect(files[`Order/${task.folderTime}/_rejected/Order_1.csv`]).toBe(
      'file,line,reason,column,row\n0.csv,2,tooManyValues,,"1,First,x"\n',
    );
    const manifest = JSON.parse(files[`_runs/${task.id}/manifest.json`] ?? '') as RunManifest;
    expect(manifest.totals).toMatchObject({ rows: 2, rejectedRows: 2 });
    expect(manifest.rejected.map(({ path, rows }) => [path, rows])).toEqual([
      [`Customer/${task.folderTime}/_rejected/Customer_1.csv`, 1],
      [`Order/${task.folderTime}/_rejected/Order_1.csv`, 1],
    ]);

    const fewer = await world.makeExport({ malformedRows: { policy: 'setAside', limit: 1 } });
    const run = await prepared(fewer);
    await moveByHand(steps, run);
    expect(await problemOf(steps.publish(run.task, run.moved, run.lease()))).toMatchObject({
      code: 'tooManyRejected',
      isTransient: false,
      remedy: expect.any(String),
    });
    expect(await steps.giveUp(run.task, run.moved, run.lease())).toBeUndefined();
    await endByHand(world.house, run, 'failed');
    await steps.clean({ ...run.task, isSuccessful: false }, run.lease());
    expect(await filesOf(fewer)).toEqual({});
  });
});

describe('preparing', () => {
  it.each<[string, string, (row: ExportRow) => Promise<unknown>]>([
    ['an export that is gone', 'exportRemoved', ({ id }) => world.house.db.export.delete({ where: { id } })],
    [
      'an export that was detached',
      'connectionChanged',
      ({ id }) => world.house.db.export.update({ where: { id }, data: { connectionId: null } }),
    ],
    [
      'columns that are gone',
      'columnsGone',
      ({ id }) =>
        world.house.db.exportEntity.updateMany({ where: { exportId: id }, data: { columns: [{ name: 'Email' }] } }),
    ],
    [
      'a filter about a column of another type',
      'filterUnfit',
      ({ id }) =>
        world.house.db.exportEntity.updateMany({
          where: { exportId: id },
          data: { filter: { match: 'all', of: [{ column: 'Id', is: 'equals', value: 'Ada' }] } },
        }),
    ],
    ['an entity that is gone', 'entityGone', () => world.fill({ Customer: ['1,Ada\n'] })],
    ['a file that is gone', 'partitionsUnreadable', () => rm(join(world.root, 'source/Customer/1.csv'))],
  ])('fails for good on %s', async (_name, code, spoil) => {
    const row = await world.makeExport();
    const run = await startRun(world.house, row);
    await spoil(row);
    expect(await problemOf(steps.prepare(run.task, run.lease()))).toMatchObject({
      code,
      isTransient: false,
      phase: 'preparing',
      message: expect.stringMatching(/\.$/),
      remedy: expect.stringMatching(/\.$/),
    });
  });

  it('fails for good on a source that is removed, and on a destination that is', async () => {
    const row = await world.makeExport();
    const run = await startRun(world.house, row);
    for (const [id, code] of [
      [world.sourceId, 'sourceRemoved'],
      [world.destinationId, 'connectionRemoved'],
    ] as const) {
      const remove = (removedAt: Date | null) =>
        world.house.db.connection.update({ where: { id }, data: { removedAt } });
      await remove(new Date());
      expect(await problemOf(steps.prepare(run.task, run.lease()))).toMatchObject({ code, isTransient: false });
      await remove(null);
    }
  });

  it.each([true, false])('fails with the reason why the source cannot be read (transient: %s)', async (isTransient) => {
    const row = await world.makeExport();
    const run = await startRun(world.house, row);
    opening.failure = new StoreError({ code: 'driveAway', message: 'Away.', remedy: 'Mount it.', isTransient });
    const failed = { code: 'driveAway', message: 'Away.', remedy: 'Mount it.', isTransient, entity: 'Customer' };
    expect(await problemOf(steps.prepare(run.task, run.lease()))).toMatchObject(failed);
    opening.failure = undefined;
    // What came of that reading is as good for whoever asked before it began.
    expect(await problemOf(steps.prepare(run.task, run.lease()))).toMatchObject(failed);
    // Who tries again reads again.
    expect((await steps.prepare({ ...run.task, attempt: 2 }, run.lease())).parts).toHaveLength(2);
    const later = await startRun({ db: world.house.db }, await world.makeExport());
    expect((await steps.prepare(later.task, later.lease())).parts).toHaveLength(2);
  });

  it('sees what the source has after it was asked for, and shares one reading with others who ask', async () => {
    const rows = await Promise.all(Array.from({ length: 20 }, () => world.makeExport()));
    await writeFile(join(world.root, 'source/Customer/0.csv'), 'Id,Name\n1,Ada\n9,Late\n');
    const runs = await Promise.all(rows.map((row) => startRun(world.house, row)));
    opening.count = 0;
    const all = await Promise.all(runs.map((run) => steps.prepare(run.task, run.lease())));
    expect(opening.count).toBe(1);
    for (const { bytesTotal } of all) expect(bytesTotal).toBe(21 + 23 + 16);
  });
});

describe('moving', () => {
  it('fails when the source changed since the run was prepared', async () => {
    const row = await world.makeExport();
    const run = await prepared(row);
    await writeFile(join(world.root, 'source/Customer/1.csv'), 'Id,Name\n7,Other\n');
    expect(await problemOf(moveByHand(steps, run))).toMatchObject({
      code: 'sourceChanged',
      isTransient: false,
      entity: 'Customer',
      file: '1.csv',
    });
    expect(await filesOf(row)).toEqual({});
    expect(await leftInSpool()).toEqual([]);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const row = await world.makeExport();
    const run = await prepared(row);
    const [part] = run.parts;
    if (part === undefined) throw new Error('There is no part.');
    const stop = new AbortController();
    const lease = run.lease(stop.signal);
    const reason = new Error('Lost.');
    let asked = 0;
    // The right is lost between staging the file and telling so.
    const losing = () => {
      asked += 1;
      if (asked === 2) stop.abort(reason);
      stop.signal.throwIfAborted();
    };
    await expect(steps.move(run.task, part, { ...lease, require: losing })).rejects.toBe(reason);
    expect(await filesOf(row)).toEqual({});
    expect(await leftInSpool()).toEqual([]);
  });

  it('says so when a file does not fit into the spool', async () => {
    const small = await openFolderWorld({ wrap: watched, env: { JUNCTION_SPOOL_MB: '64' } });
    const own = small.house.runSteps;
    await small.fill({ Customer: ['x'.repeat(65 * 1024 * 1024)] });
    const run = await startRun(small.house, await small.makeExport());
    await prepareByHand(small.house, own, run);
    expect(await problemOf(moveByHand(own, run))).toMatchObject({
      code: 'spoolTooSmall',
      isTransient: false,
      remedy: expect.stringContaining('JUNCTION_SPOOL_MB'),
    });
    await small.close();
  });
});

describe('a destination for rows', () => {
  const rowExport = async () => {
    const { id } = await makeConnection(world.house, world.environmentId, {
      type: 'row-taker',
      settings: { host: 'rows.example' },
      key: undefined,
      secrets: undefined,
    });
    return world.makeExport({ connectionId: id });
  };
  const sent = () =>
    taker.batches.splice(0).map(({ key, entity, rows, lines }) => [key, entity, rows, Buffer.from(lines).toString()]);

  it('gets all rows in batches, each with a key that stays the same, and the end of the run', async () => {
    const run = await runByHand(world.house, steps, await rowExport());
    const { id } = run.task;
    const first = sent();
    expect(first).toEqual([
      [`${id}-1-1`, 'Customer', 2, '{"Id":1,"Name":"Ada"}\n{"Id":2,"Name":"Grace"}\n'],
      [`${id}-1-2`, 'Customer', 1, '{"Id":3,"Name":"Joan"}\n'],
      [`${id}-2-1`, 'Order', 1, '{"Id":1,"Name":"First"}\n'],
    ]);
    await moveByHand(steps, run);
    expect(sent()).toEqual(first);
    const published = await steps.publish(run.task, run.moved, run.lease());
    expect(published).toEqual({ written: null });
    const [closing, again] = taker.closings.splice(0);
    expect(closing).toMatchObject({
      key: id,
      entities: [
        { name: 'Customer', rows: 3, batches: 2 },
        { name: 'Order', rows: 1, batches: 1 },
      ],
    });
    expect(again).toEqual(closing);
  });

  it('is tried again while it is busy, and no longer when it says no', async () => {
    const run = await prepared(await rowExport());
    taker.failures.push(taker.busy({ retryAfterMs: 5 }), taker.busy({ retryAfterMs: 5 }));
    await moveByHand(steps, run);
    expect(sent().map(([key]) => key)).toEqual([1, 2].map((n) => `${run.task.id}-1-${n}`).concat(`${run.task.id}-2-1`));
    taker.failures.push(taker.busy({ isTransient: false }));
    expect(await problemOf(moveByHand(steps, run))).toMatchObject({ code: 'busy', isTransient: false });
    taker.failures.push(taker.busy({ retryAfterMs: 600_000 }));
    const error = await moveByHand(steps, run).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ retryAfterMs: 600_000, problem: { isTransient: true } });
    sent();
  });
});

describe('ending', () => {
  it('publishes and cleans over a connection that was removed, and warns when that is gone for good', async () => {
    const row = await world.makeExport();
    const run = await prepared(row);
    await moveByHand(steps, run);
    const { db } = world.house;
    await db.connection.update({ where: { id: world.destinationId }, data: { removedAt: new Date() } });
    await steps.publish(run.task, run.moved, run.lease());
    await endByHand(world.house, run, 'successful');
    await steps.clean({ ...run.task, isSuccessful: true }, run.lease());
    expect(Object.keys(await filesOf(row)).filter((path) => path.startsWith('_staging'))).toEqual([]);
    await db.connection.update({ where: { id: world.destinationId }, data: { removedAt: null } });
    const gone = { ...run.task, connectionId: newId(), isSuccessful: true };
    expect(await steps.clean(gone, run.lease())).toEqual({ removedRunIds: [] });
    expect(run.warnings).toMatchObject([{ code: 'stagingLeft', message: expect.stringContaining('_staging/') }]);
  });
});
