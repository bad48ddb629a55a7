import type { Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { type Hold, heldRun, noLease, requireOne } from './hold.ts';
import { cleanAgainAfterSeconds } from './rules.ts';

/** Keeps that the staging of a run is removed: once more some time after its end, and then no more. True when this was the first time. */
export const keepCleaned = async (tx: Tx, hold: Hold): Promise<boolean> => {
  const again = Prisma.sql`r."finishedAt" + make_interval(secs => ${cleanAgainAfterSeconds}::integer)`;
  const { isFirst } = requireOne(
    await tx.$queryRaw<{ isFirst: boolean }[]>`
      UPDATE "Run" r
         SET "cleanAt" = CASE WHEN now() < ${again} THEN ${again} END, "cleanAttempts" = 0, ${noLease}
       WHERE ${heldRun(hold)}
      RETURNING NOT EXISTS (SELECT 1 FROM "RunEvent" e WHERE e."runId" = r."id" AND e."kind" = 'cleaned') AS "isFirst"`,
  );
  return isFirst;
};

/** Lets cleaning wait for its next attempt, or ends it; true when it has ended. */
export const cleanLater = async (
  tx: Tx,
  hold: Hold,
  { attempts, waitMs, endsAfterHours }: { attempts: number; waitMs: number; endsAfterHours: number },
): Promise<boolean> => {
  const { isOver } = requireOne(
    await tx.$queryRaw<{ isOver: boolean }[]>`
      UPDATE "Run" r
         SET "cleanAt" = CASE WHEN now() < r."finishedAt" + make_interval(hours => ${endsAfterHours}::integer)
                              THEN now() + make_interval(secs => ${waitMs / 1000}::float8) END,
             "cleanAttempts" = ${attempts}, ${noLease}
       WHERE ${heldRun(hold)} RETURNING r."cleanAt" IS NULL AS "isOver"`,
  );
  return isOver;
};

/** Marks runs of a subject whose files are not kept any more; returns those that had not been marked before. */
export const markRemoved = async (tx: Tx, subjectId: string, runIds: readonly string[]): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Run" SET "filesRemovedAt" = now(), "changedAt" = clock_timestamp()
     WHERE "subjectId" = ${subjectId}::uuid AND "id" = ANY(${[...runIds]}::uuid[]) AND "filesRemovedAt" IS NULL
    RETURNING "id"::text AS "id"`;
  return rows.map(({ id }) => id);
};
