import type { Actor, Me } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Db, Tx } from '../../platform/db.ts';
import { rolesOf } from './roles-of.ts';
import { toMe } from './views.ts';

type Needs = Pick<House, 'clock' | 'identityProviders'>;

/** A person as they see themselves, with their roles as they are at this moment, inside a transaction or outside. */
export const meOf = async (db: Db | Tx, house: Needs, personId: string): Promise<Me> => {
  const person = await db.person.findUniqueOrThrow({ where: { id: personId }, include: { identity: true } });
  return toMe(house, person, await rolesOf(db, personId, house.clock.now()));
};

/** Whoever asks. */
export const readMe = (house: Needs & Pick<House, 'db'>, actor: Actor): Promise<Me> => meOf(house.db, house, actor.id);
