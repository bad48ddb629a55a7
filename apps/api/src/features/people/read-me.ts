import type { Actor, Me } from '@junction/contracts';
import type { House } from '../../house.ts';
import { toMe } from './views.ts';

/** The signed-in person. */
export const readMe = async ({ db }: Pick<House, 'db'>, actor: Actor): Promise<Me> =>
  toMe(await db.person.findUniqueOrThrow({ where: { id: actor.id } }), actor.memberships);
