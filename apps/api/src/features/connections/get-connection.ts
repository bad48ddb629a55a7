import type * as contract from '@junction/contracts';
import type { Actor, Connection } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { findAround, findConnection } from './store.ts';
import { toConnection } from './views.ts';

/** One connection of the environment; throws notFound for any other. */
export const getConnection = async (
  { db, connectors, dependents, profileData }: Pick<House, 'db' | 'connectors' | 'dependents' | 'profileData'>,
  _actor: Actor,
  { params: { environmentId, connectionId } }: Pick<Asked<typeof contract.getConnection>, 'params'>,
): Promise<Connection> => {
  const row = await findConnection(db, environmentId, connectionId);
  if (row === null) throw notFound('connection');
  const expressions = { usedBy: dependents.usedBySql, profiles: profileData.standingSql };
  const { usedBy, profiles } = await findAround(db, expressions, connectionId);
  return toConnection(connectors, { ...row, usedBy, profiles: profileData.toldStanding(profiles) });
};
