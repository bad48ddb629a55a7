import type { Actor } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { connectionStatusSql, mayUseSql } from '../connections/index.ts';
import type { ExportRecord } from './views.ts';

/** The type of an export's connection, or of the one that it lost. */
export const typeSql = Prisma.sql`COALESCE(c."type", e."lostConnectionType")`;

/** The first removed connection that an export still reads from; it is gone for good when there is no row of it any more. */
const lostSource = Prisma.sql`CASE WHEN e."lostEntities" > 0 THEN (
    SELECT jsonb_build_object('id', r."connectionId", 'name', r."sourceName", 'type', s."type", 'at', s."removedAt",
                              'byId', s."removedById", 'byName', s."removedByName")
      FROM "ExportEntity" r LEFT JOIN "Connection" s ON s."id" = r."connectionId"
     WHERE r."exportId" = e."id" AND (s."id" IS NULL OR s."removedAt" IS NOT NULL)
     ORDER BY r."position" LIMIT 1) END`;

/**
 * Exports `e` of an environment with their connections `c` as one person sees them; `where` narrows them down, `rest` orders and
 * limits them. Which ones is found out by their ids alone: sorting a hundred thousand whole rows for a page takes twice as long.
 */
export const selectExports = <More = unknown>(
  db: Db | Tx,
  actor: Actor,
  environmentId: string,
  { columns, where, rest }: { columns?: Prisma.Sql; where: Prisma.Sql; rest?: Prisma.Sql },
) =>
  db.$queryRaw<(ExportRecord & More)[]>`
    SELECT e."id"::text AS "id", e."environmentId"::text AS "environmentId", e."name", e."format", e."folder", e."scheduleOn", e."plan",
           e."malformedRows", e."rowLimits", e."retention", e."nextRunAt", e."failuresInRow", e."autoPausedAt",
           (SELECT v."pausedAt" IS NOT NULL FROM "Environment" v WHERE v."id" = e."environmentId") AS "isEnvironmentPaused",
           e."lostEntities", e."lastRunId"::text AS "lastRunId", e."runState", e."lastRunAt", e."refreshedAt", e."version",
           e."lostConnectionId"::text AS "lostConnectionId", e."lostConnectionName", e."lostConnectionType", e."lostSharedWith",
           e."lostSharedWithIds"::text[] AS "lostSharedWithIds", e."lostAt", e."lostById"::text AS "lostById", e."lostByName",
           e."removalId"::text AS "removalId", e."createdById"::text AS "createdById", e."createdByName", e."createdAt", e."updatedAt",
           c."id"::text AS "connectionId", c."name" AS "connectionName", c."type" AS "connectionType", ${connectionStatusSql} AS "health",
           (c."id" IS NOT NULL AND ${mayUseSql(actor.memberships[environmentId] ?? 'viewer', actor.id)}) AS "mayUseConnection",
           (SELECT count(*) FROM "ExportEntity" r WHERE r."exportId" = e."id")::integer AS "entityCount", ${lostSource} AS "lostSource"
           ${columns ? Prisma.sql`, ${columns}` : Prisma.empty}
      FROM (SELECT e."id" FROM "Export" e LEFT JOIN "Connection" c ON c."id" = e."connectionId"
             WHERE e."environmentId" = ${environmentId}::uuid AND ${where} ${rest ?? Prisma.empty}) p
      JOIN "Export" e ON e."id" = p."id" LEFT JOIN "Connection" c ON c."id" = e."connectionId" ${rest ?? Prisma.empty}`;
