import type { CatalogProblem, EntityColumn } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import { entityProblem } from './views.ts';

/** An entity as other slices show it. */
export type EntityState = {
  id: string;
  name: string;
  /** The connection that it is read from, which is not removed. */
  connectionId: string;
  sourceName: string;
  /** Since when the metadata no longer names it; null while it does. */
  goneAt: Date | null;
  /** Why it cannot be read now, because it is gone among others, in words for every member; null when it can. */
  problem: CatalogProblem | null;
};

/** The same with its columns, which are most of an entity. */
export type FoundEntity = EntityState & { columns: EntityColumn[] };

const state = {
  id: true,
  name: true,
  connectionId: true,
  goneAt: true,
  problem: true,
  connection: { select: { name: true } },
} as const;

type StateRow = Omit<EntityState, 'sourceName' | 'problem'> & { problem: unknown; connection: { name: string } };

const toState = ({ connection, ...row }: StateRow): EntityState => ({
  id: row.id,
  name: row.name,
  connectionId: row.connectionId,
  sourceName: connection.name,
  goneAt: row.goneAt,
  problem: entityProblem(row, false),
});

const among = (environmentId: string, ids: readonly string[]) => ({
  environmentId,
  id: { in: [...ids] },
  connection: { removedAt: null },
});

/** The entities of an environment with these ids, in no order: none of another environment, and none whose source was removed. */
export const findEntityStates = async (
  db: Db | Tx,
  environmentId: string,
  ids: readonly string[],
): Promise<EntityState[]> => {
  const rows = await db.entity.findMany({ where: among(environmentId, ids), select: state });
  return rows.map(toState);
};

/** The same with columns. */
export const findEntities = async (
  db: Db | Tx,
  environmentId: string,
  ids: readonly string[],
): Promise<FoundEntity[]> => {
  const rows = await db.entity.findMany({ where: among(environmentId, ids), select: { ...state, columns: true } });
  return rows.map((row) => ({ ...toState(row), columns: row.columns as EntityColumn[] }));
};
