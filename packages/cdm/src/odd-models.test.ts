import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Catalog, type CatalogProblem, columnTypes } from './catalog.ts';
import { readCatalog } from './read-catalog.ts';
import { type Memory, memoryFiles } from './testing/memory-files.ts';
import { type Json, oddDocument } from './testing/odd-json.ts';

/** Every word for what can be wrong with metadata itself. */
const problemCodes = new Set([
  'columnTwice',
  'columnUnnamed',
  'columnsMissing',
  'columnsUnresolved',
  'definitionUnreadable',
  'entitiesMissing',
  'entitiesUnnamed',
  'entityTwice',
  'entityTypeUnknown',
  'folderMissing',
  'formatInvalid',
  'formatMissing',
  'formatUnknown',
  'locationFromRoot',
  'locationMalformed',
  'locationMissing',
  'locationOutside',
  'noMetadata',
  'notCdm',
  'notJson',
  'notUtf8',
  'partitionElsewhere',
  'partitionIsFolder',
  'partitionMissing',
  'partitionsUnlisted',
  'partitionsUnreadable',
  'fileMissing',
  'patternUnreadable',
  'referenceEntity',
  'versionUnsupported',
]);

const model: Json = {
  name: 'profileStore',
  version: '1.0',
  culture: 'en-US',
  modifiedTime: '2021-07-15T02:25:00Z',
  annotations: [{ name: 'pbi:QueryGroups', value: '[]' }],
  entities: [
    {
      $type: 'LocalEntity',
      name: 'Customer',
      description: 'Unified customer profiles',
      annotations: [{ name: 'rowCount', value: '20000' }],
      attributes: [
        { name: 'CustomerId', dataType: 'string' },
        { name: 'BirthDate', dataType: 'dateTime', description: 'By the calendar' },
        { name: 'Income', dataType: 'decimal' },
      ],
      partitions: [
        {
          name: 'Customer_1',
          location: 'https://lake.example/files/ci/Customer/1.csv?sv=1&sig=canary%3D',
          refreshTime: '2021-07-15T02:25:00Z',
          fileFormatSettings: { $type: 'CsvFormatSettings', columnHeaders: true, delimiter: ',' },
        },
        { name: 'Customer_2', location: 'Customer/2.csv' },
      ],
    },
    { $type: 'ReferenceEntity', name: 'Linked', source: 'Products', modelId: '12/34' },
  ],
  referenceModels: [{ id: '12/34', location: 'https://lake.example/files/other/model.json?sig=canary' }],
};

const csvTrait: Json = {
  traitReference: 'is.partition.format.CSV',
  arguments: [
    { name: 'columnHeaders', value: 'true' },
    { name: 'delimiter', value: ';' },
  ],
};

const manifest: Json = {
  manifestName: 'default',
  jsonSchemaSemanticVersion: '1.0.0',
  lastFileModifiedTime: '2021-07-15T02:25:00Z',
  entities: [
    {
      type: 'LocalEntity',
      entityName: 'Customer',
      entityPath: 'Customer.cdm.json/Customer',
      dataPartitions: [{ name: '1', location: 'Customer/1.csv', exhibitsTraits: [csvTrait] }],
      dataPartitionPatterns: [
        {
          name: 'all',
          rootLocation: 'Customer',
          globPattern: '**/*.csv',
          exhibitsTraits: ['is.partition.culture', csvTrait],
        },
      ],
    },
    { type: 'ReferenceEntity', entityName: 'Linked', entityPath: 'Other.manifest.cdm.json/Linked' },
  ],
  subManifests: [{ manifestName: 'more', definition: 'more.manifest.cdm.json' }],
};

const definition: Json = {
  jsonSchemaSemanticVersion: '1.0.0',
  definitions: [
    {
      entityName: 'Customer',
      extendsEntity: 'CdmEntity',
      hasAttributes: [
        { name: 'CustomerId', dataFormat: 'String' },
        { name: 'BirthDate', dataType: { dataTypeReference: 'dateTime' } },
        { attributeGroupReference: { attributeGroupName: 'g', members: [{ name: 'Income', dataType: 'currency' }] } },
      ],
    },
  ],
};

