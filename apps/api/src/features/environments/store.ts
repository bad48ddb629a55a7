import type { Role } from '@junction/contracts';
import { notFound } from '../../platform/app-error.ts';
import type { Db, Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';

const environmentColumns = Prisma.sql`
  e."id"::text AS "id", e."name", e."type", e."version", e."pausedAt", e."createdAt", o."id"::text AS "ownerId", o."name" AS "ownerName"`;

export type EnvironmentRow = {
  id: string;
  name: string;
  type: string;
  version: number;
  pausedAt: Date | null;
  createdAt: Date;
  ownerId: string;
  ownerName: string;
};

/** Environments that a person belongs to, with their role in each; `where` narrows them down, `rest` orders and limits them. */
export const selectEnvironments = <More = unknown>(
  db: Db | Tx,
  personId: string,
  { columns, where, rest }: { columns?: Prisma.Sql; where: Prisma.Sql; rest?: Prisma.Sql },
) =>
  db.$queryRaw<(EnvironmentRow & { role: Role } & More)[]>`
    SELECT ${environmentColumns}, m."role" ${columns ? Prisma.sql`, ${columns}` : Prisma.empty}
      FROM "Member" m JOIN "Environment" e ON e."id" = m."environmentId" JOIN "Person" o ON o."id" = e."ownerId"
     WHERE m."personId" = ${personId}::uuid AND ${where} ${rest ?? Prisma.empty}`;

/** One environment, which nobody else can change, nor the roles in it, until the transaction ends. Things can be added to it meanwhile. */
export const lockEnvironment = async (tx: Tx, environmentId: string) => {
  await tx.$executeRaw`SELECT 1 FROM "Environment" WHERE "id" = ${environmentId}::uuid FOR NO KEY UPDATE`;
  const environment = await tx.environment.findUnique({ where: { id: environmentId } });
  if (environment === null) throw notFound('environment');
  return environment;
};

/** After so many attempts to clean up behind a run it is left to people: a store that is away keeps nobody from deleting an environment. */
const cleaningHoldsFor = 3;

/**
 * How many runs of an environment are under way, and how many have something staged that is still to be removed; imports stage nothing. None
 * is added until the transaction ends. It asks the ledger of the runs itself: that slice knows this one.
 */
export const countUnfinishedRuns = async (tx: Tx, environmentId: string): Promise<{ live: number; staged: number }> => {
  await tx.$executeRaw`SELECT 1 FROM "Environment" WHERE "id" = ${environmentId}::uuid FOR UPDATE`;
  const [counts] = await tx.$queryRaw<{ live: number; staged: number }[]>`
    SELECT count(*) FILTER (WHERE "finishedAt" IS NULL)::integer AS "live",
           count(*) FILTER (WHERE "kind" = 'export' AND "cleanAt" IS NOT NULL AND "cleanAttempts" < ${cleaningHoldsFor}::integer)::integer AS "staged"
      FROM "Run" WHERE "environmentId" = ${environmentId}::uuid AND ("finishedAt" IS NULL OR "cleanAt" IS NOT NULL)`;
  return counts ?? { live: 0, staged: 0 };
};

export type MemberRow = {
  id: string;
  name: string;
  email: string;
  kind: string;
  hasSignedIn: boolean;
  role: Role;
  roleFrom: string;
  groupName: string | null;
  version: number;
  addedAt: Date;
  isOwner: boolean;
};

/** Members of an environment; `where` narrows them down, `rest` orders and limits them. */
export const selectMembers = <More = unknown>(
  db: Db | Tx,
  environmentId: string,
  { columns, where, rest }: { columns?: Prisma.Sql; where: Prisma.Sql; rest?: Prisma.Sql },
) =>
  db.$queryRaw<(MemberRow & More)[]>`
    SELECT p."id"::text AS "id", p."kind", p."name", p."email", m."role", m."roleFrom", m."groupName", m."version", m."addedAt", e."ownerId" = p."id" AS "isOwner",
           p."passwordHash" IS NOT NULL OR EXISTS (SELECT FROM "Identity" i WHERE i."personId" = p."id") AS "hasSignedIn"
           ${columns ? Prisma.sql`, ${columns}` : Prisma.empty}
      FROM "Member" m JOIN "Person" p ON p."id" = m."personId" JOIN "Environment" e ON e."id" = m."environmentId"
     WHERE m."environmentId" = ${environmentId}::uuid AND ${where} ${rest ?? Prisma.empty}`;

/** One member; throws notFound. */
export const findMember = async (db: Db | Tx, environmentId: string, memberId: string): Promise<MemberRow> => {
  const [member] = await selectMembers(db, environmentId, { where: Prisma.sql`p."id" = ${memberId}::uuid` });
  if (member === undefined) throw notFound('member in this environment');
  return member;
};

/** How many people are admins of an environment. A service account is none that could look after it. */
export const countAdmins = (tx: Tx, environmentId: string): Promise<number> =>
  tx.member.count({ where: { environmentId, role: 'admin', person: { kind: 'person' } } });
