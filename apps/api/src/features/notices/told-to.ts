import { type Actor, can } from '@junction/contracts';
import { Prisma } from '../../platform/prisma/client.ts';

/** SQL for: somebody is told about notice `n`. Exports are for everybody in the environment, connections for who may list them. */
export const toldTo = (actor: Actor, environmentId: string): Prisma.Sql =>
  can(actor, 'connection:list', environmentId) ? Prisma.sql`TRUE` : Prisma.sql`n."subjectType" = 'export'`;
