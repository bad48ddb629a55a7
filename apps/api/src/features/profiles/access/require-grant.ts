import { notFound } from '../../../platform/app-error.ts';
import type { Db, Tx } from '../../../platform/db.ts';
import { Prisma } from '../../../platform/prisma/client.ts';
import { maySeeProfiles } from './may-see-profiles.ts';

/** A connection whose profile data somebody may see. */
type GrantedConnection = { id: string; name: string };

type Row = GrantedConnection & { isRemoved: boolean; isMember: boolean };

/** The connections of an environment that somebody has grants on and may see, in the order of their names. */
const selectGranted = async (
  db: Db | Tx,
  { environmentId, personId }: { environmentId: string; personId: string },
  narrowed: Prisma.Sql,
): Promise<GrantedConnection[]> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT c."id"::text AS "id", c."name", c."removedAt" IS NOT NULL AS "isRemoved", m."personId" IS NOT NULL AS "isMember"
      FROM "ProfileGrant" g
      JOIN "Connection" c ON c."id" = g."connectionId" AND c."environmentId" = g."environmentId"
      LEFT JOIN "Member" m ON m."environmentId" = c."environmentId" AND m."personId" = g."personId"
     WHERE g."environmentId" = ${environmentId}::uuid AND g."personId" = ${personId}::uuid AND ${narrowed}
     ORDER BY lower(c."name"), c."id"`;
  return rows
    .filter(({ isRemoved, isMember }) => maySeeProfiles({ personId, isMember, grantedTo: [personId], isRemoved }))
    .map(({ id, name }) => ({ id, name }));
};

/** The connections of an environment whose profile data somebody may see, by name. */
export const findGranted = (db: Db | Tx, environmentId: string, personId: string): Promise<GrantedConnection[]> =>
  selectGranted(db, { environmentId, personId }, Prisma.sql`TRUE`);

/**
 * The connection, when this person may see its profile data now. Throws notFound when they may not, which looks like a connection that
 * does not exist.
 */
export const requireGrant = async (
  db: Db | Tx,
  { environmentId, connectionId, personId }: { environmentId: string; connectionId: string; personId: string },
): Promise<GrantedConnection> => {
  const where = Prisma.sql`g."connectionId" = ${connectionId}::uuid`;
  const [granted] = await selectGranted(db, { environmentId, personId }, where);
  if (granted === undefined) throw notFound('profile report');
  return granted;
};
