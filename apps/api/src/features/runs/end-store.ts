import type { RunProblem } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { changed, type Hold, heldPart, heldRun, noLease, requireOne, toJson } from './hold.ts';
import { type EndedRow, end, endedColumns } from './run-store.ts';
import type { Written } from './work.ts';

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
