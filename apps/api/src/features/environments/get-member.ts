import type * as contract from '@junction/contracts';
import type { Actor, Member } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { findMember } from './store.ts';
import { toMember } from './views.ts';

/** One member of an environment. */
export const getMember = async (
  { db }: Pick<House, 'db'>,
  _actor: Actor,
  { params }: Asked<typeof contract.getMember>,
): Promise<Member> => toMember(await findMember(db, params.environmentId, params.memberId));
