import type { RunPhase, RunProblem } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { leaseUntil } from './hold.ts';
import type { RunKind } from './work.ts';

/** What a worker takes: steps of every kind, or only those that wait for nothing but themselves. */
export type StepKinds = 'all' | 'publishing';

/** A claimed step as it was found; `number` is that of a part, null for a step of the run as a whole. */
export type ClaimRow = {
  id: string;
  kind: RunKind;
  environmentId: string;
  subjectId: string;
  subjectName: string;
  connectionId: string;
  trigger: 'manual' | 'schedule';
  state: string;
  phase: RunPhase;
  plan: unknown;
  fixed: unknown;
  folderTime: string | null;
  queuedAt: Date;
  startedAt: Date;
  attempts: number;
  problem: RunProblem | null;
  fence: number;
  isNew: boolean;
  isTakenOver: boolean;
  number: number | null;
  entity: number | null;
  entityName: string | null;
  files: unknown;
  bytes: bigint | null;
};

/** Due, and nobody's at this moment. */
const isFree = (of: string) => {
  const row = Prisma.raw(of);
  return Prisma.sql`${row}."dueAt" <= now() AND (${row}."leaseUntil" IS NULL OR ${row}."leaseUntil" <= now())`;
};

const inOrder = Prisma.sql`ORDER BY r."priority", r."queuedAt", r."id"`;

/** The next run of the environment `turns` in this phase. */
const runIn = (phase: RunPhase) => Prisma.sql`
  SELECT r."id", NULL::integer AS "number", r."leaseUntil" IS NOT NULL AS "isTakenOver", FALSE AS "isNew" FROM "Run" r
   WHERE r."finishedAt" IS NULL AND r."environmentId" = turns."id" AND r."phase" = ${Prisma.raw(`'${phase}'`)} AND ${isFree('r')}
   ${inOrder} LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED`;

/** The next part of the runs that are under way. They are looked through in order, one after the other: what is found is locked. */
const part = Prisma.sql`
  SELECT r."id", p."number", p."isTakenOver", FALSE FROM (
    SELECT r."id" FROM "Run" r
     WHERE r."finishedAt" IS NULL AND r."environmentId" = turns."id" AND r."phase" IN ('counting', 'moving') ${inOrder}) r
   CROSS JOIN LATERAL (
    SELECT p."number", p."leaseUntil" IS NOT NULL AS "isTakenOver" FROM "RunPart" p
     WHERE p."runId" = r."id" AND p."state" <> 'done' AND ${isFree('p')}
     ORDER BY p."number" LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED) p
   LIMIT 1`;

/** Runs that are looked through for one to begin with: far more than are being claimed at the same moment. Written out, so that the database knows that it is few and takes them from the index. */
const mostLookedAt = Prisma.raw('500');

const isFresh = Prisma.sql`
  r."finishedAt" IS NULL AND r."environmentId" = turns."id" AND r."phase" = 'waiting' AND r."dueAt" <= now()`;

/**
 * The next run to begin with. An export is locked with its run, as its state is kept there too. Runs are looked through in order, one
 * after the other, until one can be locked.
 */
const fresh = Prisma.sql`
  SELECT l."id", NULL::integer, FALSE, TRUE FROM (
    SELECT r."id", r."kind" FROM "Run" r WHERE turns."pausedAt" IS NULL AND ${isFresh} ${inOrder} LIMIT ${mostLookedAt}) l
   CROSS JOIN LATERAL (
    SELECT 1 FROM (
      SELECT 1 FROM "Run" r JOIN "Export" x ON x."id" = r."subjectId"
       WHERE l."kind" = 'export' AND r."id" = l."id" AND ${isFresh} FOR NO KEY UPDATE OF r, x SKIP LOCKED) of_export
     UNION ALL
    SELECT 1 FROM (
      SELECT 1 FROM "Run" r
       WHERE l."kind" = 'import' AND r."id" = l."id" AND ${isFresh} FOR NO KEY UPDATE SKIP LOCKED) of_import) held
   LIMIT 1`;

/** In this order: what is nearly through comes before what has just begun, and that before what has not. */
const stepsOf: Readonly<Record<StepKinds, readonly Prisma.Sql[]>> = {
  all: [runIn('publishing'), runIn('preparing'), part, fresh],
  publishing: [runIn('publishing')],
};

/** The environments that have live runs: from each to the next one in the index, however many runs they have. */
const live = Prisma.sql`
  live("environmentId") AS (
    (SELECT r."environmentId" FROM "Run" r WHERE r."finishedAt" IS NULL ORDER BY r."environmentId" LIMIT 1)
     UNION ALL
    SELECT (SELECT r."environmentId" FROM "Run" r WHERE r."finishedAt" IS NULL AND r."environmentId" > live."environmentId"
             ORDER BY r."environmentId" LIMIT 1)
      FROM live WHERE live."environmentId" IS NOT NULL)`;

