import { describe, expect, it } from 'vitest';
import { catalogLimits } from './limits.ts';
import { readCatalog } from './read-catalog.ts';
import { type Memory, memoryFiles, refusal } from './testing/memory-files.ts';
import { entity, model, partition } from './testing/models.ts';

const readFrom = async (folder: string, partitions: unknown[], memory: Memory = {}, failures = {}) => {
  const path = folder === '' ? 'model.json' : `${folder}/model.json`;
  const files = memoryFiles({ [path]: model([entity('A', { partitions })]), ...memory }, { failures });
  const catalog = await readCatalog(files, folder, new AbortController().signal);
  const [one] = catalog.entities;
  if (one === undefined) throw new Error('There is no entity.');
  return { ...one, asked: files.asked, text: JSON.stringify(catalog) };
};

const first = async (location: unknown, memory: Memory = {}, folder = 'ci') => {
  const { partitions, text } = await readFrom(folder, [{ name: 'P', location }], memory);
  return { ...partitions[0], text };
};

describe('a location', () => {
  it.each([
    ['a.csv', 'ci/a.csv'],
    ['Customer/a.csv', 'ci/Customer/a.csv'],
    ['./Customer//a.csv', 'ci/Customer/a.csv'],
    ['../other/a.csv', 'other/a.csv'],
    ['a%20b%2Bc.csv', 'ci/a b+c.csv'],
    ['a b+c.csv', 'ci/a b+c.csv'],
    ['K%C3%A4se/東京.csv', 'ci/Käse/東京.csv'],
    ['50%25.csv', 'ci/50%.csv'],
    ['a:b.csv', 'ci/a:b.csv'],
    ['2021-07-15T02:30.csv', 'ci/2021-07-15T02:30.csv'],
    ['https://lake.example/files/x/a%20b.csv', 'x/a b.csv'],
    ['https://lake.example/files/x/a.csv?snapshot=2018-11-14T19:37:51Z', 'x/a.csv'],
  ])('%s is %s', async (location, path) => {
    const found = await first(location, { [path]: 'four' });
    expect(found).toMatchObject({ path, bytes: 4, etag: `"${path}"`, modifiedAt: '2026-03-04T05:06:07.000Z' });
    expect(found).not.toHaveProperty('problem');
  });

  it('is relative to the folder of its model.json, at the top too', async () => {
    expect((await first('a.csv', { 'a.csv': 'x' }, '')).path).toBe('a.csv');
  });

  it.each([
    [undefined, 'locationMissing'],
    ['', 'locationMissing'],
    ['?sig=canary', 'locationMissing'],
    [5, 'locationMissing'],
    ['../../a.csv', 'locationOutside'],
    ['%2e%2e/%2e%2e/a.csv', 'locationOutside'],
    ['..%2f..%2fa.csv', 'locationOutside'],
    ['/files/a.csv', 'locationFromRoot'],
    ['\\a.csv', 'locationFromRoot'],
    ['100%.csv', 'locationMalformed'],
    ['a%ZZ.csv', 'locationMalformed'],
    ['a%00.csv', 'locationMalformed'],
    ['.', 'partitionIsFolder'],
    ['https://lake.example/files/100%.csv', 'locationMalformed'],
    ['https://other.example/files/a.csv?sv=1&sig=canary', 'partitionElsewhere'],
    ['https://ada:canary@other.example/files/a.csv', 'partitionElsewhere'],
    ['adl://store.example/a.csv#canary', 'partitionElsewhere'],
    ['gone.csv', 'partitionMissing'],
    ['no such folder/a.csv', 'partitionMissing'],
    ['Customer', 'partitionIsFolder'],
  ])('%j: %s', async (location, code) => {
    const found = await first(location, { 'ci/Customer/a.csv': 'x' });
    expect(found.problem).toMatchObject({ code, remedy: expect.any(String) });
    expect(found).not.toHaveProperty('bytes');
    expect(found.text).not.toContain('canary');
  });

  it('says in which other place it is', async () => {
    const { problem } = await first('https://other.example/files/a.csv?sig=canary');
    expect(problem?.message).toContain('"https://other.example/files/a.csv" is in another account (other)');
  });
});

