import type { Cancellation, RunProblem, RunTrigger } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import type { WantedRun } from './request-runs.ts';
import type { RunKind } from './work.ts';

/** Runs that people asked for go first. */
const priorityOf = (trigger: RunTrigger) => (trigger === 'manual' ? 0 : 1);

type QueuedRow = {
  runId: string;
  kind: RunKind;
  subjectId: string;
  environmentId: string;
  trigger: RunTrigger;
  queuedAt: Date;
};

/** Adds runs of subjects that have no live one, with what begins their history, in the order in which everybody locks exports. */
export const insertRuns = async (tx: Tx, wanted: readonly WantedRun[]): Promise<QueuedRow[]> => {
  const column = <Value>(of: (run: WantedRun) => Value) => wanted.map(of);
  const rows = await tx.$queryRaw<QueuedRow[]>`
    WITH wanted AS (
      SELECT * FROM unnest(
        ${wanted.map(() => newId())}::uuid[], ${wanted.map(() => newId())}::uuid[],
        ${column((run) => run.kind)}::text[], ${column((run) => run.environmentId)}::uuid[], ${column((run) => run.subjectId)}::uuid[],
        ${column((run) => run.subjectName)}::text[], ${column((run) => run.connection.id)}::uuid[],
        ${column((run) => run.connection.name)}::text[], ${column((run) => run.connection.type)}::text[],
        ${column((run) => run.trigger)}::text[], ${column((run) => priorityOf(run.trigger))}::integer[],
        ${column((run) => run.by?.id ?? null)}::uuid[], ${column((run) => run.by?.name ?? null)}::text[])
      AS w("id", "eventId", "kind", "environmentId", "subjectId", "subjectName", "connectionId", "connectionName", "connectionType",
           "trigger", "priority", "byId", "byName")),
    queued AS (
      INSERT INTO "Run" ("id", "kind", "environmentId", "subjectId", "subjectName", "connectionId", "connectionName", "connectionType",
                         "trigger", "priority", "requestedById", "requestedByName", "state", "phase", "changedAt")
      SELECT "id", "kind", "environmentId", "subjectId", "subjectName", "connectionId", "connectionName", "connectionType",
             "trigger", "priority", "byId", "byName", 'queued', 'waiting', clock_timestamp()
        FROM wanted ORDER BY "subjectId"
      ON CONFLICT ("subjectId") WHERE "finishedAt" IS NULL DO NOTHING
      RETURNING "id", "kind", "environmentId", "subjectId", "trigger", "queuedAt"),
    told AS (
      INSERT INTO "RunEvent" ("id", "runId", "at", "kind")
      SELECT w."eventId", q."id", q."queuedAt", 'queued' FROM queued q JOIN wanted w ON w."id" = q."id")
    SELECT "id"::text AS "runId", "kind", "environmentId"::text AS "environmentId", "subjectId"::text AS "subjectId", "trigger", "queuedAt"
      FROM queued`;
  await addTurns(tx, rows);
  return rows;
};

/** An environment that was never served is next. */
const addTurns = (tx: Tx, rows: readonly QueuedRow[]) => tx.$executeRaw`
  INSERT INTO "RunTurn" ("environmentId", "servedAt")
  SELECT DISTINCT e, '-infinity'::timestamptz FROM unnest(${rows.map((row) => row.environmentId)}::uuid[]) AS e ORDER BY e
  ON CONFLICT ("environmentId") DO NOTHING`;

export type WhichRuns = { subjectIds: readonly string[] } | { runId: string };

/**
 * Holds the exports of runs until the transaction ends, in the order of their ids. Whoever changes the state of a run does so first:
 * the state is kept at the export too, and others who lock both begin with the export. What an import shows of itself is locked after its
 * run, so nothing is held for it here.
 */
export const lockExportsOf = (tx: Tx, which: WhichRuns) =>
  'runId' in which
    ? tx.$executeRaw`
        SELECT 1 FROM "Export" WHERE "id" = (SELECT "subjectId" FROM "Run" WHERE "id" = ${which.runId}::uuid) FOR NO KEY UPDATE`
    : tx.$executeRaw`
        SELECT 1 FROM "Export" WHERE "id" = ANY(${[...which.subjectIds]}::uuid[]) ORDER BY "id" FOR NO KEY UPDATE`;

/** A run that has just ended. */
export type EndedRow = {
  runId: string;
  kind: RunKind;
  environmentId: string;
  subjectId: string;
  subjectName: string;
  trigger: RunTrigger;
  state: 'successful' | 'failed' | 'skipped' | 'canceled';
  problem: RunProblem | null;
  canceled: Cancellation | null;
  finishedAt: Date;
};

/** The columns of an EndedRow of the run `r`. */
export const endedColumns = Prisma.sql`
  r."id"::text AS "runId", r."kind", r."environmentId"::text AS "environmentId", r."subjectId"::text AS "subjectId", r."subjectName", r."trigger",
  r."state", r."problem", r."canceled", r."finishedAt"`;

/**
 * What every end has in common: nobody holds a lease any more, nor can whoever held one write. Staging folders are cleaned; before
 * anything was moved there is none.
 */
export const end = Prisma.sql`
  "phase" = 'over', "finishedAt" = clock_timestamp(), "changedAt" = clock_timestamp(), "fence" = r."fence" + 1, "worker" = NULL,
  "leaseUntil" = NULL, "attempts" = 0,
  "cleanAt" = CASE WHEN r."phase" IN ('moving', 'publishing') THEN clock_timestamp() END`;

const oneOf = (which: WhichRuns) =>
  'runId' in which
    ? Prisma.sql`l."id" = ${which.runId}::uuid`
    : Prisma.sql`l."subjectId" = ANY(${[...which.subjectIds]}::uuid[])`;

type LiveRow = Omit<EndedRow, 'state'> & { state: 'canceled' | 'processing' };

/** Cancels the live runs that are not being published. */
export const cancelLive = async (
  tx: Tx,
  which: WhichRuns,
  cancellation: Cancellation,
): Promise<{ canceled: EndedRow[]; publishing: { runId: string; subjectId: string }[] }> => {
  const rows = await tx.$queryRaw<LiveRow[]>`
    WITH live AS MATERIALIZED (
      SELECT l.* FROM "Run" l WHERE l."finishedAt" IS NULL AND ${oneOf(which)} ORDER BY l."id" FOR NO KEY UPDATE),
    over AS (
      UPDATE "Run" r SET "state" = 'canceled', "problem" = NULL, "canceled" = ${JSON.stringify(cancellation)}::jsonb, ${end}
        FROM live WHERE r."id" = live."id" AND live."phase" <> 'publishing'
      RETURNING r.*),
    told AS (
      INSERT INTO "RunEvent" ("id", "runId", "at", "kind")
      SELECT gen_random_uuid(), "id", "finishedAt", 'canceled' FROM over)
    SELECT ${endedColumns} FROM over r
     UNION ALL
    SELECT ${endedColumns} FROM live r WHERE r."phase" = 'publishing'`;
  const isCanceled = (row: LiveRow): row is LiveRow & { state: 'canceled' } => row.state === 'canceled';
  return { canceled: rows.filter(isCanceled), publishing: rows.filter((row) => !isCanceled(row)) };
};
