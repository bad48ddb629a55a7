import type { Actor, NewApiToken } from '@junction/contracts';
import type { Db, Tx } from '../../platform/db.ts';

export type TokenRow = {
  id: string;
  hint: string;
  name: string;
  scope: string[];
  createdById: string;
  createdByName: string;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  lastUsedFrom: string | null;
};

/** Keeps when and from where a token was used; of several requests in one minute the first writes. */
export const touchToken = async (db: Db, id: string, minute: Date, address: string): Promise<void> => {
  await db.apiToken.updateMany({
    where: { id, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: minute } }] },
    data: { lastUsedAt: minute, lastUsedFrom: address },
  });
};

/** Somebody's tokens, newest first. */
export const findTokens = (db: Db | Tx, ownerId: string): Promise<TokenRow[]> =>
  db.apiToken.findMany({ where: { ownerId }, orderBy: { id: 'desc' } });

/** Deletes those of somebody's tokens that ended before; how many are left. */
export const sweepTokens = async (tx: Tx, ownerId: string, before: Date): Promise<number> => {
  await tx.apiToken.deleteMany({ where: { ownerId, expiresAt: { lt: before } } });
  return tx.apiToken.count({ where: { ownerId } });
};

type NewRow = Pick<NewApiToken, 'name' | 'scope'> & {
  id: string;
  tokenHash: Uint8Array<ArrayBuffer>;
  hint: string;
  ownerId: string;
  by: Actor;
  createdAt: Date;
  expiresAt: Date;
};

export const insertToken = (tx: Tx, { by, ...row }: NewRow): Promise<TokenRow> =>
  tx.apiToken.create({ data: { ...row, createdById: by.id, createdByName: by.name } });

/** Deletes one of somebody's tokens; undefined when they have no such token, also for the later of two who delete it at once. */
export const deleteToken = async (tx: Tx, ownerId: string, id: string): Promise<TokenRow | undefined> => {
  const row = await tx.apiToken.findFirst({ where: { id, ownerId } });
  if (row === null) return undefined;
  const { count } = await tx.apiToken.deleteMany({ where: { id } });
  return count === 1 ? row : undefined;
};
