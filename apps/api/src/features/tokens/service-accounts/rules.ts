import { type Actor, maxServiceAccounts } from '@junction/contracts';
import { AppError } from '../../../platform/app-error.ts';

/** The environments that somebody administers, with the roles that their request came with. */
export const adminOf = ({ memberships }: Pick<Actor, 'memberships'>): string[] =>
  Object.keys(memberships).filter((environmentId) => memberships[environmentId] === 'admin');

/** Whoever may give a service account a token could act with its role everywhere, so only an admin of all of that may. */
export const requireYours = ({ name, isYours }: { name: string; isYours: boolean }): void => {
  if (isYours) return;
  throw new AppError(
    'otherEnvironments',
    `${name} also belongs to environments that you do not administer. Ask somebody who administers all of them.`,
  );
};

/** Throws when an environment has no room for one more service account. */
export const requireRoomFor = (count: number): void => {
  if (count < maxServiceAccounts) return;
  throw new AppError(
    'tooManyServiceAccounts',
    `An environment has at most ${maxServiceAccounts} service accounts. Take one out that is not needed any more.`,
  );
};
