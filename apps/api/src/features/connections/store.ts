import type { CheckResult, checkTriggers, SharedWith, Sharing } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { type Facts, probeJitter, type Values } from './rules.ts';

/** Checks kept of each connection; more than two days of probes every 15 minutes. */
export const checksKept = 200;

type Person = { id: string; name: string };
type Place = { id: string; environmentId: string };
type SealedSecret = { field: string; sealed: Uint8Array<ArrayBuffer> };

/** A check of a saved connection as it is kept. `by` is null for a probe. */
export type CheckToKeep = {
  result: CheckResult;
  facts: Facts;
  trigger: (typeof checkTriggers)[number];
  by: Person | null;
};

const whole = {
  secrets: true,
  key: true,
  shares: { select: { member: { select: { person: { select: { id: true, name: true } } } } } },
} as const;

/** What stands for a data key that was destroyed; nothing opens with it. */
const noKey = new Uint8Array(0);

/** A stored connection with its sealed secrets and the people it is shared with; null when there is none of this id in this environment, or it is removed. */
export const findConnection = (db: Db | Tx, environmentId: string, id: string) =>
  findWhole(db, { id, environmentId, removedAt: null });

/** The same, removed or not, until it is purged. */
export const findConnectionOrRemoved = (db: Db, environmentId: string, id: string) =>
  findWhole(db, { id, environmentId });

const findWhole = async (db: Db | Tx, where: Prisma.ConnectionWhereInput) => {
  const row = await db.connection.findFirst({ where, include: whole });
  if (row === null) return null;
  const { key, shares, ...rest } = row;
  return { ...rest, wrappedKey: key?.wrappedKey ?? noKey, people: shares.map(({ member }) => member.person) };
};

export type StoredConnection = NonNullable<Awaited<ReturnType<typeof findConnection>>>;

/** How much uses a connection, and how its profile data stands; both are expressions of whoever knows. */
export const findAround = async (
  db: Db | Tx,
  { usedBy, profiles }: { usedBy: Prisma.Sql; profiles: Prisma.Sql },
  id: string,
) => {
  const [row] = await db.$queryRaw<{ usedBy: number; profiles: unknown }[]>`
    SELECT ${usedBy} AS "usedBy", ${profiles} AS "profiles" FROM "Connection" c WHERE c."id" = ${id}::uuid`;
  return row ?? { usedBy: 0, profiles: null };
};

/** Whether another connection of the environment has this name, whatever the case. */
export const isNameTaken = async (db: Db | Tx, environmentId: string, name: string, exceptId?: string) => {
  const [row] = await db.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Connection" WHERE "environmentId" = ${environmentId}::uuid AND "removedAt" IS NULL AND lower("name") = lower(${name}) LIMIT 1`;
  return row !== undefined && row.id !== exceptId;
};

/** Whether a write failed because the name is taken; it is the only unique value besides the id. */
export const isNameConflict = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';

/** Whether a new connection could not be written because its environment was deleted in the meantime. */
export const isEnvironmentGone = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2003';

const toColumns = ({ lastReason, ...facts }: Facts) => ({ ...facts, lastReason: lastReason ?? Prisma.DbNull });

const toSettings = (settings: Values) => settings as Prisma.InputJsonObject;

/** Keeps a check in the history, which never grows beyond `checksKept`. */
const insertCheck = async (tx: Tx, connectionId: string, { result, facts, trigger, by }: CheckToKeep) => {
  await tx.connectionCheck.create({
    data: {
      id: newId(),
      connectionId,
      trigger,
      byId: by?.id,
      byName: by?.name,
      startedAt: facts.lastCheckedAt,
      durationMs: result.durationMs,
      outcome: result.outcome,
      steps: result.steps as unknown as Prisma.InputJsonArray,
      credentialExpiresAt: facts.credentialExpiresAt,
    },
    select: { id: true },
  });
  await tx.$executeRaw`
    DELETE FROM "ConnectionCheck" WHERE "connectionId" = ${connectionId}::uuid AND "id" <= (
      SELECT "id" FROM "ConnectionCheck" WHERE "connectionId" = ${connectionId}::uuid
       ORDER BY "id" DESC OFFSET ${checksKept} LIMIT 1)`;
};

