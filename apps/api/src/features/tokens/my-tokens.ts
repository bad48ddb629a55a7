import type * as contract from '@junction/contracts';
import type { Actor, ApiToken, IssuedApiToken } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { lockPerson } from '../people/index.ts';
import { issueToken } from './issue-token.ts';
import { revokeToken } from './revoke-token.ts';
import { findTokens } from './store.ts';
import { toApiToken } from './views.ts';

type Needs = Pick<House, 'db' | 'clock'>;

/** The tokens that act for the signed-in person, newest first. */
export const listMyTokens = async ({ db, clock }: Needs, actor: Actor): Promise<{ value: ApiToken[] }> => {
  const now = clock.now();
  return { value: (await findTokens(db, actor.id)).map((row) => toApiToken(row, now)) };
};

/** Makes a token that acts for the signed-in person. Its scope may name what they cannot do now: it gives nothing until they can. */
export const createMyToken = (
  { db, clock }: Needs,
  actor: Actor,
  { body, from }: Asked<typeof contract.createMyToken>,
): Promise<IssuedApiToken> =>
  db.$transaction(async (tx) => {
    await lockPerson(tx, actor.id);
    const about = { actor, address: from.address, environmentIds: [] };
    return issueToken(tx, { ownerId: actor.id, body, actor, about, now: clock.now() });
  });

/** Ends one of the signed-in person's tokens; somebody else's is not found. */
export const deleteMyToken = (
  { db }: Needs,
  actor: Actor,
  { params: { tokenId }, from }: Asked<typeof contract.deleteMyToken>,
): Promise<void> =>
  db.$transaction((tx) => revokeToken(tx, actor.id, tokenId, { actor, address: from.address, environmentIds: [] }));
