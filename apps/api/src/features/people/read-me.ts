import type { Actor, Me } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Db, Tx } from '../../platform/db.ts';
import { toMe } from './views.ts';

/** A person as they see themselves, inside a transaction or outside. */
export const meOf = async (
  db: Db | Tx,
  house: Pick<House, 'identityProviders'>,
  { id, memberships }: Pick<Actor, 'id' | 'memberships'>,
): Promise<Me> =>
  toMe(house, await db.person.findUniqueOrThrow({ where: { id }, include: { identity: true } }), memberships);

/** Whoever asks. */
export const readMe = (house: Pick<House, 'db' | 'identityProviders'>, actor: Actor): Promise<Me> =>
  meOf(house.db, house, actor);