export type NewRow = {
  id: string;
  environmentId: string;
  name: string;
  type: string;
  settings: Values;
  readsEntities: boolean;
  sharing: Sharing;
  wrappedKey: Uint8Array<ArrayBuffer>;
  secrets: SealedSecret[];
  consentTextVersion: string;
  by: Person;
  now: Date;
  check: CheckToKeep;
};

/** Makes these the people whom a connection is shared with by name. */
const shareByName = async (tx: Tx, { id, environmentId }: Place, { sharedWith, personIds }: Sharing) => {
  await tx.connectionShare.deleteMany({ where: { connectionId: id } });
  if (sharedWith !== 'namedContributors') return;
  await tx.connectionShare.createMany({
    data: personIds.map((personId) => ({ connectionId: id, environmentId, personId })),
  });
};

/** Adds a connection with its secrets and the check that it was set up with. */
export const insertConnection = async (tx: Tx, { secrets, by, now, check, sharing, wrappedKey, ...row }: NewRow) => {
  await tx.connection.create({
    data: {
      ...row,
      settings: toSettings(row.settings),
      sharedWith: sharing.sharedWith,
      key: { create: { wrappedKey } },
      ...toColumns(check.facts),
      consentById: by.id,
      consentByName: by.name,
      consentAt: now,
      createdById: by.id,
      createdByName: by.name,
      createdAt: now,
      updatedAt: now,
      secrets: { create: secrets.map((secret) => ({ ...secret, setAt: now })) },
    },
    select: { id: true },
  });
  await shareByName(tx, row, sharing);
  await insertCheck(tx, row.id, check);
};

export type SharingRow = { id: string; name: string; sharedWith: SharedWith; people: Person[] };

/** How connections of an environment are shared, held until the transaction ends, in the order of their ids; people in the order of theirs. */
export const lockSharings = async (tx: Tx, environmentId: string, ids: readonly string[]): Promise<SharingRow[]> => {
  await tx.$queryRaw`
    SELECT "id" FROM "Connection"
     WHERE "environmentId" = ${environmentId}::uuid AND "id" = ANY(${[...ids]}::uuid[]) ORDER BY "id" FOR NO KEY UPDATE`;
  const rows = await tx.connection.findMany({
    where: { environmentId, id: { in: [...ids] }, removedAt: null },
    select: { id: true, name: true, sharedWith: true, shares: whole.shares },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ shares, sharedWith, ...row }) => ({
    ...row,
    sharedWith: sharedWith as SharedWith,
    people: shares.map(({ member }) => member.person).sort((one, other) => (one.id < other.id ? -1 : 1)),
  }));
};

/** Shares all of these connections the same way. */
export const shareAll = async (
  tx: Tx,
  environmentId: string,
  ids: readonly string[],
  { sharedWith, personIds }: Sharing,
  now: Date,
): Promise<void> => {
  const connectionIds = [...ids];
  await tx.connection.updateMany({
    where: { id: { in: connectionIds } },
    data: { sharedWith, updatedAt: now, version: { increment: 1 } },
  });
  await tx.connectionShare.deleteMany({ where: { connectionId: { in: connectionIds } } });
  await tx.connectionShare.createMany({
    data: connectionIds.flatMap((connectionId) =>
      personIds.map((personId) => ({ connectionId, environmentId, personId })),
    ),
  });
};

