import { credentialWarningDays, shownStatusRows } from '@junction/contracts';
import type { Db } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';

/** A worker shows itself more often than that. */
const workerSeconds = 60;

type Ids = { ids: string[]; total: number };

const idsOf = async (db: Db, from: Prisma.Sql, order: Prisma.Sql): Promise<Ids> => {
  const [rows, [count]] = await Promise.all([
    db.$queryRaw<{ id: string }[]>`SELECT t."id"::text AS "id" ${from} ORDER BY ${order} LIMIT ${shownStatusRows}`,
    db.$queryRaw<{ total: number }[]>`SELECT count(*)::integer AS "total" ${from}`,
  ]);
  return { ids: rows.map(({ id }) => id), total: count?.total ?? 0 };
};

/** Live runs of exports, those under way before those that wait. */
export const findLiveRuns = (db: Db, environmentId: string): Promise<Ids> =>
  idsOf(
    db,
    Prisma.sql`FROM "Run" t WHERE t."environmentId" = ${environmentId}::uuid AND t."kind" = 'export' AND t."finishedAt" IS NULL`,
    Prisma.sql`t."startedAt" NULLS LAST, t."priority", t."queuedAt", t."id"`,
  );

/** Runs of exports that failed or were skipped since then, newest first. */
export const findFailedRuns = (db: Db, environmentId: string, since: Date): Promise<Ids> =>
  idsOf(
    db,
    Prisma.sql`FROM "Run" t
      WHERE t."environmentId" = ${environmentId}::uuid AND t."kind" = 'export' AND t."finishedAt" >= ${since}
        AND t."state" IN ('failed', 'skipped')`,
    Prisma.sql`t."finishedAt" DESC, t."id" DESC`,
  );

/** How the runs of exports since then ended. */
export const countEnds = async (db: Db, environmentId: string, since: Date): Promise<ReadonlyMap<string, number>> => {
  const rows = await db.$queryRaw<{ state: string; count: number }[]>`
    SELECT "state", count(*)::integer AS "count" FROM "Run"
     WHERE "environmentId" = ${environmentId}::uuid AND "kind" = 'export' AND "finishedAt" >= ${since}
     GROUP BY "state"`;
  return new Map(rows.map(({ state, count }) => [state, count]));
};

