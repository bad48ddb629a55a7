import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnTypes } from './catalog.ts';
import { catalogLimits } from './limits.ts';
import { readCatalog } from './read-catalog.ts';
import { type Memory, memoryFiles } from './testing/memory-files.ts';
import { entity, model, partition } from './testing/models.ts';

const read = async (entities: unknown[], memory: Memory = {}, rest = {}) => {
  const files = memoryFiles({ 'ci/model.json': model(entities, rest), ...memory });
  return (await readCatalog(files, 'ci', new AbortController().signal)).entities;
};
const readOne = async (one: unknown, memory: Memory = {}, rest = {}) => {
  const [first] = await read([one], memory, rest);
  if (first === undefined) throw new Error('There is no entity.');
  return first;
};

describe('columns', () => {
  it('have a type for each data type of the schema, whatever its case', async () => {
    const dataTypes = [
      ['string', 'text'],
      ['INT64', 'integer'],
      ['double', 'decimal'],
      ['decimal', 'decimal'],
      ['Boolean', 'boolean'],
      ['date', 'date'],
      ['time', 'time'],
      ['dateTime', 'dateTime'],
      ['dateTimeOffset', 'dateTime'],
      ['guid', 'guid'],
      ['json', 'json'],
      ['unclassified', 'other'],
      ['geography', 'other'],
      ['', 'other'],
    ] as const;
    const attributes = dataTypes.map(([dataType], index) => ({ name: `c${index}`, dataType }));
    const { columns, problem } = await readOne(entity('A', { attributes }));
    expect(columns.map(({ type, dataType }) => [dataType, type])).toEqual(dataTypes);
    expect(new Set(columns.map(({ type }) => type))).toEqual(new Set(columnTypes));
    expect(problem).toBeUndefined();
  });

  it('keep their description', async () => {
    const attributes = [{ name: ' Id ', dataType: 'string', description: 'Who it is' }];
    const { columns } = await readOne(entity('A', { attributes }));
    expect(columns).toEqual([{ name: 'Id', type: 'text', dataType: 'string', description: 'Who it is' }]);
  });

  it('keep their place even where something is wrong with them, which is said', async () => {
    const named = (...names: unknown[]) =>
      entity('A', { attributes: names.map((name) => ({ name, dataType: 'string' })) });
    const unnamed = await readOne(named('a', undefined, 'c'));
    expect(unnamed.columns.map(({ name }) => name)).toEqual(['a', '', 'c']);
    expect(unnamed.problem).toMatchObject({ code: 'columnUnnamed', message: expect.stringContaining('Column 2') });
    const twice = await readOne(named('a', 'b', 'a'));
    expect(twice.columns).toHaveLength(3);
    expect(twice.problem).toMatchObject({ code: 'columnTwice', message: expect.stringContaining('"a"') });
    const strange = await readOne(entity('A', { attributes: [null, 'x', { name: 'c', dataType: 5 }] }));
    expect(strange.columns.map(({ name, type }) => [name, type])).toEqual([
      ['', 'other'],
      ['', 'other'],
      ['c', 'other'],
    ]);
    expect((await readOne(entity('A', { attributes: 'many' }))).problem?.code).toBe('columnsMissing');
  });

  it('are at most so many', async () => {
    const attributes = Array.from({ length: catalogLimits.columns + 1 }, (_, index) => ({ name: `c${index}` }));
    const { columns, problem } = await readOne(entity('A', { attributes }));
    expect(columns).toHaveLength(catalogLimits.columns);
    expect(problem?.code).toBe('tooManyColumns');
  });
});

