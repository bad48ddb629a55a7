import type { Action } from '@junction/contracts';
import type { Db } from '../../platform/db.ts';
import { type IdentityFacts, type Memberships, rolesColumn } from '../people/index.ts';

type Row = {
  tokenId: string;
  tokenName: string;
  scope: Action[];
  expiresAt: Date;
  lastUsedAt: Date | null;
  id: string;
  kind: string;
  name: string;
  email: string;
  memberships: Memberships;
  identityId: string | null;
} & Omit<IdentityFacts, 'id'>;

/** The token with this hash, its owner with their roles as they are now, and their identity, in one query; undefined when there is none. */
export const findHolder = async (db: Db, tokenHash: Uint8Array<ArrayBuffer>, now: Date) => {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT t."id"::text AS "tokenId", t."name" AS "tokenName", t."scope", t."expiresAt", t."lastUsedAt",
           p."id"::text AS "id", p."kind", p."name", p."email", ${rolesColumn(now)} AS "memberships",
           i."id"::text AS "identityId", i."issuer", i."confirmedAt", i."recheckAt", i."lostAt"
      FROM "ApiToken" t JOIN "Person" p ON p."id" = t."ownerId" LEFT JOIN "Identity" i ON i."personId" = p."id"
     WHERE t."tokenHash" = ${tokenHash}`;
  if (row === undefined) return undefined;
  const { tokenId, tokenName, scope, expiresAt, lastUsedAt, identityId, issuer, confirmedAt, recheckAt, lostAt } = row;
  const { id, kind, name, email, memberships } = row;
  const identity: IdentityFacts | null =
    identityId === null ? null : { id: identityId, issuer, confirmedAt, recheckAt, lostAt };
  return {
    token: { id: tokenId, name: tokenName, scope, expiresAt, lastUsedAt },
    owner: { id, kind, name, email },
    memberships: memberships ?? {},
    identity,
  };
};
