import { type ApiToken, TokenAction } from '@junction/contracts';
import { isExpired } from './rules.ts';
import type { TokenRow } from './store.ts';

/** A token as it is listed. What a scope names that no token can do any more is left out. */
export const toApiToken = (row: TokenRow, now: Date): ApiToken => ({
  id: row.id,
  name: row.name,
  hint: row.hint,
  scope: TokenAction.options.filter((action) => row.scope.includes(action)),
  createdAt: row.createdAt.toISOString(),
  createdBy: { id: row.createdById, name: row.createdByName },
  expiresAt: row.expiresAt.toISOString(),
  isExpired: isExpired(row, now),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  lastUsedFrom: row.lastUsedFrom,
});
