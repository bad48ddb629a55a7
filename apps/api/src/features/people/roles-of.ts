import type { Actor, Role } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';

/** How long a role by groups counts after the provider last stood for the person: a day off the network is no day off work. */
export const groupRoleHours = 24;

/** What the database tells of somebody's roles; null without any. */
export type Memberships = Record<string, Role> | null;

/**
 * SQL for the roles of the person `p`, by environment. A role by hand counts always; one by groups only while the identity provider has not
 * given the person up, and stood for them within a day. Until then the member stays as it is, so that whoever comes back finds what was theirs.
 */
export const rolesColumn = (now: Date): Prisma.Sql => Prisma.sql`(
  SELECT jsonb_object_agg(m."environmentId", m."role") FROM "Member" m
   WHERE m."personId" = p."id"
     AND (m."roleFrom" = 'hand' OR EXISTS (
           SELECT FROM "Identity" g WHERE g."personId" = p."id" AND g."lostAt" IS NULL
              AND g."confirmedAt" > ${new Date(now.getTime() - groupRoleHours * 3_600_000)})))`;

/** A person's role in each environment they belong to, as `can` takes it. */
export const rolesOf = async (db: Db | Tx, personId: string, now: Date): Promise<Actor['memberships']> => {
  const [row] = await db.$queryRaw<{ memberships: Memberships }[]>`
    SELECT ${rolesColumn(now)} AS "memberships" FROM "Person" p WHERE p."id" = ${personId}::uuid`;
  return row?.memberships ?? {};
};
