import type { Db, Tx } from '../../platform/db.ts';
import { changed, type Hold, heldPart, requireOne, toJson, untried } from './hold.ts';
import type { Counted, MovedPart, PartResult } from './work.ts';

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
