import type { RunProblem } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { LeaseLost } from './lease.ts';
import { cleanAgainAfterSeconds, leaseSeconds } from './rules.ts';
import { type EndedRow, end, endedColumns } from './run-store.ts';
import type { Counted, MovedPart, NewPart, PartProgress, PartResult, Prepared, Written } from './work.ts';

/** What somebody holds: a run as a whole, or one part of it, for as long as nobody counts its fence up. */
export type Hold = { runId: string; number: number | null; fence: number };

const leaseUntil = Prisma.sql`now() + make_interval(secs => ${leaseSeconds}::integer)`;
const noLease = Prisma.sql`"worker" = NULL, "leaseUntil" = NULL`;
const untried = Prisma.sql`"attempts" = 0, "problem" = NULL, "dueAt" = now(), ${noLease}`;
const changed = Prisma.sql`"changedAt" = clock_timestamp()`;

/** The run `r` that is held. A run that is over has another fence, unless it is being cleaned. */
const heldRun = ({ runId, fence }: Hold) => Prisma.sql`r."id" = ${runId}::uuid AND r."fence" = ${fence}`;
/** The part `p` that is held. */
const heldPart = ({ runId, number, fence }: Hold) =>
  Prisma.sql`p."runId" = ${runId}::uuid AND p."number" = ${number} AND p."fence" = ${fence} AND p."state" = 'working'`;

/** Nothing was written because the right to was lost meanwhile; ends the transaction. */
const requireOne = <Row>([row]: readonly Row[]): Row => {
  if (row === undefined) throw new LeaseLost();
  return row;
};

const toJson = (value: unknown) => JSON.stringify(value ?? null);

/** Makes a lease longer and keeps how far the part is; false when it is lost. Who watches the run is told about once a second. */
export const renewLease = async (db: Db, hold: Hold, progress: PartProgress | undefined): Promise<boolean> => {
  if (hold.number === null)
    return (await db.$executeRaw`UPDATE "Run" r SET "leaseUntil" = ${leaseUntil} WHERE ${heldRun(hold)}`) === 1;
  const held = await db.$executeRaw`
    UPDATE "RunPart" p
       SET "leaseUntil" = ${leaseUntil}, "bytesRead" = COALESCE(${progress?.bytesRead ?? null}::bigint, p."bytesRead"),
           "bytesWritten" = COALESCE(${progress?.bytesWritten ?? null}::bigint, p."bytesWritten")
      FROM "Run" r WHERE ${heldPart(hold)} AND r."id" = p."runId" AND r."finishedAt" IS NULL`;
  if (held === 0) return false;
  await db.$executeRaw`
    UPDATE "Run" r SET ${changed}
     WHERE r."id" = ${hold.runId}::uuid AND r."finishedAt" IS NULL AND r."changedAt" < clock_timestamp() - interval '900 ms'`;
  return true;
};

/** Whether it is still held. */
export const isStillHeld = async (tx: Tx, hold: Hold): Promise<boolean> => {
  const rows =
    hold.number === null
      ? await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Run" r WHERE ${heldRun(hold)} FOR SHARE`
      : await tx.$queryRaw<unknown[]>`SELECT 1 FROM "RunPart" p WHERE ${heldPart(hold)} FOR SHARE`;
  return rows.length === 1;
};

/** Keeps a value with the run once: the first one stays, and is returned. */
export const fixOnce = async (db: Db, hold: Hold, value: unknown): Promise<unknown> => {
  const held = hold.number === null ? heldRun(hold) : Prisma.sql`r."id" = p."runId" AND ${heldPart(hold)}`;
  const { fixed } = requireOne(
    await db.$queryRaw<{ fixed: unknown }[]>`
      UPDATE "Run" r SET "fixed" = COALESCE(r."fixed", ${toJson(value)}::jsonb)
        ${hold.number === null ? Prisma.empty : Prisma.sql`FROM "RunPart" p`}
       WHERE ${held} AND r."finishedAt" IS NULL RETURNING r."fixed"`,
  );
  return fixed;
};