/** Workers that were heard of lately. */
export const countWorkers = async (db: Db): Promise<number> => {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::integer AS "count" FROM "Worker" WHERE "seenAt" > now() - make_interval(secs => ${workerSeconds}::integer)`;
  return row?.count ?? 0;
};

/** What is wrong with an export, as far as somebody has to do something; the worst first. */
const exportTrouble = Prisma.sql`CASE
  WHEN t."autoPausedAt" IS NOT NULL THEN 'exportPaused'
  WHEN t."connectionId" IS NULL OR t."lostEntities" > 0 THEN 'exportInactive'
  WHEN t."failingSince" IS NOT NULL THEN 'exportFailing' END`;

export type TroubledExport = {
  id: string;
  because: 'exportPaused' | 'exportInactive' | 'exportFailing';
  failingSince: Date | null;
};

/** Exports that need somebody, those that were paused or fail first. */
export const findTroubledExports = async (
  db: Db,
  environmentId: string,
): Promise<{ rows: TroubledExport[]; total: number }> => {
  const from = Prisma.sql`FROM "Export" t WHERE t."environmentId" = ${environmentId}::uuid
    AND (t."autoPausedAt" IS NOT NULL OR t."connectionId" IS NULL OR t."lostEntities" > 0 OR t."failingSince" IS NOT NULL)`;
  const [rows, [count]] = await Promise.all([
    db.$queryRaw<TroubledExport[]>`
      SELECT t."id"::text AS "id", ${exportTrouble} AS "because", t."failingSince" ${from}
       ORDER BY array_position(ARRAY['exportPaused', 'exportFailing', 'exportInactive'], ${exportTrouble}), t."failingSince" DESC NULLS LAST, t."id"
       LIMIT ${shownStatusRows}`,
    db.$queryRaw<{ total: number }[]>`SELECT count(*)::integer AS "total" ${from}`,
  ]);
  return { rows, total: count?.total ?? 0 };
};

export type TroubledConnection = {
  id: string;
  name: string;
  because: 'connectionActionRequired' | 'connectionFailing' | 'profilesFailing' | 'secretExpires' | 'sourceUnreadable';
  /** As the check, the import or the reading tells it; null for a secret that ends. */
  reason: { message: string; remedy?: string | { text: string } } | null;
  expiresAt: Date | null;
  /** Since when checks do not pass, as far as they are kept, or imports fail; null where it is not about them. */
  since: Date | null;
};

/** The first of the checks of connection `t` that no passed one has followed yet. */
const failedSince = Prisma.sql`(
  SELECT min(f."startedAt") FROM "ConnectionCheck" f
   WHERE f."connectionId" = t."id" AND f."id" > COALESCE((
     SELECT p."id" FROM "ConnectionCheck" p
      WHERE p."connectionId" = t."id" AND p."outcome" = 'passed' ORDER BY p."id" DESC LIMIT 1),
     '00000000-0000-0000-0000-000000000000'))`;

/**
 * Connections and sources that need an admin, each for what is worst about it; the worst first. Profile data is imported while checks are
 * paused, too; an import that is under way again has not succeeded yet.
 */
export const findTroubledConnections = async (
  db: Db,
  environmentId: string,
  now: Date,
): Promise<{ rows: TroubledConnection[]; total: number }> => {
  const soon = new Date(now.getTime() + credentialWarningDays * 86_400_000);
  const trouble = Prisma.sql`CASE
    WHEN NOT t."isPaused" AND t."lastOutcome" = 'actionRequired' THEN 'connectionActionRequired'
    WHEN NOT t."isPaused" AND t."lastOutcome" = 'failing' THEN 'connectionFailing'
    WHEN i."failingSince" IS NOT NULL THEN 'profilesFailing'
    WHEN t."isPaused" THEN NULL
    WHEN t."credentialExpiresAt" <= ${soon} THEN 'secretExpires'
    WHEN t."readsEntities" AND k."problem" IS NOT NULL THEN 'sourceUnreadable' END`;
  const from = Prisma.sql`FROM "Connection" t LEFT JOIN "Catalog" k ON k."connectionId" = t."id"
    LEFT JOIN "ProfileImport" i ON i."connectionId" = t."id"
    WHERE t."environmentId" = ${environmentId}::uuid AND t."removedAt" IS NULL AND ${trouble} IS NOT NULL`;
  const [rows, [count]] = await Promise.all([
    db.$queryRaw<TroubledConnection[]>`
      SELECT t."id"::text AS "id", t."name", ${trouble} AS "because", t."credentialExpiresAt" AS "expiresAt",
             CASE WHEN ${trouble} = 'profilesFailing' THEN i."failingSince"
                  WHEN t."lastOutcome" <> 'passed' THEN ${failedSince} END AS "since",
             CASE ${trouble} WHEN 'profilesFailing' THEN i."problem" WHEN 'sourceUnreadable' THEN k."problem"
                  ELSE t."lastReason" END AS "reason" ${from}
       ORDER BY array_position(ARRAY['connectionActionRequired', 'connectionFailing', 'profilesFailing', 'secretExpires', 'sourceUnreadable'],
                               ${trouble}),
                lower(t."name")
       LIMIT ${shownStatusRows}`,
    db.$queryRaw<{ total: number }[]>`SELECT count(*)::integer AS "total" ${from}`,
  ]);
  return { rows, total: count?.total ?? 0 };
};

/** Later than any schedule is due: exports whose schedules never are have a time of that year. */
const never = new Date('9999-01-01T00:00:00Z');

/** Exports whose schedules are due next; first those that have just been scheduled, whose times are not kept yet. */
export const findUpcoming = (db: Db, environmentId: string): Promise<Ids> =>
  idsOf(
    db,
    Prisma.sql`FROM "Export" t JOIN "Environment" v ON v."id" = t."environmentId"
      WHERE t."environmentId" = ${environmentId}::uuid AND v."pausedAt" IS NULL AND t."scheduleOn" AND t."autoPausedAt" IS NULL
        AND t."connectionId" IS NOT NULL AND t."lostEntities" = 0
        AND (t."nextRunAt" IS NULL OR t."nextRunAt" < ${never})`,
    Prisma.sql`t."nextRunAt" NULLS FIRST, t."id"`,
  );
