import type { Tx } from '../../platform/db.ts';

/** Any number that no other program uses, of the kind of lock that is named by one number. */
const mappingLock = 7_201_416;
/** And one of the kind that is named by two: the second one is the identity's. */
const identityLock = 7_201_417;

/**
 * Holds who has which role by groups, in the whole of Junction, until the transaction ends: for whoever changes what a group means. The
 * first lock that a transaction takes.
 */
export const lockMappings = async (tx: Tx): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${mappingLock}::bigint)`;
};

/**
 * The same for one identity, which may be new: no mapping changes until the transaction ends, and nobody else signs in with the identity. The
 * first lock that a transaction takes; `lockEnvironmentsOf` is the next one.
 */
export const lockIdentity = async (tx: Tx, { issuer, subject }: { issuer: string; subject: string }): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(${mappingLock}::bigint)`;
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(${identityLock}::integer, hashtext(${JSON.stringify([issuer, subject])}::text))`;
};

/** Keeps roles as they are in the environments that somebody belongs to by groups, or will with these groups, until the transaction ends. */
export const lockEnvironmentsOf = async (tx: Tx, personId: string | null, groups: readonly string[]): Promise<void> => {
  await tx.$executeRaw`
    SELECT 1 FROM "Environment" WHERE "id" IN (
      SELECT "environmentId" FROM "GroupRole" WHERE "value" = ANY(${[...groups]}::text[])
       UNION SELECT "environmentId" FROM "Member" WHERE "personId" = ${personId}::uuid AND "roleFrom" = 'groups')
     ORDER BY "id" FOR NO KEY UPDATE`;
};
