import type * as contract from '@junction/contracts';
import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { invalidField } from '../../platform/app-error.ts';
import { hashPassword, verifyPassword } from '../../platform/passwords.ts';
import { recordActivity } from '../activity/index.ts';
import { requireLocalAccounts } from './local-accounts.ts';

type Needs = Pick<House, 'db' | 'env' | 'identityProviders' | 'signInLimits'>;

const wrongPassword = () =>
  invalidField('currentPassword', 'wrong_password', 'This is not your current password. Enter it again.');

/**
 * Gives the signed-in person a new password. The current one is asked for, counted like a sign-in, so that an unattended
 * browser is no way to take an account over. All other sessions and any reset link of this person end.
 */
export const changePassword = async (
  house: Needs,
  actor: Actor,
  { body: { currentPassword, newPassword }, from }: Asked<typeof contract.changePassword>,
): Promise<void> => {
  requireLocalAccounts(house);
  const { db, signInLimits } = house;
  await signInLimits.attempt(actor.email, from.address);
  const { passwordHash: oldHash } = await db.person.findUniqueOrThrow({ where: { id: actor.id } });
  const happened = { environmentId: null, by: actor, from: from.address };
  if (!(await verifyPassword(oldHash, currentPassword))) {
    await db.$transaction((tx) =>
      recordActivity(tx, {
        ...happened,
        kind: 'access.denied',
        subject: { type: 'endpoint', id: null, name: 'me:change-password' },
      }),
    );
    throw wrongPassword();
  }
  await signInLimits.succeeded(actor.email, from.address);
  const passwordHash = await hashPassword(newPassword);
  await db.$transaction(async (tx) => {
    const { count } = await tx.person.updateMany({
      where: { id: actor.id, passwordHash: oldHash },
      data: { passwordHash, version: { increment: 1 } },
    });
    if (count === 0) throw wrongPassword();
    await tx.session.deleteMany({ where: { personId: actor.id, id: { not: actor.sessionId } } });
    await tx.oneTimeLink.deleteMany({ where: { personId: actor.id } });
    await recordActivity(tx, {
      ...happened,
      kind: 'person.password-changed',
      subject: { type: 'person', id: actor.id, name: actor.name },
    });
  });
};
