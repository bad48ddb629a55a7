import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { connectors } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { makeConnection } from '../../testing/connections.ts';
import { makeExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { readDueCatalogs } from '../lake/index.ts';

/** A value of a row that must be in no log and in no table. */
const canary = 'canary-value-of-a-row';

let root: string;
let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
let destinationId: string;
const entityIds: Record<string, string> = {};

/** The files of the entities by their names; all have the columns Id and Name. */
const files: Record<string, { name: string; bytes: Buffer; encoding?: string }[]> = {
  Customer: [
    { name: 'a.csv', bytes: Buffer.from('Id,Name\n1,Ada\n') },
    { name: 'b.csv', bytes: Buffer.from(`Id,Name\n2,${canary}\n3,\n`) },
  ],
  Many: [
    {
      name: 'many.csv',
      bytes: Buffer.from(`Id,Name\n${Array.from({ length: 600_000 }, (_, id) => `${id},Somebody\n`).join('')}`),
    },
  ],
  Packed: [
    {
      name: 'packed.csv.gz',
      bytes: gzipSync(`Id,Name\n${Array.from({ length: 150 }, (_, id) => `${id},Packed\n`).join('')}`),
    },
  ],
  Wide: [{ name: 'wide.csv', bytes: Buffer.from('\ufeffId,Name\n1,Käse\n', 'utf16le'), encoding: 'UTF-16' }],
  Empty: [],
  Spoilt: [{ name: 'spoilt.parquet', bytes: Buffer.from('PAR1 this is none PAR1') }],
};

const formatOf = ({ name, encoding }: { name: string; encoding?: string }) =>
  name.endsWith('.parquet')
    ? { $type: 'ParquetFormatSettings' }
    : { $type: 'CsvFormatSettings', columnHeaders: true, delimiter: ',', encoding };

const modelOf = () => ({
  name: 'source',
  version: '1.0',
  entities: Object.entries(files).map(([name, all]) => ({
    $type: 'LocalEntity',
    name,
    attributes: [
      { name: 'Id', dataType: 'int64' },
      { name: 'Name', dataType: 'string' },
    ],
    partitions: all.map((file) => ({ name: file.name, location: file.name, fileFormatSettings: formatOf(file) })),
  })),
});

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'preview-'));
  await mkdir(join(root, 'source'));
  for (const { name, bytes } of Object.values(files).flat()) await writeFile(join(root, 'source', name), bytes);
  await writeFile(join(root, 'source/model.json'), JSON.stringify(modelOf()));
  house = await openTestHouse({
    connectors,
    env: { JUNCTION_LOCAL_ROOT: root, JUNCTION_SPOOL_DIR: join(root, 'spool') },
  });
  contoso = await makeEnvironment(house);
  const local = (folder: string, readsEntities: boolean) =>
    makeConnection(house, contoso.environment.id, {
      type: 'local-folder',
      settings: readsEntities ? { folder, readsEntities, entityFolder: '' } : { folder, readsEntities },
      key: undefined,
      secrets: undefined,
      readsEntities,
      sharedWith: 'adminsAndContributors',
    });
  await local('source', true);
  destinationId = (await local('destination', false)).id;
  await readDueCatalogs(house, new AbortController().signal);
  for (const { id, name } of await house.db.entity.findMany()) entityIds[name] = id;
});
afterAll(async () => {
  await house.close();
  await rm(root, { recursive: true });
});

type Choice = { columns?: contract.ColumnChoice; filter?: contract.RowFilter };
const define = async (name: string, { columns, filter }: Choice = {}, over: { format?: object } = {}) => {
  const entity = await house.db.entity.findFirstOrThrow({ where: { name } });
  const row = await makeExport(house, contoso.environment.id, {
    connectionId: destinationId,
    entities: [entity],
    ...over,
  });
  await house.db.exportEntity.updateMany({
    where: { exportId: row.id },
    data: { ...(Array.isArray(columns) && { columns }), ...(filter && { filter }) },
  });
  return row.id;
};
const ask = (exportId: string, name: string, client = contoso.asContributor) =>
  client(contract.previewExport, {
    params: { environmentId: contoso.environment.id, exportId },
    body: { entityId: entityIds[name] ?? '' },
    headers: { 'idempotency-key': newId() },
  });
