import { type GroupRole, Role } from '@junction/contracts';
import { versionTag } from '../../../platform/versions.ts';
import type { GroupRoleRow } from './store.ts';

export const toGroupRole = (row: GroupRoleRow, followers: ReadonlyMap<string, number>): GroupRole => ({
  id: row.id,
  value: row.value,
  name: row.name,
  role: Role.parse(row.role),
  memberCount: followers.get(row.id) ?? 0,
  createdAt: row.createdAt.toISOString(),
  etag: versionTag(row.version),
});
