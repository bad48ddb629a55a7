import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogLimits } from './limits.ts';
import { readCatalog } from './read-catalog.ts';
import { type Memory, memoryFiles } from './testing/memory-files.ts';
import { model, entity as modelEntity } from './testing/models.ts';

type Json = Record<string, unknown>;

const csv = (...given: [string, unknown][]) => [
  {
    traitReference: 'is.partition.format.CSV',
    arguments: given.map(([name, value]) => ({ name, value })),
  },
];
const headers = csv(['columnHeaders', 'true'], ['delimiter', ';']);

const manifest = (entities: unknown, rest: Json = {}) =>
  JSON.stringify({ manifestName: 'default', jsonSchemaSemanticVersion: '1.0.0', entities, ...rest });

const entity = (entityName: string, rest: Json = {}): Json => ({
  type: 'LocalEntity',
  entityName,
  entityPath: `${entityName}.cdm.json/${entityName}`,
  ...rest,
});

const definition = (entityName: string, rest: Json = {}) =>
  JSON.stringify({
    jsonSchemaSemanticVersion: '1.0.0',
    definitions: [
      {
        entityName,
        extendsEntity: 'CdmEntity',
        hasAttributes: [{ name: 'Id', dataFormat: 'Int64' }],
        ...rest,
      },
    ],
  });

const read = (memory: Memory, options = {}) =>
  readCatalog(memoryFiles(memory, options), 'ci', new AbortController().signal);

const readOne = async (rest: Json, defined: Json = {}, memory: Memory = {}) => {
  const { entities } = await read({
    'ci/default.manifest.cdm.json': manifest([entity('Account', rest)]),
    'ci/Account.cdm.json': definition('Account', defined),
    ...memory,
  });
  const [first] = entities;
  if (first === undefined) throw new Error('There is no entity.');
  return first;
};

const columnsOf = async (hasAttributes: unknown, rest: Json = {}) => readOne({}, { hasAttributes, ...rest });

