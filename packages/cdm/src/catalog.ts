/** What is wrong with a part of the metadata: a stable code, a sentence, and what to do about it. */
export type CatalogProblem = { code: string; message: string; remedy?: string };

/** The kinds of values, fewer than the metadata's data types. */
export const columnTypes = [
  'text',
  'integer',
  'decimal',
  'boolean',
  'date',
  'time',
  'dateTime',
  'guid',
  'json',
  'other',
] as const;
export type ColumnType = (typeof columnTypes)[number];

export type CatalogColumn = {
  /** Empty when the metadata gives none; the entity has a problem then, as it has when a name comes twice. */
  name: string;
  type: ColumnType;
  /** As the metadata says. */
  dataType: string;
  description?: string;
};

/** How the rows of a partition are written. */
export type PartitionFormat =
  | {
      type: 'csv';
      hasHeader: boolean;
      delimiter: string;
      quoteStyle: string;
      csvStyle: string;
      encoding: string;
      compression?: 'gzip';
    }
  | { type: 'parquet' }
  | { type: 'unknown'; stated: string };

/** One file of an entity's rows. */
export type CatalogPartition = {
  name: string;
  /** As stated, without query: that may hold a signature. */
  location: string;
  /** Inside the container; absent when the location does not lead there. */
  path?: string;
  format: PartitionFormat;
  bytes?: number;
  etag?: string;
  /** When the file was changed, RFC 3339. */
  modifiedAt?: string;
  /** When the metadata says that the rows were refreshed, RFC 3339. */
  refreshTime?: string;
  problem?: CatalogProblem;
};

/** A table. Model and name together are unique in a catalog. */
export type CatalogEntity = {
  /** Path of the metadata file relative to the folder that was read, such as `profileStore/model.json`. */
  model: string;
  name: string;
  description?: string;
  columns: CatalogColumn[];
  partitions: CatalogPartition[];
  /** Only when annotations state it. */
  rowCount?: number;
  /** Sum of the partitions; absent when the size of one is not known. */
  bytes?: number;
  /** The latest refresh of a partition, RFC 3339. */
  refreshedAt?: string;
  problem?: CatalogProblem;
  /** Keys of the entity that no field here is made from. */
  unknown: Record<string, unknown>;
};

/** One metadata file. */
export type CatalogModel = {
  /** Relative to the folder that was read. */
  path: string;
  name?: string;
  /** As the metadata says, else when its file was changed; RFC 3339. */
  modifiedAt?: string;
  /** How many of its entities are in the catalog. */
  entities: number;
  problem?: CatalogProblem;
  /** Keys of the model that no field here is made from. */
  unknown: Record<string, unknown>;
};

/** Everything that the metadata below one folder says. */
export type Catalog = { models: CatalogModel[]; entities: CatalogEntity[]; problem?: CatalogProblem };
