import type { Role } from '@junction/contracts';
import { AppError, invalidField } from '../../platform/app-error.ts';

type Place = { role: Role; isOwner: boolean };

/** Throws when a member may not stop being an admin: an environment keeps at least one, and its owner stays one. */
export const requireDispensable = ({ role, isOwner }: Place, adminCount: number): void => {
  if (role === 'admin' && adminCount <= 1)
    throw new AppError('lastAdmin', 'Make somebody else an admin first; an environment needs at least one.');
  if (isOwner)
    throw new AppError('ownerStays', 'Hand the environment to another admin first; its owner stays an admin.');
};

/** Refuses to treat a service account like a person; `field` is what names it. */
export const requirePerson = (field: string, { kind }: { kind: string }): void => {
  if (kind !== 'service') return;
  const message = 'This is a service account: use the endpoints under /environments/{environmentId}/service-accounts.';
  throw invalidField(field, 'service_account', message);
};

/** Refuses somebody who chose their address at a provider that does not vouch for it: they must not get what an admin means for whoever has it. */
export const requireProvenEmail = (
  field: string,
  { email, isEmailProven }: { email: string; isEmailProven: boolean },
): void => {
  if (isEmailProven) return;
  const message = `Somebody signed in as ${email} with an identity provider that does not vouch that the address is theirs. If you know them, give one of their groups a role under Groups.`;
  throw invalidField(field, 'not_proven', message);
};

/** A member's role as it is to be, and where it comes from. */
export type RoleToBe = { role: Role; roleFrom: 'hand' | 'groups'; groupName: string | null };

/**
 * The role of a member by groups after those changed; null when they leave. An owner stays an admin, by hand from then on: so an environment
 * always keeps one.
 */
export const roleByGroups = (wanted: { role: Role; name: string } | null, isOwner: boolean): RoleToBe | null => {
  if (isOwner && wanted?.role !== 'admin') return { role: 'admin', roleFrom: 'hand', groupName: null };
  return wanted && { role: wanted.role, roleFrom: 'groups', groupName: wanted.name };
};