describe('entities', () => {
  it('that only refer to others say where', async () => {
    const reference = { $type: 'ReferenceEntity', name: 'Contact', source: 'Person', modelId: 'm1' };
    const referenceModels = [{ id: 'm1', location: 'https://other.example/x/model.json?sv=1&sig=canary' }];
    const { problem, columns, partitions } = await readOne(reference, {}, { referenceModels });
    expect({ columns, partitions }).toEqual({ columns: [], partitions: [] });
    expect(problem).toMatchObject({
      code: 'referenceEntity',
      message: 'The entity only refers to "Person" in https://other.example/x/model.json.',
    });
    expect((await readOne(reference)).problem?.message).toContain('of the model m1');
  });

  it.each([undefined, 'localEntity', 'RemoteEntity', 5])('of the $type %j cannot be read', async ($type) => {
    expect((await readOne({ ...entity('A'), $type })).problem?.code).toBe('entityTypeUnknown');
  });

  it('of the same name are one, with a problem', async () => {
    const [first, second] = await read([
      entity('A', { description: 'first' }),
      entity('A', { description: 'second' }),
      entity('a'),
    ]);
    expect(first).toMatchObject({ description: 'first', problem: { code: 'entityTwice' } });
    expect(second).toMatchObject({ name: 'a' });
    expect(second?.problem).toBeUndefined();
  });

  it('may have any name', async () => {
    const names = ['__proto__', 'constructor', 'toString', ' Käse 東京 ', 'a.b"c', '<b>'];
    expect((await read(names.map((name) => entity(name)))).map(({ name }) => name)).toEqual(
      names.map((name) => name.trim()),
    );
    expect(({} as Record<string, unknown>).name).toBeUndefined();
  });

  it.each(['none', { location: 'a.csv' }, 0])(
    'have a problem when their partitions are no list: %j',
    async (partitions) => {
      const one = await readOne(entity('A', { partitions }));
      expect(one).toMatchObject({ partitions: [], problem: { code: 'partitionsUnlisted' } });
    },
  );

  it('without partitions are fine, and have no bytes', async () => {
    for (const partitions of [[], undefined, null]) {
      const one = await readOne(entity('A', { partitions }));
      expect(one).toMatchObject({ partitions: [], bytes: 0 });
      expect(one).not.toHaveProperty('problem');
      expect(one).not.toHaveProperty('rowCount');
      expect(one).not.toHaveProperty('refreshedAt');
    }
  });

  it('keep what no field is made from, but neither signatures nor keys that would change a prototype', async () => {
    const text = `{"$type":"LocalEntity","name":"A","attributes":[],"isHidden":true,
      "pbi:refreshPolicy":{"$type":"FullRefreshPolicy","location":"https://x.example/a.csv?sv=1&sig=canary%2B&se=2"},
      "__proto__":{"isAdmin":true},"nested":{"__proto__":{"isAdmin":true},"kept":[1,{"constructor":"x"}]}}`;
    const { unknown } = await readOne(JSON.parse(text));
    expect(Object.keys(unknown)).toEqual(['isHidden', 'pbi:refreshPolicy', 'nested']);
    expect(JSON.stringify(unknown)).not.toContain('canary');
    expect(unknown.nested).toEqual({ kept: [1, { constructor: 'x' }] });
    expect(Object.assign({}, unknown, unknown.nested)).not.toHaveProperty('isAdmin');
  });

  it('keep no signature, wherever a writer put a URL', async () => {
    const url = 'https://x.example/a.csv?sv=1&sig=canary%2B&se=2';
    const fileFormatSettings = { $type: `Csv ${url}`, delimiter: url, encoding: url };
    const one = entity(url, {
      description: url,
      [url]: url,
      attributes: [{ name: url, dataType: url, description: url }],
      partitions: [
        { name: url, location: url },
        { location: url, fileFormatSettings },
      ],
    });
    const linked = { $type: url, name: 'B', source: url, modelId: url };
    const text = model([one, linked], { name: url, [url]: url });
    const read = await readCatalog(memoryFiles({ 'model.json': text }), '', new AbortController().signal);
    expect(read.entities.map(({ name }) => name)).toEqual([url.replace('canary%2B', 'removed'), 'B']);
    expect(JSON.stringify(read)).not.toContain('canary');
  });

  it('keep as much of a description as a list can show', async () => {
    const description = 'x'.repeat(catalogLimits.description + 1);
    const attributes = [{ name: 'Id', dataType: 'string', description }];
    const one = await readOne(entity('A', { description, attributes }));
    expect([one.description, one.columns[0]?.description]).toEqual([description.slice(1), description.slice(1)]);
  });

  it('keep no endless nesting', async () => {
    const depth = 20_000;
    const nested = JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`);
    const { unknown } = await readOne(entity('A')).then(() => readOneText(nested));
    expect(JSON.stringify(unknown).length).toBeLessThan(1_000);
  });
});

/** JSON.stringify cannot write what JSON.parse can read, so the text is put together. */
const readOneText = async (nested: unknown) => {
  let depth = 0;
  for (let one = nested; Array.isArray(one); one = one[0]) depth += 1;
  const deep = `${'['.repeat(depth)}1${']'.repeat(depth)}`;
  const text = `{"version":"1.0","entities":[{"$type":"LocalEntity","name":"A","attributes":[],"deep":${deep}}]}`;
  const catalog = await readCatalog(memoryFiles({ 'model.json': text }), '', new AbortController().signal);
  return catalog.entities[0] ?? { unknown: undefined };
};

describe('rows', () => {
  const counted = (value: unknown, name = 'rowCount') => partition('a.csv', { annotations: [{ name, value }] });

  it.each([
    ['the entity', { annotations: [{ name: 'RowCount', value: '12' }] }, 12],
    ['the entity, as recordCount', { annotations: [{ name: 'x' }, { name: ' recordcount ', value: 12 }] }, 12],
    [
      'the entity, before its partitions',
      { annotations: [{ name: 'rowCount', value: '5' }], partitions: [counted(7)] },
      5,
    ],
    ['all partitions', { partitions: [counted('7'), counted(8, 'RECORDCOUNT')] }, 15],
    ['all partitions: none', { partitions: [counted('0')] }, 0],
  ])('are stated by %s', async (_, rest, rowCount) => {
    expect((await readOne(entity('A', rest), { 'ci/a.csv': 'x' })).rowCount).toBe(rowCount);
  });

  it.each([
    ['only some partitions', { partitions: [counted('7'), partition('a.csv')] }],
    ['a negative number', { partitions: [counted(-1)] }],
    ['a fraction', { partitions: [counted(1.5)] }],
    ['words', { partitions: [counted('about 7')] }],
    ['a number too large', { partitions: [counted('9007199254740993')] }],
    ['nothing', { annotations: [{ name: 'rowCount' }] }],
    ['no list', { annotations: { rowCount: 5 } }],
  ])('are not guessed from %s', async (_, rest) => {
    expect(await readOne(entity('A', rest), { 'ci/a.csv': 'x' })).not.toHaveProperty('rowCount');
  });
});

describe('any metadata', () => {
  it('is read without failing, to a catalog that JSON can hold and whose entities are told apart', async () => {
    const json = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(
          'LocalEntity',
          'CsvFormatSettings',
          '1.0',
          'a.csv',
          '../x',
          '%',
          'https://lake.example/files/a.csv',
        ),
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(
          fc.constantFrom(
            '$type',
            'name',
            'attributes',
            'partitions',
            'location',
            'fileFormatSettings',
            'annotations',
            'delimiter',
            'columnHeaders',
            'value',
            'refreshTime',
            'dataType',
            '__proto__',
          ),
          tie('value'),
        ),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.array(json.value, { maxLength: 5 }), async (some) => {
        const found = await read(
          [...some, ...some.map((one) => ({ ...entity('A'), ...(typeof one === 'object' ? one : {}) }))],
          { 'ci/a.csv': 'x' },
        );
        expect(JSON.parse(JSON.stringify(found))).toEqual(found);
        expect(new Set(found.map(({ name }) => name)).size).toBe(found.length);
      }),
      { numRuns: 200 },
    );
  });
});