/** Gives what is held back untouched, for whoever is next. */
export const giveBack = (db: Db, hold: Hold) =>
  hold.number === null
    ? db.$executeRaw`UPDATE "Run" r SET "dueAt" = now(), ${noLease}, ${changed} WHERE ${heldRun(hold)}`
    : db.$executeRaw`UPDATE "RunPart" p SET "state" = 'waiting', "dueAt" = now(), ${noLease} WHERE ${heldPart(hold)}`;

/** Which of these folders of a time no other run of the export has. */
export const findFreeTime = async (tx: Tx, exportId: string, times: readonly string[]): Promise<string | undefined> => {
  const [row] = await tx.$queryRaw<{ time: string }[]>`
    SELECT t."time" FROM unnest(${[...times]}::text[]) WITH ORDINALITY AS t("time", "place")
     WHERE NOT EXISTS (SELECT 1 FROM "Run" r WHERE r."exportId" = ${exportId}::uuid AND r."folderTime" = t."time")
     ORDER BY t."place" LIMIT 1`;
  return row?.time;
};

/** Rows of one statement, and characters of what they hold: very many parts would be held in memory several times over. */
const partsOfBatch = 1_000;
const charactersOfBatch = 4_000_000;

function* inBatches(parts: readonly NewPart[]): Generator<string> {
  let batch: string[] = [];
  let length = 0;
  for (const [index, part] of parts.entries()) {
    const text = JSON.stringify({ ...part, number: index + 1 });
    batch.push(text);
    length += text.length;
    if (batch.length < partsOfBatch && length < charactersOfBatch) continue;
    yield `[${batch.join()}]`;
    [batch, length] = [[], 0];
  }
  if (batch.length > 0) yield `[${batch.join()}]`;
}

/** Keeps what a run does, and its parts, for everybody to take. */
export const keepPlan = async (
  tx: Tx,
  hold: Hold,
  { plan, parts, bytesTotal, counts }: Prepared,
  folderTime: string | null,
): Promise<void> => {
  requireOne(
    await tx.$queryRaw<unknown[]>`
      UPDATE "Run" r
         SET "plan" = ${toJson(plan)}::jsonb, "folderTime" = ${folderTime}, "partsTotal" = ${parts.length},
             "bytesTotal" = ${bytesTotal}::bigint, "phase" = ${counts ? 'counting' : 'moving'}, ${untried}, ${changed}
       WHERE ${heldRun(hold)} RETURNING 1`,
  );
  for (const batch of inBatches(parts)) {
    await tx.$executeRaw`
      INSERT INTO "RunPart" ("runId", "number", "entity", "entityName", "files", "bytes")
      SELECT ${hold.runId}::uuid, n."number", n."entity", n."entityName", n."files", n."bytes"
        FROM jsonb_to_recordset(${batch}::jsonb)
          AS n("number" integer, "entity" integer, "entityName" text, "files" jsonb, "bytes" bigint)`;
  }
};

type Done = { isLast: boolean };

/** Keeps how many rows a part has. */
export const keepCount = async (tx: Tx, hold: Hold, counted: Counted): Promise<Done> => {
  const run = requireOne(
    await tx.$queryRaw<Done[]>`
      UPDATE "Run" r SET "partsDone" = r."partsDone" + 1, ${changed}
       WHERE r."id" = ${hold.runId}::uuid AND r."finishedAt" IS NULL AND r."phase" = 'counting'
      RETURNING r."partsDone" = r."partsTotal" AS "isLast"`,
  );
  requireOne(
    await tx.$queryRaw<unknown[]>`
      UPDATE "RunPart" p SET "state" = 'done', "result" = ${toJson(counted)}::jsonb, "bytesRead" = p."bytes", ${untried}
       WHERE ${heldPart(hold)} RETURNING 1`,
  );
  return run;
};

