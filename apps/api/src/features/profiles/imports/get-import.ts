import type * as contract from '@junction/contracts';
import type { Actor, ProfileImport } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { notFound } from '../../../platform/app-error.ts';
import { findProfileConnection } from '../access/with-profiles.ts';
import { findImport, findLastImport } from './import-store.ts';
import { toImport } from './views.ts';

export const noImport = () => notFound('connection with profile data');

/** How the profile data of a connection stands. */
export const readImport = async ({ db }: Pick<House, 'db'>, connectionId: string): Promise<ProfileImport> => {
  const [row, last] = await Promise.all([findImport(db, connectionId), findLastImport(db, connectionId)]);
  if (row === undefined) throw noImport();
  return toImport(row, last);
};

/** The same, asked for by somebody. */
export const getProfileImport = async (
  house: Pick<House, 'db' | 'connectors'>,
  _actor: Actor,
  { params }: Pick<Asked<typeof contract.getProfileImport>, 'params'>,
): Promise<ProfileImport> => {
  const { id } = await findProfileConnection(house, params);
  return readImport(house, id);
};
