import type * as contract from '@junction/contracts';
import { type Actor, maximumProfileAccess, type ProfileAccess } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { AppError, invalidField } from '../../../platform/app-error.ts';
import type { Tx } from '../../../platform/db.ts';
import { retrying } from '../../../platform/transactions.ts';
import { byOf } from '../../activity/index.ts';
import { lockMembers } from '../../environments/index.ts';
import { findGrants, insertGrants } from './grants.ts';
import { tellAccess, tellSelfGrant } from './tell-access.ts';
import { lockProfileConnection } from './with-profiles.ts';

const notMember = () =>
  invalidField('personId', 'notMember', 'Choose a member of this environment; this person is none, or not any more.');

const noPerson = () =>
  invalidField('personId', 'noPerson', 'Choose a person: profile data is shown to people, not to service accounts.');

const tooMany = () =>
  invalidField(
    'personId',
    'tooMany',
    `The profile data of a connection can be shown to ${maximumProfileAccess} people at most. Take the access of somebody away first.`,
  );

const findGrant = async (tx: Tx, connectionId: string, personId: string): Promise<ProfileAccess | undefined> =>
  (await findGrants(tx, connectionId, personId))[0];

/**
 * Lets a member see the profile data of a connection. To somebody who may see it already nothing happens. Who takes access themself is
 * told of: to the activity log as ever, and to everybody else who has access.
 */
export const grantProfileAccess = (
  house: Pick<House, 'db' | 'connectors' | 'clock'>,
  actor: Actor,
  { params, body: { personId }, from }: Asked<typeof contract.grantProfileAccess>,
): Promise<ProfileAccess> =>
  retrying(house.db, async (tx) => {
    const [member] = await lockMembers(tx, params.environmentId, [personId]);
    const connection = await lockProfileConnection(house, tx, params);
    if (member === undefined) throw notMember();
    if (member.isService) throw noPerson();
    const present = await findGrant(tx, connection.id, personId);
    if (present) return present;
    const count = await tx.profileGrant.count({ where: { connectionId: connection.id } });
    if (count >= maximumProfileAccess) throw tooMany();
    const [by, at] = [byOf(actor), house.clock.now()];
    await insertGrants(tx, { connection, personIds: [personId], by, at });
    await tellAccess(tx, 'profile-access.granted', { by, from: from.address }, connection, [member]);
    if (personId === actor.id) await tellSelfGrant(tx, connection, member, at);
    const made = await findGrant(tx, connection.id, personId);
    if (made === undefined) throw new AppError('internal', 'The access was given and is not there.');
    return made;
  });
