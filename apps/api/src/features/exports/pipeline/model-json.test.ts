import { type CatalogFiles, readCatalog } from '@junction/cdm';
import { describe, expect, it } from 'vitest';
import type { MovedPart } from '../../runs/index.ts';
import { type RunManifest, readManifest, toFile, toManifest, toWithdrawal } from './manifest.ts';
import { readModel, toModel } from './model-json.ts';
import type { PlannedEntity, RunPlan, StagedPart } from './plan.ts';

const run = {
  id: '01a20000-0000-7000-8000-000000000001',
  environmentId: '01a20000-0000-7000-8000-000000000002',
  subjectId: '01a20000-0000-7000-8000-000000000003',
  startedAt: new Date('2026-11-22T14:05:00Z'),
};
const entity = (name: string, folder: string, firstPart: number, over: Partial<PlannedEntity> = {}): PlannedEntity => ({
  name,
  folder,
  firstPart,
  sourceId: 'source',
  columns: [
    { name: 'Id', type: 'guid', dataType: 'guid' },
    { name: 'Größe', type: 'decimal', dataType: 'double' },
    { name: 'Odd', type: 'other', dataType: 'hierarchy' },
  ],
  choice: 'all',
  filter: null,
  ...over,
});
const plan: RunPlan = {
  export: { id: run.subjectId, name: 'High value', version: 3 },
  folder: 'Junction_1/High value',
  format: { type: 'csv', delimiter: ';', hasHeader: false, escapeFormulas: false },
  malformedRows: { policy: 'setAside', limit: 5 },
  rowLimits: { minimum: null, maximum: null },
  retention: { keep: 'all' },
  batch: null,
  entities: [
    entity('Käse & Co', 'Käse & Co', 1),
    entity('Order', 'Order', 3, { choice: [{ name: 'Größe', as: 'Size' }, { name: 'Id' }] }),
    entity('Order', 'Order-1a2b3c4d', 4),
  ],
};
const staged = (name: string, rows: number) => ({ staged: `s/${name}`, name, rows, bytes: rows * 10, sha256: 'ab' });
const part = (number: number, of: number, result: Partial<StagedPart>): MovedPart => ({
  number,
  entity: of,
  entityName: '',
  files: [{ name: 'a.csv', path: `source/${number}.csv`, etag: `"${number}"`, bytes: 7, format: { type: 'parquet' } }],
  bytes: 7,
  attempt: 1,
  fence: 1,
  rowsWritten: result.file?.rows ?? 0,
  rowsRejected: result.rejected?.rows ?? 0,
  bytesWritten: 0,
  written: [],
  result: { file: null, rejected: null, batches: 0, ...result },
});
const time = '2026/11/22/1405';
const parts = [
  part(2, 0, { file: null }),
  part(1, 0, { file: staged('Käse & Co_1.csv', 4), rejected: staged('_rejected/Käse & Co_1.csv', 2) }),
  part(3, 1, { file: staged('Order_1.csv', 3) }),
  part(4, 2, { file: staged('Order-1a2b3c4d_1.csv', 0) }),
];
const fixed = { finishedAt: '2026-11-22T14:06:00.000Z', engine: { name: 'duckdb', version: '1' }, junction: '0.1.0' };
const manifest = toManifest(run, plan, time, parts, fixed);

