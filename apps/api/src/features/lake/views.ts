import type { CatalogModel, CatalogPartition, PartitionFormat } from '@junction/cdm';
import {
  type Catalog,
  type CatalogProblem,
  type Entity,
  type EntityColumn,
  type EntityDetails,
  shownPartitions,
} from '@junction/contracts';
import { groupOf } from './rules.ts';

/** What decides whether an entity can be read now. */
export type Readability = { goneAt: Date | null; problem: unknown };

const gone: CatalogProblem = {
  code: 'entityGone',
  message: 'The metadata of its source no longer names this entity.',
  remedy: 'Choose another entity, or have the entity restored at its source.',
};

/** Why an entity cannot be read now; null when it can. */
export const entityProblem = ({ goneAt, problem }: Readability): CatalogProblem | null =>
  goneAt === null ? (problem as CatalogProblem | null) : gone;

/** The columns of an entity that lists load. */
export type EntityRow = Readability & {
  id: string;
  connectionId: string;
  sourceName: string;
  model: string;
  name: string;
  description: string | null;
  columnCount: number;
  partitionCount: number;
  rowCount: bigint | null;
  bytes: bigint | null;
  refreshedAt: Date | null;
};

/** What was stored was a safe integer. */
const toNumber = (value: bigint | null): number | null => (value === null ? null : Number(value));

/** An entity as lists show it. */
export const toEntity = (row: EntityRow): Entity => ({
  id: row.id,
  name: row.name,
  description: row.description ?? undefined,
  source: { connectionId: row.connectionId, name: row.sourceName },
  group: groupOf(row.model),
  columnCount: row.columnCount,
  partitionCount: row.partitionCount,
  rowCount: toNumber(row.rowCount),
  bytes: toNumber(row.bytes),
  refreshedAt: row.refreshedAt?.toISOString() ?? null,
  problem: entityProblem(row),
});

const delimiters: Readonly<Record<string, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '|': 'bar',
  '\t': 'tab',
  ' ': 'space',
};

const csvInWords = ({ hasHeader, delimiter, encoding, compression }: PartitionFormat & { type: 'csv' }): string =>
  [
    'CSV',
    delimiters[delimiter] ?? `separated by ${delimiter}`,
    hasHeader ? 'with header' : 'without header',
    encoding,
    ...(compression === undefined ? [] : ['compressed with gzip']),
  ].join(', ');

/** How a partition is written, for people. */
export const formatInWords = (format: PartitionFormat): string => {
  if (format.type === 'csv') return csvInWords(format);
  return format.type === 'parquet' ? 'Parquet' : `Unknown (${format.stated})`;
};

/** Where a partition lies stays inside: it would tell the settings of a connection to who may not see them. */
const toPartition = ({ name, format, bytes, refreshTime, modifiedAt, problem }: CatalogPartition) => ({
  name,
  format: formatInWords(format),
  bytes: bytes ?? null,
  refreshedAt: refreshTime ?? modifiedAt ?? null,
  problem: problem ?? null,
});

/** An entity with its columns and the first of its partitions. */
export const toEntityDetails = (row: EntityRow & { columns: unknown; partitions: unknown }): EntityDetails => ({
  ...toEntity(row),
  columns: row.columns as EntityColumn[],
  partitions: (row.partitions as CatalogPartition[]).slice(0, shownPartitions).map(toPartition),
});

export type CatalogRow = {
  connectionId: string;
  readAt: Date | null;
  entities: number;
  unreadableEntities: number;
  models: unknown;
  problem: unknown;
};

/** What was read of a source, for its admins. */
export const toCatalog = (row: CatalogRow): Catalog => ({
  connectionId: row.connectionId,
  readAt: row.readAt?.toISOString() ?? null,
  entities: row.entities,
  unreadableEntities: row.unreadableEntities,
  models: (row.models as CatalogModel[]).map(({ path, entities, problem }) => ({
    path,
    entities,
    problem: problem ?? null,
  })),
  problem: row.problem as CatalogProblem | null,
});