/** The rows of all parts together. */
export const sumCounts = async (tx: Tx, runId: string): Promise<Counted> => {
  const [row] = await tx.$queryRaw<{ rows: number; rejected: number }[]>`
    SELECT COALESCE(sum((p."result"->>'rows')::bigint), 0)::float8 AS "rows",
           COALESCE(sum((p."result"->>'rejected')::bigint), 0)::float8 AS "rejected"
      FROM "RunPart" p WHERE p."runId" = ${runId}::uuid`;
  return row ?? { rows: 0, rejected: 0 };
};

/** From now on the counted parts are moved. */
export const beginToMove = async (tx: Tx, runId: string): Promise<void> => {
  await tx.$executeRaw`
    UPDATE "RunPart" p SET "state" = 'waiting', "result" = NULL, "bytesRead" = 0, ${untried} WHERE p."runId" = ${runId}::uuid`;
  await tx.$executeRaw`
    UPDATE "Run" r SET "phase" = 'moving', "partsDone" = 0, ${untried}, ${changed} WHERE r."id" = ${runId}::uuid`;
};

/** From now on the run is published; it can no longer be canceled. */
export const beginToPublish = async (tx: Tx, runId: string): Promise<void> => {
  await tx.$executeRaw`UPDATE "Run" r SET "phase" = 'publishing', ${untried}, ${changed} WHERE r."id" = ${runId}::uuid`;
};

/** Keeps what became of a part, and counts it in. */
export const keepPart = async (
  tx: Tx,
  hold: Hold,
  { rowsWritten, rowsRejected, bytesWritten, written, result }: PartResult,
): Promise<Done> => {
  const run = requireOne(
    await tx.$queryRaw<Done[]>`
      UPDATE "Run" r
         SET "partsDone" = r."partsDone" + 1, "rowsWritten" = r."rowsWritten" + ${rowsWritten}::bigint,
             "rowsRejected" = r."rowsRejected" + ${rowsRejected}::bigint,
             "bytesWritten" = r."bytesWritten" + ${bytesWritten}::bigint, "bytesRead" = r."bytesRead" + p."bytes", ${changed}
        FROM "RunPart" p
       WHERE ${heldPart(hold)} AND r."id" = p."runId" AND r."finishedAt" IS NULL AND r."phase" = 'moving'
      RETURNING r."partsDone" = r."partsTotal" AS "isLast"`,
  );
  requireOne(
    await tx.$queryRaw<unknown[]>`
      UPDATE "RunPart" p
         SET "state" = 'done', "rowsWritten" = ${rowsWritten}::bigint, "rowsRejected" = ${rowsRejected}::bigint,
             "bytesWritten" = ${bytesWritten}::bigint, "bytesRead" = p."bytes",
             "result" = ${toJson({ written, result })}::jsonb, ${untried}
       WHERE ${heldPart(hold)} RETURNING 1`,
  );
  return run;
};

type MovedRow = Omit<MovedPart, 'rowsWritten' | 'rowsRejected' | 'bytesWritten' | 'bytes' | 'written' | 'attempt'> &
  Record<'rowsWritten' | 'rowsRejected' | 'bytesWritten' | 'bytes', bigint> & {
    result: { written: string[]; result: unknown };
  };

/** What was moved, in order. */
export const findMoved = async (db: Db, runId: string): Promise<MovedPart[]> => {
  const rows = await db.$queryRaw<MovedRow[]>`
    SELECT "number", "entity", "entityName", "files", "fence", "bytes", "rowsWritten", "rowsRejected", "bytesWritten", "result"
      FROM "RunPart" WHERE "runId" = ${runId}::uuid ORDER BY "number"`;
  return rows.map((row) => ({
    ...row,
    ...row.result,
    attempt: 1,
    bytes: Number(row.bytes),
    rowsWritten: Number(row.rowsWritten),
    rowsRejected: Number(row.rowsRejected),
    bytesWritten: Number(row.bytesWritten),
  }));
};