describe('a manifest', () => {
  it('gives entities with columns from their definitions and partitions of their own', async () => {
    const { models, entities, problem } = await read({
      'ci/default.manifest.cdm.json': manifest(
        [
          entity('Account', {
            explanation: 'Who buys',
            dataPartitions: [
              {
                name: 'first',
                location: 'Account/part%201.csv',
                lastFileModifiedTime: '2026-02-03T04:05:06Z',
                exhibitsTraits: ['is.partition.culture', ...headers],
              },
              { location: 'local:/Account/2.parquet', exhibitsTraits: ['is.partition.format.parquet'] },
            ],
          }),
        ],
        { lastFileModifiedTime: '2026-02-03T04:05:06Z' },
      ),
      'ci/Account.cdm.json': definition('Account', {
        hasAttributes: [
          { name: 'Id', dataFormat: 'Guid' },
          { name: 'Name', dataType: 'name', description: 'As on the sign' },
          { name: 'Since', dataType: { dataTypeReference: 'date', appliedTraits: [] } },
        ],
      }),
      'ci/Account/part 1.csv': 12,
      'ci/Account/2.parquet': 30,
    });
    expect(problem).toBeUndefined();
    expect(models).toEqual([
      {
        path: 'default.manifest.cdm.json',
        name: 'default',
        modifiedAt: '2026-02-03T04:05:06.000Z',
        entities: 1,
        unknown: expect.any(Object),
      },
    ]);
    expect(entities).toEqual([
      {
        model: 'default.manifest.cdm.json',
        name: 'Account',
        description: 'Who buys',
        columns: [
          { name: 'Id', type: 'guid', dataType: 'guid' },
          { name: 'Name', type: 'text', dataType: 'string', description: 'As on the sign' },
          { name: 'Since', type: 'date', dataType: 'date' },
        ],
        partitions: [
          expect.objectContaining({
            name: 'first',
            path: 'ci/Account/part 1.csv',
            bytes: 12,
            format: expect.objectContaining({ type: 'csv', hasHeader: true, delimiter: ';', encoding: 'UTF-8' }),
          }),
          expect.objectContaining({ path: 'ci/Account/2.parquet', bytes: 30, format: { type: 'parquet' } }),
        ],
        bytes: 42,
        refreshedAt: '2026-02-03T04:05:06.000Z',
        unknown: {},
      },
    ]);
  });

  it('is not read beside a model.json, which says the same', async () => {
    const { models } = await read({
      'ci/model.json': model([modelEntity('A')]),
      'ci/default.manifest.cdm.json': manifest([entity('Account')]),
    });
    expect(models.map(({ path }) => path)).toEqual(['model.json']);
  });

  it('of another name is read where there is no default one, and in folders below', async () => {
    const { models } = await read({
      'ci/sales/Sales.manifest.cdm.json': manifest([]),
      'ci/sales/other.manifest.cdm.json': manifest([]),
      'ci/crm/default.manifest.cdm.json': manifest([]),
      'ci/crm/more.manifest.cdm.json': manifest([]),
      'ci/plain/manifest.cdm.json': manifest([]),
    });
    expect(models.map(({ path }) => path)).toEqual([
      'crm/default.manifest.cdm.json',
      'plain/manifest.cdm.json',
      'sales/Sales.manifest.cdm.json',
      'sales/other.manifest.cdm.json',
    ]);
  });

  it('leads to others, each of which is read once', async () => {
    const { models, entities } = await read({
      'ci/default.manifest.cdm.json': manifest(undefined, {
        subManifests: [
          { manifestName: 'sub', definition: 'sub/sub.manifest.cdm.json' },
          { definition: 'local:/sub/sub.manifest.cdm.json' },
          { definition: 'gone/gone.manifest.cdm.json' },
        ],
      }),
      'ci/sub/sub.manifest.cdm.json': manifest([entity('Account')], {
        subManifests: [{ definition: '../default.manifest.cdm.json' }],
      }),
      'ci/sub/Account.cdm.json': definition('Account'),
    });
    expect(models.map(({ path, problem }) => [path, problem?.code])).toEqual([
      ['default.manifest.cdm.json', undefined],
      ['sub/sub.manifest.cdm.json', undefined],
      ['gone/gone.manifest.cdm.json', 'fileMissing'],
    ]);
    expect(entities.map(({ model, name, columns }) => [model, name, columns.length])).toEqual([
      ['sub/sub.manifest.cdm.json', 'Account', 1],
    ]);
  });

  it('leads to so many others at most', async () => {
    const subManifests = Array.from({ length: catalogLimits.manifests + 5 }, (_, index) => ({
      definition: `${index}.manifest.cdm.json`,
    }));
    const { models } = await read({ 'ci/default.manifest.cdm.json': manifest([], { subManifests }) });
    expect(models.at(-1)?.problem?.code).toBe('tooManyManifests');
    expect(models.length).toBeLessThanOrEqual(catalogLimits.manifests);
  });

  it.each([
    ['{}', 'entitiesMissing'],
    ['[]', 'notCdm'],
    ['{', 'notJson'],
    [new Uint8Array([0xff, 0xfe, 0x00]), 'notUtf8'],
  ])('that is %s says what is wrong', async (text, code) => {
    const { models } = await read({ 'ci/default.manifest.cdm.json': text });
    expect(models.map(({ problem }) => problem?.code)).toEqual([code]);
  });
});