const files: Memory = { 'ci/Customer/1.csv': 'a', 'ci/Customer/2.csv': 'b' };

const problemsOf = ({ problem, models, entities }: Catalog): CatalogProblem[] => [
  ...(problem ? [problem] : []),
  ...models.flatMap((one) => one.problem ?? []),
  ...entities.flatMap((one) => [
    ...(one.problem ? [one.problem] : []),
    ...one.partitions.flatMap((part) => part.problem ?? []),
  ]),
];

const isSentence = (text: string): boolean =>
  /^["\p{Lu}\p{N}][\s\S]*[.]$/u.test(text) && !/undefined|\[object/.test(text);

/** What holds of a catalog whatever the metadata is. */
const expectSound = (catalog: Catalog): void => {
  for (const { code, message, remedy } of problemsOf(catalog)) {
    expect(problemCodes).toContain(code);
    expect(message).toSatisfy(isSentence);
    if (remedy !== undefined) expect(remedy).toSatisfy(isSentence);
  }
  const keys = catalog.entities.map(({ model: path, name }) => JSON.stringify([path, name]));
  expect(new Set(keys).size).toBe(keys.length);
  const modelPaths = new Set(catalog.models.map(({ path }) => path));
  for (const { model: path, name, columns, partitions } of catalog.entities) {
    expect(modelPaths).toContain(path);
    expect(name).not.toBe('');
    for (const { type } of columns) expect(columnTypes).toContain(type);
    for (const part of partitions) expect(part.path !== undefined || part.problem !== undefined).toBe(true);
  }
  expect(catalog.models.length > 0 || catalog.problem !== undefined).toBe(true);
  const [leak] = /.{0,60}sig(=|%3D)canary.{0,20}/i.exec(JSON.stringify(catalog)) ?? [];
  expect(leak).toBeUndefined();
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
};

const read = (memory: Memory): Promise<Catalog> => readCatalog(memoryFiles(memory), 'ci', new AbortController().signal);

const bounds = { numRuns: 300 };

it('reads any model.json that something is wrong with, and says what', async () => {
  await fc.assert(
    fc.asyncProperty(oddDocument(model), async (text) => expectSound(await read({ ...files, 'ci/model.json': text }))),
    bounds,
  );
});

it('reads any manifest and any definition that something is wrong with, and says what', async () => {
  await fc.assert(
    fc.asyncProperty(
      oddDocument(manifest),
      oddDocument(manifest),
      oddDocument(definition),
      async (text, more, defined) =>
        expectSound(
          await read({
            ...files,
            'ci/default.manifest.cdm.json': text,
            'ci/more.manifest.cdm.json': more,
            'ci/Customer.cdm.json': defined,
          }),
        ),
    ),
    bounds,
  );
});

it('reads the sound ones without a problem of their own', async () => {
  const sound = await read({ ...files, 'ci/model.json': JSON.stringify(model) });
  expect(problemsOf(sound).map(({ code }) => code)).toEqual(['referenceEntity']);
  const manifests = await read({
    ...files,
    'ci/default.manifest.cdm.json': JSON.stringify(manifest),
    'ci/more.manifest.cdm.json': JSON.stringify({ ...(manifest as object), entities: [], subManifests: [] }),
    'ci/Customer.cdm.json': JSON.stringify(definition),
  });
  expect(problemsOf(manifests).map(({ code }) => code)).toEqual(['referenceEntity']);
});

it('says nothing of a signature where a URL stands for a name', async () => {
  const url = 'https://lake.example/files/a.json?sig=canary%3D';
  const memory = { ...files, 'ci/default.manifest.cdm.json': JSON.stringify(manifest) };
  for (const odd of [{ extendsEntity: url }, { extendsEntity: 'CdmEntity', hasAttributes: [url] }]) {
    const defined = JSON.stringify({ definitions: [{ entityName: 'Customer', ...odd }] });
    const catalog = await read({ ...memory, 'ci/Customer.cdm.json': defined });
    expect(problemsOf(catalog).map(({ code }) => code)).toContain('columnsUnresolved');
    expect(JSON.stringify(catalog)).not.toContain('canary');
  }
});
