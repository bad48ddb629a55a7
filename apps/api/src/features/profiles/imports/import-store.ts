import type { Db, Tx } from '../../../platform/db.ts';
import { Prisma } from '../../../platform/prisma/client.ts';
import { selectRuns } from '../../runs/index.ts';
import type { ImportRow, ImportRunRow } from './views.ts';

/** How the profile data of a connection is imported; undefined where it is not. */
export const findImport = async (db: Db | Tx, connectionId: string): Promise<ImportRow | undefined> => {
  const [row] = await db.$queryRaw<
    (Omit<ImportRow, 'report'> & { importedAt: Date | null; dataAsOf: Date | null; profiles: bigint })[]
  >`
    SELECT i."connectionId"::text AS "connectionId", i."mapping", i."everyHours", i."nextRunAt", i."unchangedAt", i."runState",
           i."problem", v."pausedAt" IS NOT NULL AS "isEnvironmentPaused", r."importedAt", r."dataAsOf", r."profiles"
      FROM "ProfileImport" i JOIN "Environment" v ON v."id" = i."environmentId"
      LEFT JOIN "ProfileReport" r ON r."connectionId" = i."connectionId"
     WHERE i."connectionId" = ${connectionId}::uuid`;
  if (row === undefined) return undefined;
  const { importedAt, dataAsOf, profiles, ...rest } = row;
  return { ...rest, report: importedAt === null ? null : { importedAt, dataAsOf, profiles } };
};

/** Imports of a connection, but for looks that found nothing new: those are no history. */
export const importsOf = (connectionId: string): Prisma.Sql =>
  Prisma.sql`r."subjectId" = ${connectionId}::uuid AND r."kind" = 'import' AND r."state" <> 'skipped'`;

/** What is asked of a run of the ledger beside what every run has. */
export const isVerified = Prisma.sql`r."fixed" IS NOT NULL AS "isVerified"`;

/** The import under way, or the last one that did something. */
export const findLastImport = async (db: Db | Tx, connectionId: string): Promise<ImportRunRow | undefined> => {
  const [row] = await selectRuns<{ isVerified: boolean }>(db, {
    columns: isVerified,
    where: importsOf(connectionId),
    rest: Prisma.sql`ORDER BY r."id" DESC LIMIT 1`,
  });
  return row;
};
