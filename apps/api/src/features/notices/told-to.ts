import { type Actor, can } from '@junction/contracts';
import { Prisma } from '../../platform/prisma/client.ts';

/**
 * SQL for: somebody is told about notice `n`. One that names people is for them alone, whatever anybody's role is. Of the others, exports are
 * for everybody in the environment, connections for who may list them.
 */
export const toldTo = (actor: Actor, environmentId: string): Prisma.Sql => {
  const concerned = can(actor, 'connection:list', environmentId)
    ? Prisma.sql`TRUE`
    : Prisma.sql`n."subjectType" = 'export'`;
  return Prisma.sql`(CASE WHEN cardinality(n."onlyForIds") > 0 THEN ${actor.id}::uuid = ANY(n."onlyForIds") ELSE ${concerned} END)`;
};
