import { notFound } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import { deleteToken } from './store.ts';
import { type About, tellToken } from './tell-tokens.ts';

/** Ends a token at once; throws notFound when its owner has no such token. */
export const revokeToken = async (tx: Tx, ownerId: string, tokenId: string, about: About): Promise<void> => {
  const row = await deleteToken(tx, ownerId, tokenId);
  if (row === undefined) throw notFound('token');
  await tellToken(tx, 'token.revoked', row, about);
};
