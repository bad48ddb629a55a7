import { type Actor, type IssuedApiToken, type NewApiToken, tokenPrefix } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { hashToken, newToken } from '../../platform/tokens.ts';
import { expiryOf, requireRoom, sweptBefore } from './rules.ts';
import { insertToken, sweepTokens } from './store.ts';
import { type About, tellToken } from './tell-tokens.ts';
import { toApiToken } from './views.ts';

/** So many characters are kept to recognise a token by; what is left of it are 220 bits that nobody guesses. */
const hintLength = 6;

type Issue = { ownerId: string; body: NewApiToken; actor: Actor; about: About; now: Date };

/**
 * Makes a token; what is answered is the only place where it is ever seen. Its owner is locked by then, so that of two made at the same
 * time one finds no room for the other. Also sweeps away what expired long ago.
 */
export const issueToken = async (
  tx: Tx,
  { ownerId, body: { name, scope, expiresInDays }, actor, about, now }: Issue,
): Promise<IssuedApiToken> => {
  requireRoom(await sweepTokens(tx, ownerId, sweptBefore(now)));
  const secret = newToken();
  const token = `${tokenPrefix}${secret}`;
  const row = await insertToken(tx, {
    id: newId(),
    tokenHash: hashToken(token),
    hint: secret.slice(0, hintLength),
    name,
    scope,
    ownerId,
    by: actor,
    createdAt: now,
    expiresAt: expiryOf(now, expiresInDays),
  });
  await tellToken(tx, 'token.created', row, about);
  return { ...toApiToken(row, now), token };
};
