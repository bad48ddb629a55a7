import { mayUse, type PersonRef, type Role, type SharedWith, type Sharing } from '@junction/contracts';
import { invalidField } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { lockMembers } from '../environments/index.ts';

/**
 * The people whom a connection is to be shared with by name, held as members until the transaction ends. Throws invalidInput
 * for somebody who is no contributor; who is named already may stay, whatever became of their role.
 */
export const readNamedPeople = async (
  tx: Tx,
  environmentId: string,
  { sharedWith, personIds }: Sharing,
  already: readonly PersonRef[] = [],
): Promise<PersonRef[]> => {
  if (sharedWith !== 'namedContributors') return [];
  const members = await lockMembers(tx, environmentId, personIds);
  const fit = members.filter(({ id, role }) => role === 'contributor' || already.some((person) => person.id === id));
  if (fit.length < personIds.length) {
    const message = 'Name contributors of this environment only; somebody on the list is none, or not any more.';
    throw invalidField('sharing.personIds', 'notContributor', message);
  }
  return fit.map(({ id, name }) => ({ id, name }));
};

/** The rule of mayUse as SQL over a connection `c`. */
export const mayUseSql = (role: Role, personId: string): Prisma.Sql => {
  const shared: SharedWith[] = ['adminsAndContributors'];
  if (mayUse({ id: personId, role }, { sharedWith: 'admins', personIds: [] })) return Prisma.sql`TRUE`;
  if (role !== 'contributor') return Prisma.sql`FALSE`;
  return Prisma.sql`(c."sharedWith" IN (${Prisma.join(shared)}) OR (c."sharedWith" = 'namedContributors' AND EXISTS (
    SELECT 1 FROM "ConnectionShare" h WHERE h."connectionId" = c."id" AND h."personId" = ${personId}::uuid)))`;
};

export type LockedConnection = {
  id: string;
  name: string;
  type: string;
  version: number;
  sharing: { sharedWith: SharedWith; personIds: string[] };
};

/**
 * Those of the connections that are in the environment and not removed, as they are now and stay until the transaction ends:
 * a removal or a change of sharing waits for it, as this waits for theirs. In the order of their ids, so that two who lock
 * several never wait for each other.
 */
export const lockConnections = async (
  tx: Tx,
  environmentId: string,
  ids: readonly string[],
): Promise<LockedConnection[]> => {
  const rows = await tx.$queryRaw<(Omit<LockedConnection, 'sharing'> & { sharedWith: SharedWith })[]>`
    SELECT c."id"::text AS "id", c."name", c."type", c."version", c."sharedWith"
      FROM "Connection" c
     WHERE c."environmentId" = ${environmentId}::uuid AND c."id" = ANY(${[...ids]}::uuid[]) AND c."removedAt" IS NULL
     ORDER BY c."id" FOR SHARE`;
  const shares = await tx.connectionShare.findMany({
    where: { connectionId: { in: rows.map(({ id }) => id) } },
    select: { connectionId: true, personId: true },
  });
  return rows.map(({ sharedWith, ...row }) => ({
    ...row,
    sharing: {
      sharedWith,
      personIds: shares.filter(({ connectionId }) => connectionId === row.id).map(({ personId }) => personId),
    },
  }));
};
