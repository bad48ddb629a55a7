import type * as contract from '@junction/contracts';
import type { Actor, ConnectionUsage } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { findConnection } from './store.ts';

/** Everything that depends on a connection: what removing it affects. */
export const readConnectionUsage = async (
  { db, dependents, env }: Pick<House, 'db' | 'dependents' | 'env'>,
  _actor: Actor,
  { params, query, nextLink }: Pick<Asked<typeof contract.getConnectionUsage>, 'params' | 'query' | 'nextLink'>,
): Promise<ConnectionUsage> => {
  if ((await findConnection(db, params.environmentId, params.connectionId)) === null) throw notFound('connection');
  return { ...(await dependents.readUsage(db, params, query, nextLink)), undoDays: env.JUNCTION_UNDO_DAYS };
};