const preview = async (name: string, choice?: Choice, over?: { format?: object }) => {
  const { status, body, text } = await ask(await define(name, choice, over), name);
  if (status !== 200) throw new Error(text);
  return body;
};

describe('a preview', () => {
  it('has the first rows of all files as they would be written', async () => {
    expect(await preview('Customer')).toEqual({
      entity: 'Customer',
      columns: ['Id', 'Name'],
      rows: [
        ['1', 'Ada'],
        ['2', canary],
        ['3', null],
      ],
      isPartial: false,
    });
    const columns = [{ name: 'Name', as: 'Called' }];
    const filter: contract.RowFilter = { match: 'all', of: [{ column: 'Id', is: 'lessThan', value: '2' }] };
    expect(await preview('Customer', { columns, filter })).toMatchObject({ columns: ['Called'], rows: [['Ada']] });
    expect(await preview('Empty')).toEqual({ entity: 'Empty', columns: ['Id', 'Name'], rows: [], isPartial: false });
  });

  it('reads the beginning of a long source only, and says so when that has fewer rows', async () => {
    const many = await preview('Many');
    expect([many.rows.length, many.isPartial]).toEqual([contract.previewRows, false]);
    const last: contract.RowFilter = { match: 'all', of: [{ column: 'Id', is: 'equals', value: '599999' }] };
    expect(await preview('Many', { filter: last })).toMatchObject({ rows: [], isPartial: true });
  });

  it('reads what is compressed, and what is written in another encoding', async () => {
    const packed = await preview('Packed');
    expect([packed.rows.length, packed.rows[0]]).toEqual([contract.previewRows, ['0', 'Packed']]);
    expect((await preview('Wide')).rows).toEqual([['1', 'Käse']]);
  });

  it('says what is wrong with a source that cannot be read: where, to admins only', async () => {
    const exportId = await define('Spoilt');
    const [asAdmin, asContributor] = [
      await ask(exportId, 'Spoilt', contoso.asAdmin),
      await ask(exportId, 'Spoilt', contoso.asContributor),
    ];
    for (const { problem } of [asAdmin, asContributor])
      expect(problem).toMatchObject({ status: 422, code: 'sourceUnreadable', detail: expect.stringMatching(/\.$/) });
    const gone = await define('Customer', { columns: [{ name: 'Email' }] });
    expect((await ask(gone, 'Customer')).problem?.detail).toMatch(/no column "Email" any more.*Edit the export/s);
  });

  it('is for who may run the export, and of what it sends', async () => {
    const exportId = await define('Customer');
    expect((await ask(exportId, 'Customer', contoso.asViewer)).status).toBe(403);
    const detached = await define('Customer');
    await house.db.export.update({ where: { id: detached }, data: { connectionId: null } });
    expect((await ask(detached, 'Customer', contoso.asContributor)).status).toBe(403);
    expect((await ask(newId(), 'Customer')).status).toBe(404);
    expect((await ask(exportId, 'Empty')).problem).toMatchObject({ status: 400, errors: [{ field: 'entityId' }] });
  });

  it('is kept nowhere: not as an answer, not in the log, not on the disk', async () => {
    const exportId = await define('Customer');
    const { body, headers } = await ask(exportId, 'Customer');
    expect(JSON.stringify(body)).toContain(canary);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(await house.db.idempotentRequest.count()).toBe(0);
    expect(house.logLines().join()).not.toContain(canary);
    const left = (await readdir(house.spool.folder, { recursive: true })).filter((name) => name !== 'spill');
    expect(left).toEqual([]);
  });
});
