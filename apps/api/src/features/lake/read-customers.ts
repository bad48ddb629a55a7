import type { CatalogEntity, CatalogModel, CatalogPartition, CatalogProblem } from '@junction/cdm';
import { findCustomers, writtenAt } from '@junction/connectors/runtime';
import type { EntityColumn } from '@junction/contracts';
import type { Db } from '../../platform/db.ts';
import { readForRun } from './read-for-run.ts';
import type { FailedReading } from './read-source.ts';

/** The customers of a lake as its metadata describes them. Their files are pinned by their ETags. */
export type CustomersNow = {
  model: string;
  name: string;
  columns: EntityColumn[];
  partitions: CatalogPartition[];
  /** When they were written, as the lake says. */
  writtenAt: string | null;
  /** Why they cannot be read. */
  problem: CatalogProblem | null;
};

/** Some entities may have this name, whatever its case: one for each metadata file. */
const named = 'customer';

/** The customers of a source as they were read last; undefined when there are none. */
export const findKnownCustomers = async (db: Db, connectionId: string): Promise<CustomersNow | undefined> => {
  const [catalog, rows] = await Promise.all([
    db.catalog.findUnique({ where: { connectionId }, select: { models: true } }),
    db.entity.findMany({
      where: { connectionId, goneAt: null, name: { equals: named, mode: 'insensitive' } },
      select: { model: true, name: true, columns: true, partitions: true, refreshedAt: true, problem: true },
    }),
  ]);
  const models = (catalog?.models ?? []) as CatalogModel[];
  const entities = rows.map(
    ({ refreshedAt, problem, ...row }): CatalogEntity => ({
      ...row,
      columns: row.columns as EntityColumn[],
      partitions: row.partitions as CatalogPartition[],
      unknown: {},
      ...(refreshedAt === null ? {} : { refreshedAt: refreshedAt.toISOString() }),
      ...(problem === null ? {} : { problem: problem as CatalogProblem }),
    }),
  );
  const found = findCustomers({ models, entities });
  if (found === undefined) return undefined;
  const { model, name, columns, partitions, problem } = found;
  const written = writtenAt({ models, entities }, found) ?? null;
  return { model, name, columns, partitions, writtenAt: written, problem: problem ?? null };
};

type Wanted = { environmentId: string; connectionId: string; since: Date };

/** The customers of a source at a moment after `since`. Whoever reads the source at the same time shares the reading. */
export const readCustomers = async (
  house: Parameters<typeof readForRun>[0],
  { environmentId, connectionId, since }: Wanted,
  signal: AbortSignal,
): Promise<{ customers: CustomersNow | undefined } | { failed: FailedReading }> => {
  const wanted = { environmentId, connectionIds: [connectionId], entityIds: [], since };
  const failure = (await readForRun(house, wanted, signal)).failed.get(connectionId);
  return failure ? { failed: failure } : { customers: await findKnownCustomers(house.db, connectionId) };
};
