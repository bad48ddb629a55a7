import type * as contract from '@junction/contracts';
import type { Actor } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { notFound } from '../../../platform/app-error.ts';
import { retrying } from '../../../platform/transactions.ts';
import { byOf } from '../../activity/index.ts';
import { findGrants } from './grants.ts';
import { tellAccess } from './tell-access.ts';
import { lockProfileConnection } from './with-profiles.ts';

/** Takes somebody's access to the profile data of a connection away, from their next request on; throws notFound when they have none. */
export const revokeProfileAccess = (
  house: Pick<House, 'db' | 'connectors'>,
  actor: Actor,
  { params, from }: Asked<typeof contract.revokeProfileAccess>,
): Promise<void> =>
  retrying(house.db, async (tx) => {
    const connection = await lockProfileConnection(house, tx, params);
    const [grant] = await findGrants(tx, connection.id, params.personId);
    if (grant === undefined) throw notFound('access');
    await tx.profileGrant.deleteMany({ where: { connectionId: connection.id, personId: params.personId } });
    const who = { by: byOf(actor), from: from.address };
    await tellAccess(tx, 'profile-access.revoked', who, connection, [grant.person]);
  });