describe('the columns of a definition', () => {
  it('are those of groups too, in their order', async () => {
    const { columns, problem } = await columnsOf([
      { name: 'a', dataFormat: 'String' },
      {
        attributeGroupReference: {
          attributeGroupName: 'attributesAddedAtThisScope',
          members: [
            { name: 'b', dataType: 'integer' },
            {
              attributeGroupReference: { attributeGroupName: 'inner', members: [{ name: 'c', dataType: 'currency' }] },
            },
          ],
        },
      },
      { name: 'd', dataType: 'listLookup' },
    ]);
    expect(columns.map(({ name, type, dataType }) => [name, type, dataType])).toEqual([
      ['a', 'text', 'string'],
      ['b', 'integer', 'int64'],
      ['c', 'decimal', 'decimal'],
      ['d', 'other', 'listLookup'],
    ]);
    expect(problem).toBeUndefined();
  });

  it.each([
    ['a group elsewhere', [{ attributeGroupReference: 'someGroup' }], {}],
    ['a name', ['someGroup'], {}],
    ['another entity', [{ name: 'owner', entity: { entityReference: 'User' } }], {}],
    ['a base', [{ name: 'a', dataType: 'string' }], { extendsEntity: 'Party' }],
    ['a base elsewhere', [], { extendsEntity: { entityReference: 'cdm:/core/Party' } }],
  ])('that come from %s cannot be known', async (_, hasAttributes, rest) => {
    const { problem, columns } = await columnsOf(hasAttributes, rest);
    expect(problem).toMatchObject({ code: 'columnsUnresolved', remedy: expect.stringContaining('resolved') });
    expect(columns).toEqual([]);
  });

  it('that are not there, unnamed or too many are told', async () => {
    expect((await columnsOf(undefined)).problem?.code).toBe('columnsMissing');
    expect((await columnsOf([{ dataType: 'string' }, 5])).problem?.code).toBe('columnUnnamed');
    const many = Array.from({ length: catalogLimits.columns + 10 }, (_, index) => ({ name: `c${index}` }));
    expect((await columnsOf(many)).problem?.code).toBe('tooManyColumns');
  });

  it.each([
    ['cdm:/core/Account.cdm.json/Account', 'not in this store'],
    ['https://other.example/x/Account.cdm.json/Account', 'one container only'],
    ['Gone.cdm.json/Account', 'There is no file'],
    ['Account.cdm.json/Other', 'no entity "Other"'],
    ['../../Account.cdm.json/Account', 'leads out of the container'],
    ['', 'does not say where'],
  ])('cannot be known from %s', async (entityPath, words) => {
    const { problem } = await readOne({ entityPath });
    expect(problem).toMatchObject({ code: 'definitionUnreadable', message: expect.stringContaining(words) });
  });

  it('may be read from the folder above', async () => {
    const { columns, problem } = await readOne(
      { entityPath: '../schema/Account.cdm.json/Account' },
      {},
      { 'schema/Account.cdm.json': definition('Account', { hasAttributes: [{ name: 'there' }] }) },
    );
    expect([columns.map(({ name }) => name), problem]).toEqual([['there'], undefined]);
  });

  it('end the reading where the store may answer later', async () => {
    const reading = read(
      { 'ci/default.manifest.cdm.json': manifest([entity('Account')]), 'ci/Account.cdm.json': definition('Account') },
      { failures: { 'read ci/Account.cdm.json': new Error('throttled') } },
    );
    await expect(reading).rejects.toThrow('throttled');
  });
});

