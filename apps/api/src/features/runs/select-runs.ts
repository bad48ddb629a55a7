import type { RunProblem } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import type { RunKind } from './work.ts';

/** A run as lists load it; what its parts are at is counted in. */
export type RunRow = {
  id: string;
  kind: RunKind;
  environmentId: string;
  subjectId: string;
  subjectName: string;
  connectionId: string;
  connectionName: string;
  connectionType: string;
  trigger: string;
  requestedById: string | null;
  requestedByName: string | null;
  state: string;
  phase: string;
  queuedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  retryAt: Date | null;
  retries: number;
  partsTotal: number;
  partsDone: number;
  bytesTotal: bigint | null;
  bytesRead: bigint;
  bytesWritten: bigint;
  rowsWritten: bigint;
  rowsRejected: bigint;
  problem: RunProblem | null;
  canceled: unknown;
};

/** Whether a run, or what is left of its parts, waits for the next attempt: until when and why. */
const waitingSql = Prisma.sql`
  SELECT r."dueAt" AS "retryAt", r."problem"
   WHERE r."finishedAt" IS NULL AND r."attempts" > 0 AND r."leaseUntil" IS NULL AND r."dueAt" > now()
   UNION ALL
  (SELECT p."dueAt", p."problem" FROM "RunPart" p
    WHERE r."phase" IN ('counting', 'moving') AND p."runId" = r."id" AND p."state" <> 'done'
      AND NOT EXISTS (
        SELECT 1 FROM "RunPart" o
         WHERE o."runId" = r."id" AND o."state" <> 'done' AND (o."state" = 'working' OR o."dueAt" <= now()))
    ORDER BY p."dueAt" LIMIT 1)`;

/** Runs `r`; `where` narrows them down, `rest` orders and limits them. A live run counts what its parts under way have done so far. */
export const selectRuns = <More = unknown>(
  db: Db | Tx,
  { columns, where, rest }: { columns?: Prisma.Sql; where: Prisma.Sql; rest?: Prisma.Sql },
) =>
  db.$queryRaw<(RunRow & More)[]>`
    SELECT r."id"::text AS "id", r."kind", r."environmentId"::text AS "environmentId", r."subjectId"::text AS "subjectId", r."subjectName",
           r."connectionId"::text AS "connectionId", r."connectionName", r."connectionType", r."trigger",
           r."requestedById"::text AS "requestedById", r."requestedByName", r."state", r."phase", r."queuedAt", r."startedAt",
           r."finishedAt", w."retryAt", r."retries", r."partsTotal", r."partsDone", r."bytesTotal",
           r."bytesRead" + COALESCE(u."bytesRead", 0)::bigint AS "bytesRead",
           r."bytesWritten" + COALESCE(u."bytesWritten", 0)::bigint AS "bytesWritten", r."rowsWritten", r."rowsRejected",
           CASE WHEN r."finishedAt" IS NULL THEN w."problem" ELSE r."problem" END AS "problem", r."canceled"
           ${columns ? Prisma.sql`, ${columns}` : Prisma.empty}
      FROM "Run" r
      LEFT JOIN LATERAL (
        SELECT sum(p."bytesRead") AS "bytesRead", sum(p."bytesWritten") AS "bytesWritten" FROM "RunPart" p
         WHERE p."runId" = r."id" AND p."state" = 'working' AND r."finishedAt" IS NULL) u ON TRUE
      LEFT JOIN LATERAL (${waitingSql}) w ON TRUE
     WHERE ${where} ${rest ?? Prisma.empty}`;
