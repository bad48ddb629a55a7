import type { Member } from '@junction/contracts';
import type { House } from '../../house.ts';
import { findMember } from './store.ts';
import { toMember } from './views.ts';

/** One member of an environment. */
export const getMember = async (
  { db }: Pick<House, 'db'>,
  { environmentId, memberId }: { environmentId: string; memberId: string },
): Promise<Member> => toMember(await findMember(db, environmentId, memberId));
