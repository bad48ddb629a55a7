import type * as contract from '@junction/contracts';
import type { Actor, IssuedLink } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError } from '../../platform/app-error.ts';
import { recordActivity } from '../activity/index.ts';
import { issueLink, lockPerson, requireLocalAccounts } from '../people/index.ts';
import { requirePerson, requireProvenEmail } from './rules.ts';
import { findMember } from './store.ts';

/**
 * Makes a one-time link with which a member sets a new password; until it is used nothing changes for them. Only somebody who
 * is an admin of every environment the person belongs to may: else an admin of one could take over an account that rules another.
 */
export const resetMemberPassword = async (
  house: Pick<House, 'db' | 'env' | 'identityProviders' | 'clock' | 'publicUrl'>,
  actor: Actor,
  { params: { environmentId, memberId }, from }: Asked<typeof contract.resetMemberPassword>,
): Promise<IssuedLink> => {
  requireLocalAccounts(house);
  return house.db.$transaction(async (tx) => {
    const member = await findMember(tx, environmentId, memberId);
    requirePerson('memberId', member);
    requireProvenEmail('memberId', await lockPerson(tx, memberId));
    const others = await tx.environment.count({
      where: {
        members: { some: { personId: memberId } },
        NOT: { members: { some: { personId: actor.id, role: 'admin' } } },
      },
    });
    if (others > 0)
      throw new AppError(
        'otherEnvironments',
        `${member.name} also belongs to environments that you do not administer. Ask somebody who administers all of them.`,
      );
    const link = await issueLink(tx, house, member.hasSignedIn ? 'passwordReset' : 'newMember', memberId);
    await recordActivity(tx, {
      kind: 'member.password-reset',
      environmentId,
      by: actor,
      from: from.address,
      subject: { type: 'member', id: memberId, name: member.name },
    });
    return link;
  });
};
