import type { ServiceAccount } from '@junction/contracts';
import { versionTag } from '../../../platform/versions.ts';
import type { ServiceAccountRow } from './store.ts';

export const toServiceAccount = (row: ServiceAccountRow): ServiceAccount => ({
  id: row.id,
  name: row.name,
  role: row.role,
  isYours: row.isYours,
  tokenCount: row.tokenCount,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  nextExpiryAt: row.nextExpiryAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  etag: versionTag(row.version),
});
