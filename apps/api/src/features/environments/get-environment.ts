import type { Actor, Environment } from '@junction/contracts';
import type { House } from '../../house.ts';
import { notFound } from '../../platform/app-error.ts';
import type { Db, Tx } from '../../platform/db.ts';
import { Prisma } from '../../platform/prisma/client.ts';
import { selectEnvironments } from './store.ts';
import { toEnvironment } from './views.ts';

/** One environment as the actor sees it, inside a transaction or outside. */
export const readEnvironment = async (db: Db | Tx, actor: Actor, environmentId: string): Promise<Environment> => {
  const [row] = await selectEnvironments(db, actor.id, { where: Prisma.sql`e."id" = ${environmentId}::uuid` });
  if (row === undefined) throw notFound('environment');
  return toEnvironment(row);
};

export const getEnvironment = ({ db }: Pick<House, 'db'>, actor: Actor, environmentId: string): Promise<Environment> =>
  readEnvironment(db, actor, environmentId);
