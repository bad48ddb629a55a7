import type { Run } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { selectRuns } from './select-runs.ts';
import { toRun } from './views.ts';

/** Runs of exports by their ids, with the progress that they have made by now. `seesPlaces` is true for who may see the settings of connections. */
export const findRuns = async (
  db: Db | Tx,
  ids: readonly string[],
  { seesPlaces }: { seesPlaces: boolean },
): Promise<ReadonlyMap<string, Run>> => {
  if (ids.length === 0) return new Map();
  const rows = await selectRuns(db, {
    where: Prisma.sql`r."id" = ANY(${[...ids]}::uuid[]) AND r."kind" = 'export'`,
  });
  return new Map(rows.map((row) => [row.id, toRun(row, seesPlaces)]));
};