export type Change = {
  name: string;
  /** Absent when it stays as it is. */
  sharing?: Sharing;
  isPaused: boolean;
  settings: Values;
  readsEntities: boolean;
  secrets: SealedSecret[];
  droppedSecrets: readonly string[];
  /** A data key in the place of one that is lost. */
  newKey?: Uint8Array<ArrayBuffer>;
  /** Set when the change says so, whatever the check. */
  nextCheckAt?: Date | null;
  check?: CheckToKeep;
  now: Date;
};

/** Changes a connection if it is still the version that was read; false when it is not. */
export const changeConnection = async (tx: Tx, row: StoredConnection, change: Change): Promise<boolean> => {
  const { id, version } = row;
  const { name, sharing, isPaused, settings, readsEntities, secrets, droppedSecrets, newKey, nextCheckAt, check, now } =
    change;
  const { count } = await tx.connection.updateMany({
    where: { id, version, removedAt: null },
    data: {
      name,
      sharedWith: sharing?.sharedWith,
      isPaused,
      settings: toSettings(settings),
      readsEntities,
      version: version + 1,
      updatedAt: now,
      ...(check ? toColumns(check.facts) : {}),
      ...(nextCheckAt === undefined ? {} : { nextCheckAt }),
    },
  });
  if (count === 0) return false;
  if (newKey) {
    const owner = { connectionId: id };
    await tx.connectionKey.upsert({
      where: owner,
      create: { ...owner, wrappedKey: newKey },
      update: { wrappedKey: newKey },
    });
  }
  await tx.connectionSecret.deleteMany({
    where: { connectionId: id, field: { in: [...droppedSecrets, ...secrets.map(({ field }) => field)] } },
  });
  await tx.connectionSecret.createMany({
    data: secrets.map((secret) => ({ ...secret, connectionId: id, setAt: now })),
  });
  if (sharing) await shareByName(tx, row, sharing);
  if (check) await insertCheck(tx, id, check);
  return true;
};

/** Keeps settings that were found out, without making an edit stale; false when the connection was changed or removed since. */
export const keepSettings = async (tx: Tx, { id, version }: StoredConnection, settings: Values): Promise<boolean> => {
  const { count } = await tx.connection.updateMany({
    where: { id, version, removedAt: null },
    data: { settings: toSettings(settings) },
  });
  return count > 0;
};

/**
 * Keeps a check of a connection and what follows from it, without making an edit stale. False, and nothing is kept, when the
 * connection was changed or removed since, or a check that started later is there already.
 */
export const keepCheck = async (tx: Tx, { id, version }: StoredConnection, check: CheckToKeep): Promise<boolean> => {
  const { nextCheckAt, ...facts } = toColumns(check.facts);
  const { count } = await tx.connection.updateMany({
    where: {
      id,
      version,
      removedAt: null,
      OR: [{ lastCheckedAt: null }, { lastCheckedAt: { lte: check.facts.lastCheckedAt } }],
    },
    data: { ...facts, nextCheckAt },
  });
  if (count === 0) return false;
  await insertCheck(tx, id, check);
  return true;
};

/**
 * Claims connections whose probe is due, the longest overdue first, by moving their next one on by the interval, give or take
 * the jitter. Rows that another process is claiming at this moment are passed over.
 */
export const claimDue = (
  db: Db,
  { now, intervalMinutes, limit }: { now: Date; intervalMinutes: number; limit: number },
): Promise<{ id: string; environmentId: string }[]> => db.$queryRaw`
    WITH due AS MATERIALIZED (
      SELECT "id" FROM "Connection" WHERE "nextCheckAt" <= ${now} AND NOT "isPaused" AND "removedAt" IS NULL
       ORDER BY "nextCheckAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    UPDATE "Connection" c
       SET "nextCheckAt" = ${now}::timestamptz
             + make_interval(secs => ${intervalMinutes * 60}::float8 * (1 + ${probeJitter}::float8 * (2 * random() - 1)))
      FROM due WHERE c."id" = due."id"
    RETURNING c."id"::text AS "id", c."environmentId"::text AS "environmentId"`;
