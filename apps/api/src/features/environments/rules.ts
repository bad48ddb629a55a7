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
