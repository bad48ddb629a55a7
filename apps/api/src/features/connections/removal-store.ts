import type { Db, Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';

/** A removal or its undo is a few statements about very many exports; it may take longer than other transactions do. */
export const removalTimeoutMs = 60_000;

type Locked = { id: string; name: string; version: number };

/**
 * Locks the connection that is removed and the one that takes its exports over, in the order of their ids, so that two
 * removals never wait for each other. Either is undefined when it is not there any more. Rows that point at one are not
 * kept waiting: the database looks at it again when an export changes twice in a transaction, which holds that export already.
 */
export const lockForRemoval = async (
  tx: Tx,
  environmentId: string,
  id: string,
  successorId: string | undefined,
): Promise<[Locked | undefined, Locked | undefined]> => {
  const ids = successorId === undefined ? [id] : [id, successorId];
  const rows = await tx.$queryRaw<Locked[]>`
    SELECT "id"::text AS "id", "name", "version" FROM "Connection"
     WHERE "environmentId" = ${environmentId}::uuid AND "id" = ANY(${ids}::uuid[]) AND "removedAt" IS NULL
     ORDER BY "id" FOR NO KEY UPDATE`;
  return [rows.find((row) => row.id === id), rows.find((row) => row.id === successorId)];
};

/** Marks a connection as removed: out of sight of everything but the Removed list, restore and purge. */
export const markRemoved = async (
  tx: Tx,
  {
    connection,
    removalId,
    by,
    at,
  }: { connection: { id: string }; removalId: string; by: { id: string; name: string }; at: Date },
): Promise<void> => {
  await tx.connection.update({
    where: { id: connection.id },
    data: {
      removedAt: at,
      removedById: by.id,
      removedByName: by.name,
      removalId,
      nextCheckAt: null,
      version: { increment: 1 },
    },
    select: { id: true },
  });
};

export type RemovedRow = {
  id: string;
  environmentId: string;
  name: string;
  type: string;
  version: number;
  isPaused: boolean;
  removedAt: Date;
  removedById: string;
  removedByName: string;
  removalId: string;
};

const selectRemoved = (environmentId: string, id: string, lock: Prisma.Sql) => Prisma.sql`
  SELECT "id"::text AS "id", "environmentId"::text AS "environmentId", "name", "type", "version", "isPaused", "removedAt",
         "removedById"::text AS "removedById", "removedByName", "removalId"::text AS "removalId"
    FROM "Connection"
   WHERE "environmentId" = ${environmentId}::uuid AND "id" = ${id}::uuid AND "removedAt" IS NOT NULL ${lock}`;

/** A removed connection, whether it can still be restored or not. */
export const findRemoved = async (db: Db, environmentId: string, id: string): Promise<RemovedRow | undefined> => {
  const [row] = await db.$queryRaw<RemovedRow[]>(selectRemoved(environmentId, id, Prisma.empty));
  return row;
};

/** The same, held until the transaction ends. */
export const lockRemoved = async (tx: Tx, environmentId: string, id: string): Promise<RemovedRow | undefined> => {
  const [row] = await tx.$queryRaw<RemovedRow[]>(selectRemoved(environmentId, id, Prisma.sql`FOR UPDATE`));
  return row;
};

/** Takes the mark away; the next probe is due at once, unless the connection is paused. */
export const unmarkRemoved = async (
  tx: Tx,
  row: RemovedRow,
  { name, at }: { name: string; at: Date },
): Promise<void> => {
  await tx.connection.update({
    where: { id: row.id },
    data: {
      name,
      removedAt: null,
      removedById: null,
      removedByName: null,
      removalId: null,
      nextCheckAt: row.isPaused ? null : at,
      updatedAt: at,
      version: { increment: 1 },
    },
    select: { id: true },
  });
};

type Subject = { id: string; environmentId: string; name: string };

/** Removed connections whose time is over, the longest removed first; rows that another process purges are passed over. */
export const lockPurgeable = (tx: Tx, removedUntil: Date, limit: number): Promise<Subject[]> => tx.$queryRaw<Subject[]>`
    SELECT "id"::text AS "id", "environmentId"::text AS "environmentId", "name" FROM "Connection"
     WHERE "removedAt" <= ${removedUntil} ORDER BY "removedAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED`;

export const destroyKeys = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  await tx.connectionKey.deleteMany({ where: { connectionId: { in: [...ids] } } });
};

/** Deletes rows of connections; their secrets, checks and catalog go with them. */
export const deleteConnections = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  await tx.connection.deleteMany({ where: { id: { in: [...ids] } } });
};
