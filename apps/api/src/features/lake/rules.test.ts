import type { Catalog, CatalogEntity } from '@junction/cdm';
import { describe, expect, it } from 'vitest';
import { groupOf, readingOf } from './rules.ts';
import { formatInWords } from './views.ts';

const entity = (name: string, over: Partial<CatalogEntity> = {}): CatalogEntity => ({
  model: 'profileStore/model.json',
  name,
  columns: [{ name: 'Id', type: 'text', dataType: 'string' }],
  partitions: [],
  unknown: {},
  ...over,
});
const catalog = (entities: CatalogEntity[], over: Partial<Catalog> = {}): Catalog => ({
  models: [{ path: 'profileStore/model.json', entities: entities.length, unknown: {} }],
  entities,
  ...over,
});

describe('what is kept of a reading', () => {
  it('has no character that the database cannot keep, however deep, and no key twice because of that', async () => {
    const { entities } = await readingOf(
      catalog([
        entity('Customer\0', { description: 'half \ud83d', unknown: { 'a\0': ['b\0'] } }),
        entity('Customer', { description: 'the later one' }),
      ]),
    );
    expect(entities.map(({ name, description }) => [name, description])).toEqual([['Customer', 'the later one']]);
    const {
      entities: [kept],
    } = await readingOf(catalog([entity('A', { unknown: { 'a\0': ['b\0', 1, null, true] } })]));
    expect(kept?.unknown).toEqual({ a: ['b', 1, null, true] });
    expect((await readingOf(catalog([entity('A', { description: 'half \ud83d' })]))).entities[0]?.description).toBe(
      'half \ufffd',
    );
  });

  it('leaves out an entity whose key no index holds, and says so', async () => {
    const { entities, problem, isComplete } = await readingOf(catalog([entity('a'.repeat(2_400)), entity('Customer')]));
    expect(entities.map(({ name }) => name)).toEqual(['Customer']);
    expect(problem).toMatchObject({ code: 'namesTooLong', message: expect.stringContaining('One entity') });
    expect(isComplete).toBe(true);
  });

  it('counts columns and partitions, and takes no number that is none', async () => {
    const {
      entities: [kept],
    } = await readingOf(catalog([entity('A', { rowCount: 1e300, bytes: -1 })]));
    expect(kept).toMatchObject({ columnCount: 1, partitionCount: 0, rowCount: undefined, bytes: undefined });
  });

  it('takes nothing for gone that may be there', async () => {
    expect(await readingOf(catalog([]))).toMatchObject({ isComplete: true, unreadModels: [], problem: null });
    const problem = { code: 'tooManyFolders', message: 'Too many.' };
    expect(await readingOf(catalog([], { problem }))).toMatchObject({ isComplete: false, problem });
    const models = [
      { path: 'a/model.json', entities: 0, problem, unknown: {} },
      { path: 'b/model.json', entities: 1, problem, unknown: {} },
    ];
    expect(await readingOf(catalog([], { models }))).toMatchObject({
      isComplete: true,
      unreadModels: ['a/model.json'],
    });
  });

  it('gives others in the process their turn while there is much of it', async () => {
    let turns = 0;
    const other = setInterval(() => (turns += 1));
    const { entities } = await readingOf(catalog(Array.from({ length: 2_000 }, (_, index) => entity(`E${index}`))));
    clearInterval(other);
    expect(entities).toHaveLength(2_000);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('the group of an entity', () => {
  it('is the folder of its metadata file', () => {
    expect(['model.json', 'a/model.json', 'a/b/model.json'].map(groupOf)).toEqual(['', 'a', 'a/b']);
  });
});

describe('the format of a partition', () => {
  it('is told in words', () => {
    const csv = {
      type: 'csv',
      hasHeader: true,
      delimiter: ',',
      quoteStyle: '',
      csvStyle: '',
      encoding: 'UTF-8',
    } as const;
    expect(formatInWords(csv)).toBe('CSV, comma, with header, UTF-8');
    expect(formatInWords({ ...csv, delimiter: '~', hasHeader: false, compression: 'gzip' })).toBe(
      'CSV, separated by ~, without header, UTF-8, compressed with gzip',
    );
    expect(formatInWords({ type: 'parquet' })).toBe('Parquet');
    expect(formatInWords({ type: 'unknown', stated: 'is.orc' })).toBe('Unknown (is.orc)');
  });
});