type End =
  | { state: 'failed' | 'skipped'; problem: RunProblem }
  | { state: 'successful'; problem: null; written: Written | null };

/** Ends a run. Who holds one of its parts has written that part before, in the same transaction. */
export const endRun = async (tx: Tx, hold: Hold, ended: End): Promise<EndedRow> => {
  const written = ended.state === 'successful' && ended.written ? toJson(ended.written) : null;
  return requireOne(
    await tx.$queryRaw<EndedRow[]>`
      UPDATE "Run" r
         SET "state" = ${ended.state}, "problem" = ${ended.problem === null ? null : toJson(ended.problem)}::jsonb,
             "written" = ${written}::jsonb, ${end}
       WHERE ${hold.number === null ? heldRun(hold) : Prisma.sql`r."id" = ${hold.runId}::uuid`} AND r."finishedAt" IS NULL
      RETURNING ${endedColumns}`,
  );
};

/** Lets what is held wait for its next attempt. */
export const retryLater = async (
  tx: Tx,
  hold: Hold,
  { problem, attempts, waitMs }: { problem: RunProblem; attempts: number; waitMs: number },
): Promise<void> => {
  const wait = Prisma.sql`
    "attempts" = ${attempts}, "retries" = "retries" + 1, "problem" = ${toJson(problem)}::jsonb, ${noLease},
    "dueAt" = now() + make_interval(secs => ${waitMs / 1000}::float8)`;
  if (hold.number !== null) {
    requireOne(
      await tx.$queryRaw<unknown[]>`
        UPDATE "RunPart" p SET "state" = 'waiting', ${wait} WHERE ${heldPart(hold)} RETURNING 1`,
    );
    await countRetry(tx, hold.runId);
    return;
  }
  requireOne(
    await tx.$queryRaw<unknown[]>`
      UPDATE "Run" r SET ${wait}, ${changed} WHERE ${heldRun(hold)} AND r."finishedAt" IS NULL RETURNING 1`,
  );
};

/** Counts a part's retry for the run. */
export const countRetry = (tx: Tx, runId: string) =>
  tx.$executeRaw`UPDATE "Run" r SET "retries" = r."retries" + 1, ${changed} WHERE r."id" = ${runId}::uuid AND r."finishedAt" IS NULL`;

/** Keeps at a part that it is what its run fails for. */
export const markPart = async (tx: Tx, hold: Hold, problem: RunProblem): Promise<void> => {
  requireOne(
    await tx.$queryRaw<unknown[]>`
      UPDATE "RunPart" p SET "state" = 'waiting', "problem" = ${toJson(problem)}::jsonb, ${noLease}
       WHERE ${heldPart(hold)} RETURNING 1`,
  );
};

/** Lets the run that is held be given up next: its problem stays what it fails with. */
export const giveUpNext = async (tx: Tx, hold: Hold, problem: RunProblem, attempts: number): Promise<void> => {
  requireOne(
    await tx.$queryRaw<unknown[]>`
      UPDATE "Run" r
         SET "attempts" = ${attempts}, "problem" = ${toJson(problem)}::jsonb, "dueAt" = now(), ${noLease}, ${changed}
       WHERE ${heldRun(hold)} AND r."finishedAt" IS NULL RETURNING 1`,
  );
};

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

/** Marks runs of an export whose files are not kept any more; returns those that had not been marked before. */
export const markRemoved = async (tx: Tx, exportId: string, runIds: readonly string[]): Promise<string[]> => {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Run" SET "filesRemovedAt" = now(), "changedAt" = clock_timestamp()
     WHERE "exportId" = ${exportId}::uuid AND "id" = ANY(${[...runIds]}::uuid[]) AND "filesRemovedAt" IS NULL
    RETURNING "id"::text AS "id"`;
  return rows.map(({ id }) => id);
};
