import type { ProfileAccess, Role } from '@junction/contracts';
import type { Db, Tx } from '../../../platform/db.ts';
import { Prisma } from '../../../platform/prisma/client.ts';

type GrantRow = {
  personId: string;
  personName: string;
  email: string;
  role: Role;
  grantedById: string;
  grantedByName: string;
  grantedAt: Date;
};

const toProfileAccess = (row: GrantRow): ProfileAccess => ({
  person: { id: row.personId, name: row.personName, email: row.email, role: row.role },
  grantedBy: { id: row.grantedById, name: row.grantedByName },
  grantedAt: row.grantedAt.toISOString(),
});

/** Who has a grant on a connection, by name; everybody, or the one person. */
export const findGrants = async (db: Db | Tx, connectionId: string, personId?: string): Promise<ProfileAccess[]> => {
  const rows = await db.$queryRaw<GrantRow[]>`
    SELECT p."id"::text AS "personId", p."name" AS "personName", p."email", m."role", g."grantedById"::text AS "grantedById",
           g."grantedByName", g."grantedAt"
      FROM "ProfileGrant" g
      JOIN "Member" m ON m."environmentId" = g."environmentId" AND m."personId" = g."personId"
      JOIN "Person" p ON p."id" = g."personId"
     WHERE g."connectionId" = ${connectionId}::uuid
       AND ${personId === undefined ? Prisma.sql`TRUE` : Prisma.sql`g."personId" = ${personId}::uuid`}
     ORDER BY lower(p."name"), p."id"`;
  return rows.map(toProfileAccess);
};

type NewGrants = {
  connection: { id: string; environmentId: string };
  personIds: readonly string[];
  by: { id: string; name: string };
  at: Date;
};

/** Gives people who have none a grant; they are held as members, and the connection is, too. */
export const insertGrants = async (tx: Tx, { connection, personIds, by, at }: NewGrants): Promise<void> => {
  await tx.profileGrant.createMany({
    data: personIds.map((personId) => ({
      connectionId: connection.id,
      environmentId: connection.environmentId,
      personId,
      grantedById: by.id,
      grantedByName: by.name,
      grantedAt: at,
    })),
  });
};
