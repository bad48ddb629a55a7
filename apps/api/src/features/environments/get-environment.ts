import type * as contract from '@junction/contracts';
import type { Actor, Environment } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
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

/** One environment that the actor belongs to. */
export const getEnvironment = (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  { params }: Asked<typeof contract.getEnvironment>,
): Promise<Environment> => readEnvironment(db, actor, params.environmentId);
