import type { Action, Actor, NewApiToken, Role } from '@junction/contracts';
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

type HolderRow = {
  tokenId: string;
  tokenName: string;
  scope: Action[];
  expiresAt: Date;
  lastUsedAt: Date | null;
  id: string;
  kind: string;
  name: string;
  email: string;
  isLost: boolean;
  memberships: Record<string, Role> | null;
};

/** The token with this hash, its owner and the roles of these as they are now, in one query; undefined when there is none. */
export const findHolder = async (db: Db, tokenHash: Uint8Array<ArrayBuffer>) => {
  const [row] = await db.$queryRaw<HolderRow[]>`
    SELECT t."id"::text AS "tokenId", t."name" AS "tokenName", t."scope", t."expiresAt", t."lastUsedAt",
           p."id"::text AS "id", p."kind", p."name", p."email",
           EXISTS (SELECT FROM "Identity" i WHERE i."personId" = p."id" AND i."lostAt" IS NOT NULL) AS "isLost",
           (SELECT jsonb_object_agg(m."environmentId", m."role") FROM "Member" m WHERE m."personId" = p."id") AS "memberships"
      FROM "ApiToken" t JOIN "Person" p ON p."id" = t."ownerId"
     WHERE t."tokenHash" = ${tokenHash}`;
  if (row === undefined) return undefined;
  const { tokenId, tokenName, scope, expiresAt, lastUsedAt, memberships, ...owner } = row;
  return {
    token: { id: tokenId, name: tokenName, scope, expiresAt, lastUsedAt },
    owner,
    memberships: memberships ?? {},
  };
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
