import type * as contract from '@junction/contracts';
import type { Actor, ProfileAccess } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { findGrants } from './grants.ts';
import { findProfileConnection } from './with-profiles.ts';

/** Who may see the profile data of a connection, by name. */
export const listProfileAccess = async (
  house: Pick<House, 'db' | 'connectors'>,
  _actor: Actor,
  { params }: Asked<typeof contract.listProfileAccess>,
): Promise<{ value: ProfileAccess[] }> => {
  const { id } = await findProfileConnection(house, params);
  return { value: await findGrants(house.db, id) };
};