describe('a format', () => {
  const formatOf = async (fileFormatSettings: unknown, location = 'a.csv') =>
    (await readFrom('', [partition(location, { fileFormatSettings })], { [location]: 'x' })).partitions[0];
  const csv = {
    type: 'csv',
    hasHeader: false,
    delimiter: ',',
    quoteStyle: 'QuoteStyle.Csv',
    csvStyle: 'CsvStyle.QuoteAlways',
    encoding: 'UTF-8',
  };

  it.each([[undefined], [null], [{ $type: 'CsvFormatSettings' }], [{ $type: 'CsvFormatSettings', delimiter: null }]])(
    'is CSV with the defaults that CDM documents: %j',
    async (settings) => expect(await formatOf(settings)).toMatchObject({ format: csv }),
  );

  it('is what is stated', async () => {
    const settings = {
      $type: 'CsvFormatSettings',
      columnHeaders: true,
      delimiter: '\t',
      quoteStyle: 'QuoteStyle.None',
      csvStyle: 'CsvStyle.QuoteAfterDelimiter',
      encoding: 'ASCII',
    };
    expect((await formatOf(settings))?.format).toEqual({
      type: 'csv',
      hasHeader: true,
      delimiter: '\t',
      quoteStyle: 'QuoteStyle.None',
      csvStyle: 'CsvStyle.QuoteAfterDelimiter',
      encoding: 'ASCII',
    });
    expect((await formatOf({ ...settings, columnHeaders: 'false' }))?.format).toMatchObject({ hasHeader: false });
    expect((await formatOf({ $type: 'ParquetFormatSettings' }, 'a.parquet'))?.format).toEqual({ type: 'parquet' });
  });

  it('is compressed when the name says so', async () => {
    expect((await formatOf(undefined, 'a.csv.gz'))?.format).toEqual({ ...csv, compression: 'gzip' });
    expect((await formatOf({ $type: 'CsvFormatSettings' }, 'A.CSV.GZ'))?.format).toEqual({
      ...csv,
      compression: 'gzip',
    });
  });

  it.each([
    [undefined, 'a.parquet', 'formatMissing'],
    [undefined, 'a.snappy.PARQUET', 'formatMissing'],
    [undefined, 'a.json', 'formatMissing'],
    [{ $type: 'JsonFormatSettings' }, 'a.json', 'formatUnknown'],
    [{ delimiter: ',' }, 'a.csv', 'formatUnknown'],
    ['CSV', 'a.csv', 'formatUnknown'],
    [{ $type: 'CsvFormatSettings', delimiter: '' }, 'a.csv', 'formatInvalid'],
    [{ $type: 'CsvFormatSettings', delimiter: 5 }, 'a.csv', 'formatInvalid'],
    [{ $type: 'CsvFormatSettings', columnHeaders: 'maybe' }, 'a.csv', 'formatInvalid'],
  ])('is not guessed: %j for %s is %s', async (settings, location, code) => {
    const found = await formatOf(settings, location);
    expect(found).toMatchObject({ format: { type: 'unknown' }, problem: { code } });
    expect(found?.bytes).toBe(1);
  });
});

