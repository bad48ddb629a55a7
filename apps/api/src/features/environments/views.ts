import { Environment, type Member, PersonKind, type Role, RoleFrom } from '@junction/contracts';
import { versionTag } from '../../platform/versions.ts';
import type { EnvironmentRow, MemberRow } from './store.ts';

/** An environment as a member of it sees it. */
export const toEnvironment = (row: EnvironmentRow & { role: Role }): Environment => ({
  id: row.id,
  name: row.name,
  type: Environment.shape.type.parse(row.type),
  owner: { id: row.ownerId, name: row.ownerName },
  role: row.role,
  pausedAt: row.pausedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  etag: versionTag(row.version),
});

export const toMember = (row: MemberRow): Member => ({
  id: row.id,
  kind: PersonKind.parse(row.kind),
  name: row.name,
  email: row.email,
  role: row.role,
  roleFrom: RoleFrom.parse(row.roleFrom),
  groupName: row.groupName,
  isOwner: row.isOwner,
  hasSignedIn: row.hasSignedIn,
  addedAt: row.addedAt.toISOString(),
  etag: versionTag(row.version),
});
