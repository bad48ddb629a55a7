import type { Role } from '@junction/contracts';
import type { Db, Tx } from '../../../platform/db.ts';
import { Prisma } from '../../../platform/prisma/client.ts';

export type ServiceAccountRow = {
  id: string;
  name: string;
  role: Role;
  /** Counts changes of the account and of its place here. */
  version: number;
  createdAt: Date;
  isYours: boolean;
  tokenCount: number;
  lastUsedAt: Date | null;
  nextExpiryAt: Date | null;
};

/** Whether these are all environments that `p` belongs to. */
const isIn = (adminOf: readonly string[]) => Prisma.sql`
  NOT EXISTS (SELECT FROM "Member" o WHERE o."personId" = p."id" AND o."environmentId" <> ALL(${[...adminOf]}::uuid[]))`;

type Which = { environmentId: string; id?: string };

/** The service accounts of an environment, by name, or the one with this id, for who is an admin of these environments. */
export const findServiceAccounts = (
  db: Db | Tx,
  adminOf: readonly string[],
  { environmentId, id }: Which,
  now: Date,
): Promise<ServiceAccountRow[]> => db.$queryRaw<ServiceAccountRow[]>`
  SELECT p."id"::text AS "id", p."name", m."role", p."version" + m."version" - 1 AS "version", p."createdAt",
         ${isIn(adminOf)} AS "isYours", t."tokenCount", t."lastUsedAt", t."nextExpiryAt"
    FROM "Member" m
    JOIN "Person" p ON p."id" = m."personId" AND p."kind" = 'service'
   CROSS JOIN LATERAL (
           SELECT count(*)::integer AS "tokenCount", max(k."lastUsedAt") AS "lastUsedAt",
                  min(k."expiresAt") FILTER (WHERE k."expiresAt" > ${now}) AS "nextExpiryAt"
             FROM "ApiToken" k WHERE k."ownerId" = p."id") t
   WHERE m."environmentId" = ${environmentId}::uuid
     AND ${id === undefined ? Prisma.sql`TRUE` : Prisma.sql`p."id" = ${id}::uuid`}
   ORDER BY lower(p."name"), p."id"`;

/** Holds a service account until the transaction ends: neither its name, nor its places, nor its tokens change meanwhile. */
export const lockServiceAccount = async (tx: Tx, id: string): Promise<void> => {
  await tx.$executeRaw`SELECT 1 FROM "Person" WHERE "id" = ${id}::uuid AND "kind" = 'service' FOR UPDATE`;
};

type Known = { id: string; name: string; isYours: boolean };

/** A service account that is in one of these environments at least; undefined when there is none. */
export const findKnownAccount = async (tx: Tx, adminOf: readonly string[], id: string): Promise<Known | undefined> => {
  const [row] = await tx.$queryRaw<Known[]>`
    SELECT p."id"::text AS "id", p."name", ${isIn(adminOf)} AS "isYours"
      FROM "Person" p
     WHERE p."id" = ${id}::uuid AND p."kind" = 'service' AND EXISTS (
       SELECT FROM "Member" m WHERE m."personId" = p."id" AND m."environmentId" = ANY(${[...adminOf]}::uuid[]))`;
  return row;
};

/** The environments that a service account belongs to. */
export const findPlaces = async (tx: Tx, personId: string): Promise<string[]> => {
  const rows = await tx.member.findMany({ where: { personId }, select: { environmentId: true } });
  return rows.map(({ environmentId }) => environmentId);
};

export const countServiceAccounts = (tx: Tx, environmentId: string): Promise<number> =>
  tx.member.count({ where: { environmentId, person: { kind: 'service' } } });

export const insertServiceAccount = async (
  tx: Tx,
  row: { id: string; name: string; email: string; createdAt: Date },
): Promise<void> => {
  await tx.person.create({ data: { ...row, kind: 'service' }, select: { id: true } });
};

/** Gives a service account a role in an environment; false when it has one there. */
export const addPlace = async (
  tx: Tx,
  row: { environmentId: string; personId: string; role: Role; addedAt: Date },
): Promise<boolean> => {
  const { count } = await tx.member.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
};

export const renameAccount = async (tx: Tx, id: string, name: string): Promise<void> => {
  await tx.person.updateMany({ where: { id }, data: { name, version: { increment: 1 } } });
};

export const changeRole = async (tx: Tx, environmentId: string, personId: string, role: Role): Promise<void> => {
  await tx.member.updateMany({ where: { environmentId, personId }, data: { role, version: { increment: 1 } } });
};

export const removePlace = async (tx: Tx, environmentId: string, personId: string): Promise<void> => {
  await tx.member.deleteMany({ where: { environmentId, personId } });
};

/** The service accounts that belong to an environment, by id. */
export const findAccountIds = async (tx: Tx, environmentId: string): Promise<string[]> => {
  const rows = await tx.member.findMany({
    where: { environmentId, person: { kind: 'service' } },
    orderBy: { personId: 'asc' },
    select: { personId: true },
  });
  return rows.map(({ personId }) => personId);
};

/**
 * Deletes those of the service accounts that belong nowhere any more, and with them their tokens. They are held first: one that is just
 * given a place elsewhere has it when the second statement looks.
 */
export const deleteHomeless = async (tx: Tx, ids: readonly string[]): Promise<number> => {
  await tx.$executeRaw`SELECT 1 FROM "Person" WHERE "id" = ANY(${[...ids]}::uuid[]) ORDER BY "id" FOR UPDATE`;
  const { count } = await tx.person.deleteMany({
    where: { id: { in: [...ids] }, kind: 'service', memberships: { none: {} } },
  });
  return count;
};
