import type { House } from '../../../house.ts';
import type { Db } from '../../../platform/db.ts';
import { retrying } from '../../../platform/transactions.ts';
import { requestImport } from './request-imports.ts';
import { nextLookAfter } from './schedule.ts';

/** Lakes that one look at the schedules finds: a transaction for each follows, and then it is looked again. */
const batchSize = 100;

type Needs = Pick<House, 'db' | 'clock' | 'runFollower' | 'wakeRuns'>;

/**
 * Lets imports be due whose last one failed over the connection, and whose connection has passed a check since: whoever has put it right need
 * not know of the schedule. A run that keeps something has verified its connection, so it has failed for something else.
 */
const makeRepairedDue = (db: Db, now: Date) => db.$executeRaw`
  UPDATE "ProfileImport" i SET "nextRunAt" = ${now} FROM "Connection" c, "Run" r
   WHERE i."failingSince" IS NOT NULL AND i."runState" = 'failed' AND i."nextRunAt" > ${now}
     AND c."id" = i."connectionId" AND c."removedAt" IS NULL AND c."lastOutcome" = 'passed'
     AND r."id" = i."lastRunId" AND r."fixed" IS NULL AND c."lastCheckedAt" > r."finishedAt"`;

/** Those that are due and can be imported now. While an import is under way, or the environment is paused, a window waits. */
const findDue = (db: Db, now: Date) =>
  db.$queryRaw<{ id: string }[]>`
    SELECT i."connectionId"::text AS "id" FROM "ProfileImport" i
      JOIN "Connection" c ON c."id" = i."connectionId" JOIN "Environment" v ON v."id" = i."environmentId"
     WHERE i."nextRunAt" <= ${now} AND COALESCE(i."runState" NOT IN ('queued', 'processing'), TRUE)
       AND c."removedAt" IS NULL AND v."pausedAt" IS NULL
     ORDER BY i."nextRunAt", i."connectionId" LIMIT ${batchSize}`;

/**
 * Asks for the import of one that is due, and moves its schedule on. Whoever else takes the same window waits for the connection, and finds
 * it taken then. What the import shows of itself is not locked before its run, as nowhere.
 */
const request = (house: Needs, connectionId: string, now: Date): Promise<boolean> =>
  retrying(house.db, async (tx) => {
    const [connection] = await tx.$queryRaw<{ id: string; environmentId: string; name: string; type: string }[]>`
      SELECT "id"::text AS "id", "environmentId"::text AS "environmentId", "name", "type" FROM "Connection"
       WHERE "id" = ${connectionId}::uuid AND "removedAt" IS NULL FOR NO KEY UPDATE`;
    const row = await tx.profileImport.findFirst({
      where: { connectionId, nextRunAt: { lte: now } },
      select: { everyHours: true },
    });
    if (connection === undefined || row === null) return false;
    const runId = await requestImport(house, tx, connection, { trigger: 'schedule', by: null });
    const nextRunAt = nextLookAfter(now, row.everyHours);
    await tx.profileImport.update({ where: { connectionId }, data: { nextRunAt } });
    return runId !== undefined;
  });

/**
 * Asks for an import of each connection whose profile data is due. However long nobody did, each is looked at once and not for every window
 * that was missed.
 */
export const runDueImports = async (house: Needs, signal: AbortSignal): Promise<void> => {
  const now = house.clock.now();
  await makeRepairedDue(house.db, now);
  for (let due = await findDue(house.db, now); due.length > 0 && !signal.aborted; due = await findDue(house.db, now)) {
    let queued = 0;
    for (const { id } of due) if (!signal.aborted && (await request(house, id, now))) queued += 1;
    if (queued > 0) house.wakeRuns();
    if (queued < due.length) return;
  }
};