describe('patterns of partitions', () => {
  const pattern = (rest: Json) => ({ dataPartitionPatterns: [{ name: 'all', exhibitsTraits: headers, ...rest }] });
  const files: Memory = {
    'ci/Account/2026/01/a.csv': 1,
    'ci/Account/2026/02/b c.csv': 2,
    'ci/Account/_SUCCESS': 0,
    'ci/Account/top.csv': 4,
    'ci/Contact/x.csv': 8,
  };
  const found = async (rest: Json) => (await readOne(pattern(rest), {}, files)).partitions.map(({ path }) => path);

  it('find files at the time of reading, in the order of their paths', async () => {
    expect(await found({ rootLocation: 'Account/', globPattern: '**/*.csv' })).toEqual([
      'ci/Account/2026/01/a.csv',
      'ci/Account/2026/02/b c.csv',
      'ci/Account/top.csv',
    ]);
    expect(await found({ rootLocation: 'Account', globPattern: '*.csv' })).toEqual(['ci/Account/top.csv']);
    expect(await found({ globPattern: '/Contact/*.csv' })).toEqual(['ci/Contact/x.csv']);
    expect(await found({ rootLocation: 'Account', globPattern: '*.parquet' })).toEqual([]);
  });

  it('find files beside the folder of the manifest', async () => {
    const { partitions, bytes } = await readOne(
      pattern({ rootLocation: '../data', globPattern: '*.csv' }),
      {},
      { 'data/100%.csv': 5 },
    );
    expect(partitions).toEqual([expect.objectContaining({ path: 'data/100%.csv', name: '100%.csv' })]);
    expect(bytes).toBe(5);
  });

  it.each([
    [{ rootLocation: 'Account', regularExpression: '.*' }, 'patternUnreadable'],
    [{ rootLocation: 'Gone', globPattern: '*' }, 'folderMissing'],
    [{ rootLocation: '../../x', globPattern: '*' }, 'locationOutside'],
  ])('that cannot be followed are told: %j', async (rest, code) => {
    expect((await readOne(pattern(rest), {}, files)).problem?.code).toBe(code);
  });

  it('that go too deep are told', async () => {
    const deep = `ci/Account/${Array.from({ length: catalogLimits.patternDepth + 1 }, (_, index) => index).join('/')}/x.csv`;
    const { problem } = await readOne(pattern({ rootLocation: 'Account', globPattern: '**/*.csv' }), {}, { [deep]: 1 });
    expect(problem?.code).toBe('patternTooDeep');
  });

  it('that find too many files are told', async () => {
    const many = Object.fromEntries(
      Array.from({ length: catalogLimits.partitions + 1 }, (_, index) => [`ci/Account/${index}.csv`, 1]),
    );
    const { problem } = await readOne(pattern({ rootLocation: 'Account', globPattern: '*' }), {}, many);
    expect(problem?.code).toBe('tooManyPartitions');
  });
});

it('says of an entity that only refers to another one where that is', async () => {
  const { problem } = await readOne({ type: 'ReferencedEntity', entityPath: 'other/x.manifest.cdm.json/Account' });
  expect(problem).toMatchObject({ code: 'referenceEntity' });
});

it('takes partitions that are no list for a mistake, not for an entity without rows', async () => {
  expect((await readOne({ dataPartitions: { location: 'a.csv' } })).problem?.code).toBe('partitionsUnlisted');
});

it('keeps no signature', async () => {
  const { entities } = await read({
    'ci/default.manifest.cdm.json': manifest([
      entity('Account', {
        entityPath: 'https://lake.example/files/x?sig=secret/Account',
        dataPartitions: [{ location: 'https://lake.example/files/a.csv?sv=1&sig=secret', exhibitsTraits: headers }],
      }),
    ]),
  });
  expect(JSON.stringify(entities)).not.toContain('secret');
});

it('gives a catalog for whatever the files hold', async () => {
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(
      'Account.cdm.json/Account',
      'is.partition.format.CSV',
      '**/*.csv',
      'LocalEntity',
      'local:/',
    ),
  );
  const some = (...keys: string[]) =>
    fc.record(Object.fromEntries(keys.map((key) => [key, odd])), { requiredKeys: [] });
  const list = <T>(one: fc.Arbitrary<T>) => fc.oneof(fc.array(one, { maxLength: 3 }), odd);
  const partitions = list(some('name', 'location', 'exhibitsTraits', 'refreshTime'));
  const patterns = list(some('name', 'rootLocation', 'globPattern', 'exhibitsTraits'));
  const entities = list(
    fc
      .tuple(some('type', 'entityName', 'entityPath', 'explanation'), partitions, patterns)
      .map(([one, dataPartitions, dataPartitionPatterns]) => ({ ...one, dataPartitions, dataPartitionPatterns })),
  );
  const attributes = list(
    fc.oneof(odd, some('name', 'dataType', 'dataFormat', 'entity', 'attributeGroupReference', 'description')),
  );
  await fc.assert(
    fc.asyncProperty(entities, list(some('definition')), attributes, async (given, subManifests, hasAttributes) => {
      const { models } = await read({
        'ci/default.manifest.cdm.json': manifest(given, { subManifests }),
        'ci/Account.cdm.json': definition('Account', { hasAttributes }),
      });
      expect(models.length).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});
