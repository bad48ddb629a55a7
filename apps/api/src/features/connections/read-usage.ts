import type * as contract from '@junction/contracts';
import type { Actor, ConnectionUsage, ListQuery } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import type { Db, Tx } from '../../platform/db.ts';
import type { NextLink } from '../../platform/keyset.ts';
import { findConnection } from './store.ts';

type Needs = Pick<House, 'dependents' | 'profileData' | 'env'>;
type Place = { environmentId: string; connectionId: string };
type Query = Pick<ListQuery, 'search' | 'filter' | 'maxpagesize' | 'skiptoken'>;

/** Names what is confirmed with a removal: which exports depend on the connection, and who loses its report. */
const usageTag = (exports: { etag: string }, profiles: { etag: string }): string =>
  profiles.etag === '' ? exports.etag : `${exports.etag}.${profiles.etag}`;

/** What depends on a connection in numbers, and what names it. */
export const measureUsage = async ({ dependents, profileData }: Needs, db: Db | Tx, connectionId: string) => {
  const { counts, ...exports } = await dependents.measure(db, connectionId);
  return { counts, etag: usageTag(exports, await profileData.measure(db, connectionId)) };
};

/** A page of everything that depends on a connection, whether it is there or not. */
export const readUsage = async (
  { db, dependents, profileData, env }: Needs & Pick<House, 'db'>,
  place: Place,
  query: Query,
  nextLink: NextLink,
): Promise<ConnectionUsage> => {
  const usage = await dependents.readUsage(db, place, query, nextLink);
  const measured = await profileData.measure(db, place.connectionId);
  const etag = usageTag(usage, measured);
  return { ...usage, profiles: measured.profiles, etag, undoDays: env.JUNCTION_UNDO_DAYS };
};

/** Everything that depends on a connection: what removing it affects. */
export const readConnectionUsage = async (
  house: Needs & Pick<House, 'db'>,
  _actor: Actor,
  { params, query, nextLink }: Pick<Asked<typeof contract.getConnectionUsage>, 'params' | 'query' | 'nextLink'>,
): Promise<ConnectionUsage> => {
  if ((await findConnection(house.db, params.environmentId, params.connectionId)) === null)
    throw notFound('connection');
  return readUsage(house, params, query, nextLink);
};
