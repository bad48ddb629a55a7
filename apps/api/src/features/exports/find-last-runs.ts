import { type Actor, can, type Run } from '@junction/contracts';
import type { Db } from '../../platform/db.ts';
import { findRuns } from '../runs/index.ts';

type Row = { lastRunId: string | null };

/** The last runs of these exports by their ids, as somebody may see them: one query, however many there are. */
export const findLastRuns = (
  db: Db,
  actor: Actor,
  environmentId: string,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, Run>> => {
  const ids = rows.flatMap(({ lastRunId }) => (lastRunId === null ? [] : [lastRunId]));
  return findRuns(db, ids, { seesPlaces: can(actor, 'connection:read', environmentId) });
};
