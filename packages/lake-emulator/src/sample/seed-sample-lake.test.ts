import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_ACCOUNT } from '../accounts.ts';
import { type LakeEmulator, startLakeEmulator } from '../emulator.ts';
import { listNames, readFile, targetOf } from '../testing/target.ts';
import { toCsv } from './csv.ts';
import { makeSampleLake } from './sample-lake.ts';
import { type SampleLake, type SampleTarget, seedSampleLake } from './seed-sample-lake.ts';

/** A strict reader for what the generator writes. */
const parseCsv = (text: string, delimiter: string): string[][] => {
  const rows: string[][] = [];
  const row: string[] = [];
  const field = new RegExp(`(?:"((?:[^"]|"")*)"|([^"\\r\\n${delimiter}]*))(${delimiter}|\\r\\n)`, 'y');
  for (let match = field.exec(text); match; match = field.exec(text)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === '\r\n') rows.push(row.splice(0));
    if (field.lastIndex === text.length) return rows;
  }
  throw new Error(`not CSV near byte ${field.lastIndex}`);
};

type Model = {
  entities: {
    $type: string;
    name: string;
    attributes: { name: string }[];
    partitions: {
      location: string;
      annotations: { name: string; value: string }[];
      fileFormatSettings: { columnHeaders: boolean; delimiter: string };
    }[];
  }[];
};

let emulator: LakeEmulator;
let sample: SampleLake;
let target: SampleTarget;

beforeAll(async () => {
  emulator = await startLakeEmulator({ accounts: [DEMO_ACCOUNT] });
  target = { endpoint: emulator.endpointOf(DEMO_ACCOUNT.name), account: DEMO_ACCOUNT.name, key: DEMO_ACCOUNT.key };
  sample = await seedSampleLake(target);
}, 30_000);

afterAll(() => emulator.close());

const lake = () => targetOf(emulator, DEMO_ACCOUNT).lake.getFileSystemClient(sample.container);

/** All rows of an entity, found and read as its model.json says. */
const readEntity = async (process: string, name: string): Promise<{ columns: string[]; rows: string[][] }> => {
  const model = JSON.parse(await readFile(lake(), `${sample.folder}/${process}/model.json`)) as Model;
  const entity = model.entities.find((one) => one.name === name);
  if (!entity) throw new Error(`${name} is not in model.json`);
  const columns = entity.attributes.map((attribute) => attribute.name);
  const rows: string[][] = [];
  for (const { location, annotations, fileFormatSettings } of entity.partitions) {
    expect(location.startsWith(`${target.endpoint}/${sample.container}/`)).toBe(true);
    const path = decodeURIComponent(location.slice(`${target.endpoint}/${sample.container}/`.length));
    const parsed = parseCsv(await readFile(lake(), path), fileFormatSettings.delimiter);
    if (fileFormatSettings.columnHeaders) expect(parsed.shift()).toEqual(columns);
    expect(annotations).toEqual([{ name: 'rowCount', value: String(parsed.length) }]);
    rows.push(...parsed);
  }
  return { columns, rows };
};

describe('the sample lake', () => {
  it('has a folder per process and an empty container for exports', async () => {
    expect(sample.folder).toMatch(/^ci_[0-9a-f-]{36}$/);
    const folders = await listNames(lake(), { path: sample.folder, recursive: false });
    expect(folders).toEqual(
      ['activity/', 'measures/', 'profileStore/', 'seed.json', 'segmentation/'].map((one) => `${sample.folder}/${one}`),
    );
    const exports = targetOf(emulator, DEMO_ACCOUNT).lake.getFileSystemClient(sample.exportsContainer);
    expect(await listNames(exports)).toEqual([]);
  });

  it('has 20,000 customers with gaps and oddities', async () => {
    const { columns, rows } = await readEntity('profileStore', 'Customer');
    expect(rows).toHaveLength(20_000);
    expect(rows.every((row) => row.length === columns.length)).toBe(true);
    const column = (name: string) => rows.map((row) => row[columns.indexOf(name)] ?? '');
    const share = (values: string[], test: (value: string) => boolean) => values.filter(test).length / values.length;
    const isEmpty = (value: string) => value === '';
    expect(new Set(column('CustomerId')).size).toBe(20_000);
    expect(new Set(column('Country')).size).toBeGreaterThan(10);
    expect(share(column('Gender'), (value) => value === 'Female')).toBeGreaterThan(0.4);
    expect(share(column('BirthDate'), isEmpty)).toBeGreaterThan(0.03);
    expect(share(column('AnnualIncome'), isEmpty)).toBeGreaterThan(0.08);
    expect(share(column('Email'), isEmpty)).toBeGreaterThan(0.03);
    expect(column('BirthDate').every((value) => value === '' || /^\d{4}-\d{2}-\d{2}$/.test(value))).toBe(true);
    expect(column('Notes').some((value) => value.includes('\n'))).toBe(true);
    expect(column('Notes').some((value) => value.includes('"'))).toBe(true);
    expect(column('Street').some((value) => value.includes(','))).toBe(true);
    expect(column('FirstName').some((value) => /[\u3040-\u30ff\u4e00-\u9fff]/.test(value))).toBe(true);
  });

  it('has activities, segments and measures of those customers', async () => {
    const customers = new Set((await readEntity('profileStore', 'Customer')).rows.map(([id]) => id));
    for (const [process, name, at] of [
      ['activity', 'UnifiedActivity', 1],
      ['segmentation', 'HighValueCustomers', 0],
      ['segmentation', 'NorthernEurope', 0],
      ['measures', 'Customer_Measure', 0],
    ] as const) {
      const { rows } = await readEntity(process, name);
      expect(rows.length).toBeGreaterThan(500);
      expect(rows.every((row) => customers.has(row[at]))).toBe(true);
    }
  });
});

describe('seeding', () => {
  it('only looks when the sample is already there', async () => {
    const before = emulator.requests().length;
    expect(await seedSampleLake(target)).toEqual(sample);
    const since = emulator.requests().slice(before);
    expect(since.filter(({ method }) => method === 'PUT').map(({ path }) => path)).toEqual(['/exports']);
  });

  it('writes the same at every call', () => {
    const digest = () =>
      createHash('sha256')
        .update(JSON.stringify(makeSampleLake(300, (path) => `https://lake.example/${path}`)))
        .digest('hex');
    expect(digest()).toBe(digest());
    expect(makeSampleLake(300, (path) => path)[0]?.text.split('\r\n')[1]).toContain('Brianna,Jackson');
  });
});

describe('CSV', () => {
  it('quotes what needs it, by the delimiter in use', () => {
    expect(toCsv([['a,b', 'c;d', 'e"f', 'g\nh', undefined, 0, true]], ',')).toBe('"a,b",c;d,"e""f","g\nh",,0,true\r\n');
    expect(toCsv([['a,b', 'c;d']], ';')).toBe('a,b;"c;d"\r\n');
  });
});
