import { describe, expect, it } from 'vitest';
import { readCatalog } from './read-catalog.ts';
import { memoryFiles } from './testing/memory-files.ts';

// Metadata in the shape that others write it, made up but for the keys.

const signal = new AbortController().signal;

const dataflow = {
  name: 'Orders and Products',
  description: '',
  version: '1.0',
  culture: 'en-US',
  modifiedTime: '2018-11-14T19:37:55.5707092+00:00',
  'pbi:mashup': {
    fastCombine: true,
    queriesMetadata: { Orders: { queryId: 'q', loadEnabled: true } },
    document: 'section Section1;',
  },
  annotations: [{ name: 'pbi:QueryGroups', value: '[]' }],
  entities: [
    {
      $type: 'LocalEntity',
      name: 'Orders',
      description: '',
      'pbi:refreshPolicy': { $type: 'FullRefreshPolicy', location: 'Orders.csv' },
      annotations: [{ name: 'pbi:EntityTypeDisplayHint', value: 'Table' }],
      attributes: [
        { name: 'OrderID', dataType: 'int64' },
        { name: 'OrderDate', dataType: 'dateTime', 'cdm:traits': [] },
        { name: 'Freight', dataType: 'decimal' },
      ],
      partitions: [
        {
          name: 'FullRefreshPolicyPartition',
          refreshTime: '2018-11-14T19:37:51.756186+00:00',
          location:
            'https://dataflows.blob.core.windows.net/powerbi/Sales%20%26%20more/Orders/Orders.csv.snapshots/Orders.csv%402018-11-14T19%3A37%3A51.7526830Z?sv=2018-03-28&sr=b&sig=canary%3D&se=9999',
        },
      ],
    },
    {
      $type: 'LocalEntity',
      name: 'Computed',
      attributes: [{ name: 'a', dataType: 'unclassified' }],
      partitions: [],
    },
    { $type: 'ReferenceEntity', name: 'Linked', source: 'Products', modelId: '12/34' },
  ],
  referenceModels: [
    { id: '12/34', location: 'https://dataflows.blob.core.windows.net/powerbi/Other/model.json?sig=canary' },
  ],
};

describe('a dataflow of Power BI', () => {
  it('is read: no format settings, snapshots, linked entities, and never a signature', async () => {
    const path = 'Sales & more/Orders/Orders.csv.snapshots/Orders.csv@2018-11-14T19:37:51.7526830Z';
    const files = memoryFiles(
      { 'Sales & more/model.json': JSON.stringify(dataflow), [path]: 120 },
      { url: 'https://dataflows.blob.core.windows.net/powerbi' },
    );
    const catalog = await readCatalog(files, '', signal);
    expect(catalog.models).toMatchObject([
      { path: 'Sales & more/model.json', name: 'Orders and Products', entities: 3 },
    ]);
    const [orders, computed, linked] = catalog.entities;
    expect(orders).toMatchObject({
      bytes: 120,
      refreshedAt: '2018-11-14T19:37:51.756Z',
      columns: [{ type: 'integer' }, { type: 'dateTime' }, { type: 'decimal' }],
      partitions: [{ path, format: { type: 'csv', hasHeader: false, csvStyle: 'CsvStyle.QuoteAlways' } }],
      unknown: { 'pbi:refreshPolicy': { location: 'Orders.csv' } },
    });
    expect(orders).not.toHaveProperty('problem');
    expect(computed).toMatchObject({ bytes: 0, columns: [{ type: 'other', dataType: 'unclassified' }] });
    expect(linked?.problem?.code).toBe('referenceEntity');
    expect(JSON.stringify(catalog)).not.toContain('canary');
  });
});

describe('the output of audience insights', () => {
  it('is read: a folder for each process, URLs of both hosts, headers', async () => {
    const lake = 'https://contosolake.dfs.core.windows.net/customerinsights';
    const folder = 'ci_3f1c8b52/segmentation';
    const settings = {
      $type: 'CsvFormatSettings',
      columnHeaders: true,
      delimiter: ',',
      quoteStyle: 'QuoteStyle.Csv',
      csvStyle: 'CsvStyle.QuoteAfterDelimiter',
      encoding: 'UTF-8',
    };
    const file = (number: number) => ({
      name: `HighValue_${number}`,
      refreshTime: `2021-07-1${number}T02:30:00+00:00`,
      location: `${lake}/${folder}/High%20Value/HighValue_${number}.csv`,
      annotations: [{ name: 'rowCount', value: '5000' }],
      fileFormatSettings: settings,
    });
    const model = {
      name: 'segmentation',
      version: '1.0',
      entities: [
        {
          $type: 'LocalEntity',
          name: 'High Value',
          attributes: [{ name: 'CustomerId', dataType: 'string' }],
          partitions: [file(1), file(2)],
        },
      ],
    };
    const files = memoryFiles(
      {
        [`${folder}/model.json`]: JSON.stringify(model),
        [`${folder}/High Value/HighValue_1.csv`]: 1_000,
        [`${folder}/High Value/HighValue_2.csv`]: 2_000,
        'ci_3f1c8b52/seed.json': '{}',
      },
      { url: lake },
    );
    const { entities, problem } = await readCatalog(files, 'ci_3f1c8b52', signal);
    expect(problem).toBeUndefined();
    expect(entities).toMatchObject([
      {
        model: 'segmentation/model.json',
        rowCount: 10_000,
        bytes: 3_000,
        refreshedAt: '2021-07-12T02:30:00.000Z',
        partitions: [{ format: { hasHeader: true } }, { path: `${folder}/High Value/HighValue_2.csv` }],
      },
    ]);
  });
});
