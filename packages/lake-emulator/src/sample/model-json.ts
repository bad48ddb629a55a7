/** A column of a CDM entity. The data types are those of the model.json schema, version 1.0. */
export type Attribute = {
  name: string;
  dataType: 'string' | 'int64' | 'double' | 'decimal' | 'boolean' | 'dateTime' | 'dateTimeOffset' | 'guid';
};

export type EntityFormat = { hasHeaders: boolean; delimiter: string };

export type EntityDescription = {
  name: string;
  description: string;
  attributes: readonly Attribute[];
  format: EntityFormat;
  /** In order. */
  partitions: readonly { url: string; rows: number }[];
};

/** When the sample lake claims to have been refreshed; fixed, so that every seed is the same. */
export const REFRESH_TIME = '2021-07-15T02:30:00+00:00';

const partitionName = (location: string): string =>
  decodeURIComponent(location.split('/').at(-1) ?? '').replace(/\.csv$/, '');

/** The CDM metadata file of a folder, as audience insights puts it beside its data. */
export const toModelJson = (folder: string, entities: readonly EntityDescription[]): string =>
  `${JSON.stringify(
    {
      name: folder,
      description: `Output of ${folder}`,
      version: '1.0',
      culture: 'en-US',
      modifiedTime: REFRESH_TIME,
      annotations: [{ name: 'ci:Process', value: folder }],
      entities: entities.map(({ name, description, attributes, format, partitions }) => ({
        $type: 'LocalEntity',
        name,
        description,
        annotations: [],
        attributes: attributes.map((attribute) => ({ ...attribute })),
        partitions: partitions.map(({ url, rows }) => ({
          name: partitionName(url),
          refreshTime: REFRESH_TIME,
          location: url,
          annotations: [{ name: 'rowCount', value: String(rows) }],
          fileFormatSettings: {
            $type: 'CsvFormatSettings',
            columnHeaders: format.hasHeaders,
            delimiter: format.delimiter,
            quoteStyle: 'QuoteStyle.Csv',
            csvStyle: 'CsvStyle.QuoteAfterDelimiter',
            encoding: 'UTF-8',
          },
        })),
      })),
      relationships: [],
      referenceModels: [],
    },
    undefined,
    2,
  )}\n`;
