import { v7 } from 'uuid';
import type { House } from '../../house.ts';

/** Runs are kept for half a year: long enough to compare with the same month's, and to find out when something changed. */
export const runsKeptDays = 180;
/** Runs that one statement removes, with all their parts and events. */
const batchSize = 50;

/** Ids begin with their time, so this one comes before every id of that time or later. */
const firstIdOf = (at: Date) => v7({ msecs: at.getTime(), random: new Uint8Array(16), seq: 0 });

/**
 * Removes runs that ended long ago. What an export or an import shows as its last run stays, and so do those whose files the export may have to
 * remove some day, or whose staging is still to be removed.
 */
export const sweepRuns = async ({ db, clock }: Pick<House, 'db' | 'clock'>, signal: AbortSignal): Promise<void> => {
  const before = new Date(clock.now().getTime() - runsKeptDays * 86_400_000);
  let removed = batchSize;
  while (removed === batchSize && !signal.aborted) {
    removed = await db.$executeRaw`
      DELETE FROM "Run" WHERE "id" IN (
        SELECT r."id" FROM "Run" r
         WHERE r."id" < ${firstIdOf(before)}::uuid AND r."finishedAt" < ${before} AND r."cleanAt" IS NULL
           AND NOT EXISTS (
             SELECT 1 FROM "ProfileImport" i WHERE i."connectionId" = r."subjectId" AND i."lastRunId" = r."id")
           AND NOT EXISTS (
             SELECT 1 FROM "Export" x
              WHERE x."id" = r."subjectId"
                AND (x."lastRunId" = r."id"
                     OR (r."state" = 'successful' AND r."filesRemovedAt" IS NULL AND x."retention"->>'keep' <> 'all')))
         ORDER BY r."id" LIMIT ${batchSize})`;
  }
};
