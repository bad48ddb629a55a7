import { type Role, roles } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import type { RoleToBe } from './rules.ts';

/** Whose roles follow their groups: one person's in every environment, or everybody's in one. */
export type FollowScope = { personId: string } | { environmentId: string };

const strength = Prisma.sql`array_position(ARRAY[${Prisma.join([...roles])}]::text[], g."role")`;

const within = (scope: FollowScope, personId: Prisma.Sql, environmentId: Prisma.Sql): Prisma.Sql =>
  'personId' in scope
    ? Prisma.sql`${personId} = ${scope.personId}::uuid`
    : Prisma.sql`${environmentId} = ${scope.environmentId}::uuid`;

/** SQL for the role that groups give somebody in an environment: the strongest of those that their groups have there, the first by name among equals. */
const wantedRoles = (scope: FollowScope): Prisma.Sql => Prisma.sql`
  SELECT DISTINCT ON (g."environmentId", i."personId") g."environmentId", i."personId", g."id" AS "groupRoleId", g."role", g."name"
    FROM "GroupRole" g JOIN "Identity" i ON i."groups" @> ARRAY[g."value"]
   WHERE ${within(scope, Prisma.sql`i."personId"`, Prisma.sql`g."environmentId"`)}
   ORDER BY g."environmentId", i."personId", ${strength} DESC, lower(g."name"), g."id"`;

/** Somebody whose role in an environment is not what their groups give them now; null where there is no role. */
export type GroupDifference = {
  environmentId: string;
  personId: string;
  personName: string;
  email: string;
  isOwner: boolean;
  role: Role | null;
  groupName: string | null;
  wantedRole: Role | null;
  wantedGroup: string | null;
};

/** Those whose role differs, without members by hand, in the order of environments and people. */
export const findGroupDifferences = (tx: Tx, scope: FollowScope): Promise<GroupDifference[]> =>
  tx.$queryRaw<GroupDifference[]>`
    SELECT e."id"::text AS "environmentId", p."id"::text AS "personId", p."name" AS "personName", p."email", e."ownerId" = p."id" AS "isOwner",
           m."role", m."groupName", w."role" AS "wantedRole", w."name" AS "wantedGroup"
      FROM (SELECT * FROM "Member" f WHERE f."roleFrom" = 'groups'
               AND ${within(scope, Prisma.sql`f."personId"`, Prisma.sql`f."environmentId"`)}) m
      FULL JOIN (SELECT * FROM (${wantedRoles(scope)}) a WHERE NOT EXISTS (
                   SELECT FROM "Member" h WHERE h."environmentId" = a."environmentId" AND h."personId" = a."personId"
                      AND h."roleFrom" = 'hand')) w
        ON w."environmentId" = m."environmentId" AND w."personId" = m."personId"
      JOIN "Environment" e ON e."id" = COALESCE(m."environmentId", w."environmentId")
      JOIN "Person" p ON p."id" = COALESCE(m."personId", w."personId")
     WHERE m."role" IS DISTINCT FROM w."role" OR m."groupName" IS DISTINCT FROM w."name"
     ORDER BY e."id", p."id"`;

/** The role that somebody's groups give them in one environment; undefined when none of them has one there. */
export const findGroupRole = async (
  tx: Tx,
  environmentId: string,
  personId: string,
): Promise<{ role: Role; name: string } | undefined> => {
  const rows = await tx.$queryRaw<{ environmentId: string; role: Role; name: string }[]>`
    SELECT w."role", w."name" FROM (${wantedRoles({ personId })}) w WHERE w."environmentId" = ${environmentId}::uuid`;
  return rows[0];
};

/** How many members follow each group of an environment now, by the id of its row; groups that nobody follows are not in it. */
export const countFollowers = async (db: Db | Tx, environmentId: string): Promise<ReadonlyMap<string, number>> => {
  const rows = await db.$queryRaw<{ groupRoleId: string; count: number }[]>`
    SELECT w."groupRoleId"::text AS "groupRoleId", count(*)::integer AS "count"
      FROM (${wantedRoles({ environmentId })}) w
      JOIN "Member" m ON m."environmentId" = w."environmentId" AND m."personId" = w."personId" AND m."roleFrom" = 'groups'
     GROUP BY w."groupRoleId"`;
  return new Map(rows.map(({ groupRoleId, count }) => [groupRoleId, count]));
};

/** A member with the role that it is to have. */
export type FollowedRole = RoleToBe & { environmentId: string; personId: string };

type Rows = readonly (Partial<FollowedRole> & Pick<FollowedRole, 'environmentId' | 'personId'>)[];

const asTable = (rows: Rows): Prisma.Sql => Prisma.sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n(
  "environmentId" uuid, "personId" uuid, "role" text, "roleFrom" text, "groupName" text)`;

export const insertFollowers = async (tx: Tx, rows: readonly FollowedRole[], now: Date): Promise<void> => {
  await tx.$executeRaw`
    INSERT INTO "Member" ("environmentId", "personId", "role", "roleFrom", "groupName", "addedAt")
    SELECT n."environmentId", n."personId", n."role", n."roleFrom", n."groupName", ${now} FROM ${asTable(rows)}`;
};

export const updateFollowers = async (tx: Tx, rows: readonly FollowedRole[]): Promise<void> => {
  await tx.$executeRaw`
    UPDATE "Member" m SET "role" = n."role", "roleFrom" = n."roleFrom", "groupName" = n."groupName", "version" = m."version" + 1
      FROM ${asTable(rows)} WHERE m."environmentId" = n."environmentId" AND m."personId" = n."personId"`;
};

export const deleteFollowers = async (tx: Tx, rows: Rows): Promise<void> => {
  await tx.$executeRaw`
    DELETE FROM "Member" m USING ${asTable(rows)}
     WHERE m."environmentId" = n."environmentId" AND m."personId" = n."personId"`;
};
