import type * as contract from '@junction/contracts';
import type { Actor, ServiceAccount } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { AppError, invalidField } from '../../../platform/app-error.ts';
import type { Tx } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import { lockEnvironment } from '../../environments/index.ts';
import { serviceAddressOf } from '../../people/index.ts';
import { readAccount } from './read-account.ts';
import { adminOf, requireRoomFor, requireYours } from './rules.ts';
import { addPlace, countServiceAccounts, findKnownAccount, insertServiceAccount, lockServiceAccount } from './store.ts';
import { tellAccount } from './tell-accounts.ts';
import { toServiceAccount } from './views.ts';

/** A new account; its address is nobody's, so that it can never sign in. */
const makeAccount = async (tx: Tx, name: string, createdAt: Date) => {
  const id = newId();
  await insertServiceAccount(tx, { id, name, email: serviceAddressOf(id), createdAt });
  return { id, name };
};

/** One that exists already, held; only who administers all of its environments may take it to another one. */
const takeAlong = async (tx: Tx, actor: Actor, id: string) => {
  await lockServiceAccount(tx, id);
  const account = await findKnownAccount(tx, adminOf(actor), id);
  if (account === undefined) {
    const message = 'You administer no environment with such a service account. Make a new one here.';
    throw invalidField('serviceAccountId', 'unknown', message);
  }
  requireYours(account);
  return account;
};

/** Makes a service account with a role in the environment, or gives one of the actor's other environments a role here. */
export const createServiceAccount = (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  actor: Actor,
  { params: { environmentId }, body, from }: Asked<typeof contract.createServiceAccount>,
): Promise<ServiceAccount> =>
  db.$transaction(async (tx) => {
    await lockEnvironment(tx, environmentId);
    const now = clock.now();
    requireRoomFor(await countServiceAccounts(tx, environmentId));
    const account =
      'name' in body ? await makeAccount(tx, body.name, now) : await takeAlong(tx, actor, body.serviceAccountId);
    if (!(await addPlace(tx, { environmentId, personId: account.id, role: body.role, addedAt: now })))
      throw new AppError('alreadyMember', `${account.name} belongs to this environment already.`);
    const after = { name: account.name, role: body.role };
    await tellAccount(tx, 'service-account.created', { actor, address: from.address }, account, [
      { environmentId, after },
    ]);
    return toServiceAccount(await readAccount(tx, actor, { environmentId, serviceAccountId: account.id }, now));
  });