describe('a manifest', () => {
  it('names what was written, what of, and what nothing came of', () => {
    const source = (number: number) => [{ path: `source/${number}.csv`, etag: `"${number}"`, bytes: 7 }];
    expect(manifest.parts.map(({ path, rows, sources }) => [path, rows, sources])).toEqual([
      [`Käse & Co/${time}/Käse & Co_1.csv`, 4, source(1)],
      [`Order/${time}/Order_1.csv`, 3, source(3)],
      [`Order-1a2b3c4d/${time}/Order-1a2b3c4d_1.csv`, 0, source(4)],
    ]);
    expect(manifest.rejected.map(({ path, rows }) => [path, rows])).toEqual([
      [`Käse & Co/${time}/_rejected/Käse & Co_1.csv`, 2],
    ]);
    expect(manifest.withoutRows).toEqual([{ entity: 'Käse & Co', sources: source(2) }]);
    expect(manifest.totals).toEqual({ files: 3, rows: 7, bytes: 70, rejectedRows: 2 });
  });

  it('has the same bytes whoever makes it, in whatever order the parts come', () => {
    const again = toManifest(run, plan, time, parts.toReversed(), fixed);
    expect(Buffer.from(toFile(again)).equals(toFile(manifest))).toBe(true);
  });

  it('is read as what it is, and only by its own run', () => {
    expect(readManifest(toFile(manifest), run)).toEqual(manifest);
    expect(readManifest(toFile(toWithdrawal(run, plan)), run)?.state).toBe('withdrawn');
    for (const other of [{ id: 'x' }, { environmentId: 'x' }, { subjectId: 'x' }])
      expect(readManifest(toFile(manifest), { ...run, ...other })).toBeUndefined();
    for (const text of ['', 'null', '[]', '{}', '"x"', JSON.stringify({ ...manifest, state: 'odd' })])
      expect(readManifest(Buffer.from(text), run)).toBeUndefined();
  });
});

/** A store in which every file of the manifest is, as a source has it. */
const storeOf = (folder: string, model: object, of: RunManifest): CatalogFiles => ({
  async *list(path) {
    const file = (name: string, bytes: number) => ({
      name,
      path: `${path}/${name}`,
      isFolder: false,
      bytes,
      etag: '"1"',
      modifiedAt: '2026-11-22T14:06:00Z',
    });
    if (path === folder) yield file('model.json', 1);
    for (const { path: one, bytes } of of.parts)
      if (`${folder}/${one}`.startsWith(`${path}/`)) yield file(one.split('/').at(-1) ?? '', bytes);
  },
  read: async () => toFile(model),
  locate: (url) => {
    const path = decodeURIComponent(url.replace('https://lake.example/exports/', ''));
    return path.startsWith('https:') ? { elsewhere: 'another store' } : { path };
  },
});

describe('a model', () => {
  it.each([
    ['a lake', (path: string) => `https://lake.example/exports/${path.split('/').map(encodeURIComponent).join('/')}`],
    ['a folder', (path: string) => `/mnt/exports/${path}`],
    ['SFTP', (path: string) => `sftp://files.example/${path}`],
  ])('is read as a catalog again, from %s', async (_name, locationOf) => {
    const model = toModel(plan, manifest, locationOf);
    const { entities, problem } = await readCatalog(
      storeOf(plan.folder, model, manifest),
      plan.folder,
      new AbortController().signal,
    );
    expect(problem).toBeUndefined();
    expect(entities.map((one) => [one.name, one.rowCount, one.bytes, one.problem])).toEqual([
      ['Käse & Co', 4, 40, undefined],
      ['Order', 3, 30, undefined],
      ['Order-1a2b3c4d', 0, 0, undefined],
    ]);
    expect(entities[1]?.columns.map(({ name, type }) => [name, type])).toEqual([
      ['Size', 'decimal'],
      ['Id', 'guid'],
    ]);
    expect(entities[0]?.columns.map(({ type }) => type)).toEqual(['guid', 'decimal', 'other']);
    expect(entities[0]?.partitions[0]).toMatchObject({
      path: `${plan.folder}/Käse & Co/${time}/Käse & Co_1.csv`,
      refreshTime: fixed.finishedAt,
      format: { type: 'csv', hasHeader: false, delimiter: ';', encoding: 'UTF-8' },
    });
  });

  it('says how Parquet is written, and what is compressed by its name', () => {
    const model = toModel({ ...plan, format: { type: 'parquet' } }, manifest, (path) => path);
    expect(model.entities[0]?.partitions[0]?.fileFormatSettings).toEqual({ $type: 'ParquetFormatSettings' });
  });

  it('tells which run of which export it is of', () => {
    const ids = { exportId: run.subjectId, runId: run.id };
    expect(readModel(toFile(toModel(plan, manifest, (path) => path)))).toEqual(ids);
    for (const text of [
      '',
      '{}',
      '[]',
      'null',
      '{"annotations":[{"name":"junction:run","value":1}]}',
      '{"annotations":5}',
    ])
      expect(readModel(Buffer.from(text))).toBeUndefined();
  });
});
