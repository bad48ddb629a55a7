import type { Db } from '../../platform/db.ts';

/** A worker that has not been heard of for this long is none any more. */
const forgottenAfterHours = 1;

/** Tells that a worker is there. */
export const showWorker = (db: Db, name: string) => db.$executeRaw`
  INSERT INTO "Worker" ("name", "seenAt") VALUES (${name}, now())
  ON CONFLICT ("name") DO UPDATE SET "seenAt" = EXCLUDED."seenAt"`;

/** Tells that a worker has stopped. */
export const signOff = (db: Db, name: string) => db.$executeRaw`DELETE FROM "Worker" WHERE "name" = ${name}`;

/** Forgets workers that have gone without a word. */
export const forgetWorkers = (db: Db) => db.$executeRaw`
  DELETE FROM "Worker" WHERE "seenAt" < now() - make_interval(hours => ${forgottenAfterHours}::integer)`;
