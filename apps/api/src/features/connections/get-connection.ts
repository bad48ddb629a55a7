import type { Actor, Connection } from '@junction/contracts';
import type { House } from '../../house.ts';
import { notFound } from '../../platform/app-error.ts';
import { findConnection } from './store.ts';
import { toConnection } from './views.ts';

type Input = { params: { environmentId: string; connectionId: string } };

/** One connection of the environment; throws notFound for any other. */
export const getConnection = async (
  { db, connectors }: Pick<House, 'db' | 'connectors'>,
  _actor: Actor,
  { params: { environmentId, connectionId } }: Input,
): Promise<Connection> => {
  const row = await findConnection(db, environmentId, connectionId);
  if (row === null) throw notFound('connection');
  return toConnection(connectors, row);
};
