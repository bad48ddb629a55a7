import type { Db } from '../../platform/db.ts';
import { wait } from '../../platform/wait.ts';

/** What waits for its next attempt waits no longer than this: Junction waits up to five minutes. */
const longestWaitSeconds = 3;
const everyMs = 500;

/**
 * Cuts the waits before further attempts short until the signal fires, as a test has no minutes for each. Attempts are counted as ever, and
 * leases last as long as ever.
 */
export const hasten = async (db: Db, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await Promise.allSettled([
      db.$executeRaw`
        UPDATE "Run" SET "dueAt" = now() + make_interval(secs => ${longestWaitSeconds}::integer)
         WHERE "finishedAt" IS NULL AND "dueAt" > now() + make_interval(secs => ${longestWaitSeconds}::integer)`,
      db.$executeRaw`
        UPDATE "RunPart" SET "dueAt" = now() + make_interval(secs => ${longestWaitSeconds}::integer)
         WHERE "state" <> 'done' AND "dueAt" > now() + make_interval(secs => ${longestWaitSeconds}::integer)`,
    ]);
    await wait(everyMs, signal);
  }
};

/** Lets the while pass for runs that are over after which they are cleaned once more, for whoever wrote late. */
export const endCleaning = async ({ db }: { db: Db }): Promise<void> => {
  await db.$executeRaw`
    UPDATE "Run" SET "finishedAt" = "finishedAt" - interval '1 hour', "cleanAt" = now() WHERE "cleanAt" IS NOT NULL`;
};
