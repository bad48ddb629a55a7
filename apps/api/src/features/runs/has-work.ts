import type { Db } from '../../platform/db.ts';

/** Whether there may be a step to take; asked by who has nothing to do, as it costs much less than to look for one. */
export const mayHaveSteps = async (db: Db): Promise<boolean> => {
  const [row] = await db.$queryRaw<{ isThere: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Run" WHERE "finishedAt" IS NULL) AS "isThere"`;
  return row?.isThere === true;
};

/** The same for who only publishes and cleans. */
export const mayHaveEnds = async (db: Db): Promise<boolean> => {
  const [row] = await db.$queryRaw<{ isThere: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM "Run" WHERE "finishedAt" IS NULL AND "phase" = 'publishing')
        OR EXISTS (SELECT 1 FROM "Run" WHERE "cleanAt" <= now()) AS "isThere"`;
  return row?.isThere === true;
};