/**
 * Claims the next step for a worker: of the environment that was served longest ago, what is furthest. Counting the fence up takes the
 * row away from whoever had it before. In a transaction, which waits for nobody: what others are claiming, or hold, is passed over.
 */
export const claimNext = async (tx: Tx, worker: string, kinds: StepKinds): Promise<ClaimRow | undefined> => {
  const steps = Prisma.join(
    stepsOf[kinds].map((step) => Prisma.sql`SELECT * FROM (${step}) step`),
    ' UNION ALL ',
  );
  const [row] = await tx.$queryRaw<ClaimRow[]>`
    WITH RECURSIVE ${live},
    turns AS MATERIALIZED (
      SELECT e."id", e."pausedAt" FROM live JOIN "Environment" e ON e."id" = live."environmentId"
        LEFT JOIN "RunTurn" t ON t."environmentId" = e."id"
       ORDER BY t."servedAt" NULLS FIRST, e."id"),
    due AS MATERIALIZED (
      SELECT turns."id" AS "environmentId", step.* FROM turns CROSS JOIN LATERAL (${steps} LIMIT 1) step LIMIT 1),
    run AS (
      UPDATE "Run" r
         SET "fence" = r."fence" + 1, "worker" = ${worker}, "leaseUntil" = ${leaseUntil}, "state" = 'processing',
             "phase" = CASE WHEN due."isNew" THEN 'preparing' ELSE r."phase" END, "startedAt" = COALESCE(r."startedAt", now()),
             "attempts" = r."attempts" + due."isTakenOver"::integer, "retries" = r."retries" + due."isTakenOver"::integer,
             "changedAt" = clock_timestamp()
        FROM due WHERE due."number" IS NULL AND r."id" = due."id"
      RETURNING r.*),
    part AS (
      UPDATE "RunPart" p
         SET "fence" = p."fence" + 1, "worker" = ${worker}, "leaseUntil" = ${leaseUntil}, "state" = 'working', "bytesRead" = 0,
             "bytesWritten" = 0, "attempts" = p."attempts" + due."isTakenOver"::integer,
             "retries" = p."retries" + due."isTakenOver"::integer
        FROM due WHERE p."runId" = due."id" AND p."number" = due."number"
      RETURNING p.*),
    turn AS (
      UPDATE "RunTurn" SET "servedAt" = clock_timestamp() WHERE "environmentId" IN (
        SELECT t."environmentId" FROM "RunTurn" t JOIN due ON due."environmentId" = t."environmentId"
           FOR NO KEY UPDATE OF t SKIP LOCKED))
    SELECT r."id"::text AS "id", r."kind", r."environmentId"::text AS "environmentId", r."subjectId"::text AS "subjectId", r."subjectName",
           r."connectionId"::text AS "connectionId", r."trigger", r."state", r."phase", r."plan", r."fixed", r."folderTime", r."queuedAt",
           r."startedAt", COALESCE(part."attempts", r."attempts") AS "attempts", r."problem", COALESCE(part."fence", r."fence") AS "fence",
           due."isNew", due."isTakenOver", part."number", part."entity", part."entityName", part."files", part."bytes"
      FROM due
      JOIN (SELECT * FROM run UNION ALL SELECT r.* FROM "Run" r JOIN part ON part."runId" = r."id") r ON TRUE
      LEFT JOIN part ON TRUE`;
  return row;
};

/** Claims the run that has waited longest for its staging to be removed. */
export const claimCleaning = async (db: Db, worker: string): Promise<ClaimRow | undefined> => {
  const [row] = await db.$queryRaw<ClaimRow[]>`
    WITH due AS MATERIALIZED (
      SELECT r."id", r."leaseUntil" IS NOT NULL AS "isTakenOver" FROM "Run" r
       WHERE r."cleanAt" <= now() AND (r."leaseUntil" IS NULL OR r."leaseUntil" <= now())
       ORDER BY r."cleanAt" LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
    UPDATE "Run" r
       SET "fence" = r."fence" + 1, "worker" = ${worker}, "leaseUntil" = ${leaseUntil},
           "cleanAttempts" = r."cleanAttempts" + due."isTakenOver"::integer
      FROM due WHERE r."id" = due."id"
    RETURNING r."id"::text AS "id", r."kind", r."environmentId"::text AS "environmentId", r."subjectId"::text AS "subjectId", r."subjectName",
              r."connectionId"::text AS "connectionId", r."trigger", r."state", r."phase", r."plan", r."fixed", r."folderTime", r."queuedAt",
              r."startedAt", r."cleanAttempts" AS "attempts", NULL::jsonb AS "problem", r."fence", FALSE AS "isNew", due."isTakenOver",
              NULL::integer AS "number", NULL::integer AS "entity", NULL::text AS "entityName", NULL::jsonb AS "files",
              NULL::bigint AS "bytes"`;
  return row;
};
