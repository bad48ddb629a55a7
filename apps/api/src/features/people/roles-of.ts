import type { Actor, Role } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';

/** A person's role in each environment they belong to, as `can` takes it. */
export const rolesOf = async (tx: Tx, personId: string): Promise<Actor['memberships']> => {
  const memberships = await tx.member.findMany({ where: { personId } });
  return Object.fromEntries(memberships.map(({ environmentId, role }) => [environmentId, role as Role]));
};
