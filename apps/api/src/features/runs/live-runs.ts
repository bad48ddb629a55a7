import { watchedRuns } from '@junction/contracts';
import type { Db } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { type RunRow, selectRuns } from './select-runs.ts';

/** Ids of the live runs of exports of an environment that changed last. Without the fence the database would read all history by time to find them. */
const liveIds = (environmentId: string) => Prisma.sql`
  SELECT l."id" FROM (
    SELECT "id", "changedAt" FROM "Run" WHERE "environmentId" = ${environmentId}::uuid AND "kind" = 'export' AND "finishedAt" IS NULL OFFSET 0) l
   ORDER BY l."changedAt" DESC LIMIT ${watchedRuns}`;

/** The runs of exports that wait or are under way; of very many those that changed last. */
export const findLive = (db: Db, environmentId: string): Promise<RunRow[]> =>
  selectRuns(db, { where: Prisma.sql`r."id" IN (${liveIds(environmentId)})`, rest: Prisma.sql`ORDER BY r."id" DESC` });

/** A change is told this long after it was made at the latest, should its transaction be through so late. */
const lateSeconds = 15;

/**
 * Live runs, those that changed lately, and those that were live when somebody looked before. Whatever ended is among them, however
 * long the transaction took that ended it: a run that is known is asked for by its id.
 */
export const findChanged = (db: Db, environmentId: string, knownIds: readonly string[]): Promise<RunRow[]> =>
  selectRuns(db, {
    where: Prisma.sql`r."id" IN (
      (${liveIds(environmentId)})
       UNION
      (SELECT "id" FROM "Run"
        WHERE "environmentId" = ${environmentId}::uuid AND "kind" = 'export' AND "changedAt" >= now() - make_interval(secs => ${lateSeconds}::integer)
        ORDER BY "changedAt" DESC LIMIT ${watchedRuns})
       UNION
      SELECT unnest(${[...knownIds]}::uuid[]))`,
    rest: Prisma.sql`ORDER BY r."id" DESC`,
  });
