import type { Db, Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { changed, type Hold, heldPart, heldRun, leaseUntil, noLease, requireOne, toJson } from './hold.ts';
import type { PartProgress } from './work.ts';

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