describe('partitions', () => {
  it('are found with one listing for each folder, not further than needed', async () => {
    const locations = ['x/1.csv', 'x/2.csv', 'y/1.csv', 'x/3.csv'];
    const memory = Object.fromEntries(locations.map((location) => [`ci/${location}`, 'abc']));
    const { asked, bytes } = await readFrom(
      'ci',
      locations.map((location) => partition(location)),
      memory,
    );
    expect(asked.slice(2).sort()).toEqual(['list ci/x', 'list ci/y']);
    expect(bytes).toBe(12);
  });

  it('sum up to an entity, with the latest refresh', async () => {
    const partitions = [
      partition('a.csv', { refreshTime: '2021-07-15T02:30:00+00:00' }),
      partition('b.csv', { refreshTime: '2021-07-16T01:30:00+05:00' }),
      partition('b.csv', { refreshTime: 'soon' }),
    ];
    const one = await readFrom('', partitions, { 'a.csv': 5, 'b.csv': 7 });
    expect(one).toMatchObject({ bytes: 19, refreshedAt: '2021-07-15T20:30:00.000Z' });
    expect(one).not.toHaveProperty('problem');
    expect(one.partitions[2]).not.toHaveProperty('refreshTime');
  });

  it.each(['275760-09-13', '+012026-01-01T00:00:00Z', '-000001-01-01T00:00:00Z', '0000-01-01T00:00:00Z'])(
    'have no refresh at %s, which no database keeps',
    async (refreshTime) => {
      const one = await readFrom('', [partition('a.csv', { refreshTime })], { 'a.csv': 'x' });
      expect(one).not.toHaveProperty('refreshedAt');
      expect(one.partitions[0]).not.toHaveProperty('refreshTime');
    },
  );

  it('that cannot be read are a problem of their entity, which has no size then', async () => {
    const partitions = [partition('a.csv'), partition('b.csv', { name: 'Second' }), partition('c.csv')];
    const one = await readFrom('', partitions, { 'a.csv': 'x' });
    expect(one.problem).toEqual({
      code: 'partitionsUnreadable',
      message: '2 of 3 partitions cannot be read, the first being "Second": There is no file "b.csv".',
      remedy: expect.any(String),
    });
    expect(one).not.toHaveProperty('bytes');
  });

  it('that is the only one is named too', async () => {
    const one = await readFrom('', [partition('b.csv')]);
    expect(one.problem?.message).toBe('The only partition, "Part", cannot be read: There is no file "b.csv".');
  });

  it('have a name, by their file if need be', async () => {
    const { partitions } = await readFrom('', [{ location: 'x/a%20b.csv' }, {}], { 'x/a b.csv': 'x' });
    expect(partitions.map(({ name }) => name)).toEqual(['a b.csv', 'Partition 2']);
  });

  it('in a folder that storage refuses are spoiled, and no others', async () => {
    const memory = { 'x/a.csv': 'x', 'y/a.csv': 'x' };
    const failures = { 'list x': refusal('readRefused', 'Storage did not let Junction read "x".') };
    const { partitions } = await readFrom('', [partition('x/a.csv'), partition('y/a.csv')], memory, failures);
    expect(partitions.map(({ problem }) => problem?.code)).toEqual(['readRefused', undefined]);
  });

  it('end the reading where the store may come back', async () => {
    const failures = { 'list x': Object.assign(new Error('busy'), { isTransient: true, code: 'throttled' }) };
    await expect(readFrom('', [partition('x/a.csv')], {}, failures)).rejects.toThrow('busy');
  });

  it('are at most so many, in so many folders', async () => {
    const many = Array.from({ length: catalogLimits.partitions + 1 }, (_, index) => partition(`${index}/a.csv`));
    const counted = many.map((one) => ({ ...one, annotations: [{ name: 'rowCount', value: '1' }] }));
    const memory = Object.fromEntries(many.map(({ location }) => [String(location), 1]));
    const one = await readFrom('', counted.slice(0, 1), {});
    expect(one.problem?.code).toBe('partitionsUnreadable');
    const files = memoryFiles({ ...memory, 'model.json': model([entity('A', { partitions: counted })]) });
    // A listing of this store walks through all of its files.
    files.list = async function* (folder) {
      files.asked.push(`list ${folder}`);
      const path = folder === '' ? 'model.json' : `${folder}/a.csv`;
      const name = path.split('/').at(-1) ?? '';
      yield { name, path, isFolder: false, bytes: 1, etag: '"1"', modifiedAt: '2026-03-04T05:06:07Z' };
    };
    const catalog = await readCatalog(files, '', new AbortController().signal);
    const [all] = catalog.entities;
    expect(all?.problem?.code).toBe('tooManyPartitions');
    expect(all?.partitions).toHaveLength(catalogLimits.partitions);
    expect(all).not.toHaveProperty('bytes');
    expect(all).not.toHaveProperty('rowCount');
    expect(files.asked.length).toBe(1 + 1 + catalogLimits.partitionFolders);
    expect(all?.partitions.at(-1)?.problem?.code).toBe('tooManyFolders');
  });
});
