import type { Db, Tx } from '../../platform/db.ts';
import { claimSeconds, maximumDeliveryAttempts } from './rules.ts';

/**
 * Puts notices on their way to every hook that is on and wants to know. Hooks are held until the transaction ends, so that none is
 * deleted in between, which would break the change that is told of.
 */
export const insertDeliveries = async (
  tx: Tx,
  notices: readonly { id: string; environmentId: string }[],
): Promise<void> => {
  const ids = notices.map(({ id }) => id);
  const environmentIds = [...new Set(notices.map(({ environmentId }) => environmentId))];
  await tx.$executeRaw`
    WITH hooks AS MATERIALIZED (
      SELECT "id", "environmentId", "kinds" FROM "NoticeHook"
       WHERE "environmentId" = ANY(${environmentIds}::uuid[]) AND "isOn" ORDER BY "id" FOR KEY SHARE)
    INSERT INTO "NoticeDelivery" ("id", "noticeId", "hookId", "dueAt")
    SELECT gen_random_uuid(), n."id", h."id", n."at"
      FROM "Notice" n JOIN hooks h ON h."environmentId" = n."environmentId" AND n."kind" = ANY(h."kinds")
     WHERE n."id" = ANY(${ids}::uuid[])`;
};

/** A delivery whoever claimed it may make; counting its attempts up tells it from later claims. */
export type ClaimedDelivery = { id: string; noticeId: string; hookId: string; attempts: number };

/**
 * Claims the delivery that is due longest, by moving it on for as long as an attempt takes at most: of a worker that crashed
 * another one takes it over. Hooks in `busy` are passed over: a worker
 * sends each one notice at a time, the oldest first.
 */
export const claimDelivery = async (
  db: Db,
  now: Date,
  busy: readonly string[],
): Promise<ClaimedDelivery | undefined> => {
  const [row] = await db.$queryRaw<ClaimedDelivery[]>`
    WITH due AS MATERIALIZED (
      SELECT "id" FROM "NoticeDelivery" WHERE "dueAt" <= ${now} AND "hookId" <> ALL(${[...busy]}::uuid[])
       ORDER BY "dueAt", "noticeId" LIMIT 1 FOR UPDATE SKIP LOCKED)
    UPDATE "NoticeDelivery" d
       SET "attempts" = d."attempts" + 1, "dueAt" = ${now}::timestamptz + make_interval(secs => ${claimSeconds}::integer)
      FROM due WHERE d."id" = due."id"
    RETURNING d."id"::text AS "id", d."noticeId"::text AS "noticeId", d."hookId"::text AS "hookId", d."attempts"`;
  return row;
};

/** Ends a delivery that has arrived, or cannot, unless somebody else has taken it over. */
export const endDelivery = async (db: Db | Tx, { id, attempts }: ClaimedDelivery): Promise<void> => {
  await db.noticeDelivery.deleteMany({ where: { id, attempts } });
};

/**
 * Puts a delivery off that may arrive later, and with it all that wait for the same hook, as if each had been tried: a receiver
 * that is down is asked once and not once for each notice. Those that were tried often enough are given up.
 */
export const putOff = async (
  tx: Tx,
  { id, hookId, attempts }: ClaimedDelivery,
  until: Date,
  now: Date,
): Promise<void> => {
  const { count } = await tx.noticeDelivery.updateMany({ where: { id, attempts }, data: { dueAt: until } });
  if (count === 0) return;
  await tx.noticeDelivery.updateMany({
    where: { hookId, dueAt: { lte: now }, id: { not: id } },
    data: { dueAt: until, attempts: { increment: 1 } },
  });
  await tx.noticeDelivery.deleteMany({ where: { hookId, dueAt: until, attempts: { gte: maximumDeliveryAttempts } } });
};
