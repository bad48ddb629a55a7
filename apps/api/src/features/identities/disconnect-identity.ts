import type * as contract from '@junction/contracts';
import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError, notFound } from '../../platform/app-error.ts';
import { retrying } from '../../platform/transactions.ts';
import { recordActivity } from '../activity/index.ts';
import { followGroups, lockEnvironmentsOf, lockIdentity } from '../environments/index.ts';
import { endProviderSessions, hasLocalAccounts, lockPersonWithIdentity } from '../people/index.ts';

const onlyWayIn = (remedy: string) => new AppError('onlyWayIn', `Without it you could not sign in any more. ${remedy}`);

/**
 * Disconnects the signed-in person from the identity provider: places by groups end, and so do the sessions that the provider began, the one at
 * hand too if it is one. Refused where there is no password to sign in with instead.
 */
export const disconnectIdentity = async (
  house: Pick<House, 'db' | 'env' | 'clock' | 'identityProviders'>,
  actor: Actor,
  { from, setSession }: Asked<typeof contract.deleteMyIdentity>,
): Promise<void> => {
  if (!hasLocalAccounts(house)) throw onlyWayIn('Passwords are switched off.');
  const isSessionOver = await retrying(house.db, async (tx) => {
    const before = await tx.identity.findUnique({ where: { personId: actor.id } });
    if (before === null) throw notFound('identity of yours');
    await lockIdentity(tx, before);
    await lockEnvironmentsOf(tx, actor.id, []);
    const person = await lockPersonWithIdentity(tx, { id: actor.id });
    if (person?.passwordHash == null) throw onlyWayIn('Ask an admin for a link to set a password first.');
    const { count } = await tx.identity.deleteMany({ where: { id: before.id } });
    if (count === 0) throw notFound('identity of yours');
    await followGroups(tx, { personId: actor.id }, house.clock.now());
    await endProviderSessions(tx, actor.id);
    const provider = house.identityProviders.find(({ id }) => id === before.providerId);
    await recordActivity(tx, {
      kind: 'identity.disconnected',
      environmentId: null,
      by: actor,
      from: from.address,
      subject: { type: 'person', id: actor.id, name: actor.name },
      before: { provider: provider?.name ?? before.providerId, email: before.email },
    });
    return (await tx.session.count({ where: { id: actor.sessionId } })) === 0;
  });
  if (isSessionOver) setSession(null);
};
