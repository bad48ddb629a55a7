import type { Role } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';

export type LockedMember = { id: string; name: string; role: Role; isService: boolean };

/**
 * Those of the people who are members of the environment, as they are now and stay until the transaction ends: a change of
 * their role, or their leaving, waits for it. In the order of their ids.
 */
export const lockMembers = (
  tx: Tx,
  environmentId: string,
  personIds: readonly string[],
): Promise<LockedMember[]> => tx.$queryRaw<LockedMember[]>`
    SELECT p."id"::text AS "id", p."name", m."role", p."kind" = 'service' AS "isService"
      FROM "Member" m JOIN "Person" p ON p."id" = m."personId"
     WHERE m."environmentId" = ${environmentId}::uuid AND m."personId" = ANY(${[...personIds]}::uuid[])
     ORDER BY m."personId" FOR SHARE OF m`;
