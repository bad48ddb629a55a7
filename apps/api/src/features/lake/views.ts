import type { CatalogModel, CatalogPartition, PartitionFormat } from '@junction/cdm';
import type { Catalog, CatalogProblem, Entity, EntityColumn, EntityDetails } from '@junction/contracts';
import { groupOf } from './rules.ts';

/** What decides whether an entity can be read now. */
export type Readability = { goneAt: Date | null; problem: unknown };

const gone: CatalogProblem = {
  code: 'entityGone',
  message: 'The metadata of its source no longer names this entity.',
  remedy: 'Choose another entity, or have the entity restored at its source.',
};

/** Problems whose words tell nothing of where a source lies. Paths and URLs are settings of its connection, which only admins see. */
const placeless = new Set([
  gone.code,
  'columnsMissing',
  'columnTwice',
  'columnUnnamed',
  'entityTwice',
  'entityTypeUnknown',
  'formatInvalid',
  'formatMissing',
  'formatUnknown',
  'partitionsUnlisted',
  'tooManyColumns',
  'tooManyPartitions',
]);

/** A problem in the words that somebody may see. */
const told = (problem: CatalogProblem | null | undefined, seesPlaces: boolean): CatalogProblem | null => {
  if (!problem) return null;
  if (seesPlaces || placeless.has(problem.code)) return problem;
  return {
    code: problem.code,
    message: 'It cannot be read from its source.',
    remedy: 'The list of entities shows the reason to admins of the environment.',
  };
};

/** Why an entity cannot be read now; null when it can. `seesPlaces` is true for who may see the settings of connections. */
export const entityProblem = ({ goneAt, problem }: Readability, seesPlaces: boolean): CatalogProblem | null =>
  told(goneAt === null ? (problem as CatalogProblem | null) : gone, seesPlaces);

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
export const toEntity = (row: EntityRow, seesPlaces: boolean): Entity => ({
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
  problem: entityProblem(row, seesPlaces),
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

/** Where a partition lies stays inside. */
const toPartition = (
  { name, format, bytes, refreshTime, modifiedAt, problem }: CatalogPartition,
  seesPlaces: boolean,
) => ({
  name,
  format: formatInWords(format),
  bytes: bytes ?? null,
  refreshedAt: refreshTime ?? modifiedAt ?? null,
  problem: told(problem, seesPlaces),
});

/** An entity with its columns and the partitions that are shown. */
export type EntityDetailsRow = EntityRow & { columns: unknown; partitions: unknown };

/** An entity with its columns and the first of its partitions. */
export const toEntityDetails = (row: EntityDetailsRow, seesPlaces: boolean): EntityDetails => ({
  ...toEntity(row, seesPlaces),
  columns: row.columns as EntityColumn[],
  partitions: (row.partitions as CatalogPartition[]).map((partition) => toPartition(partition, seesPlaces)),
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
