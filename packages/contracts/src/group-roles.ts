import * as z from 'zod';
import { Role } from './access.ts';
import { endpoint } from './endpoint.ts';
import { ListQuery, listOf } from './lists.ts';
import { DisplayName, Id, Timestamp } from './scalars.ts';

const tag = 'Members';

/** The role that a group, or an app role, of the identity provider has in an environment. */
export const GroupRole = z.object({
  id: Id,
  /** As the provider writes it in its tokens. */
  value: z.string(),
  name: z.string(),
  role: Role,
  /** How many members follow it now. */
  memberCount: z.int(),
  createdAt: Timestamp,
  etag: z.string(),
});
export type GroupRole = z.infer<typeof GroupRole>;

export const listGroupRoles = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/group-roles',
  action: 'group-role:list',
  summary: 'The groups that give roles in an environment, by name',
  tag,
  query: ListQuery.pick({ search: true, maxpagesize: true, skiptoken: true }).strict(),
  response: listOf(GroupRole),
});

/** What a group is called in a token: an object id, a name or an app role's value, compared as it is. */
const GroupValue = z
  .string()
  .trim()
  .min(1, { error: 'Enter the group as the identity provider writes it in its tokens.' })
  .max(256, { error: 'A group has at most 256 characters.' });

export const NewGroupRole = z.strictObject({ value: GroupValue, name: DisplayName, role: Role });
export type NewGroupRole = z.infer<typeof NewGroupRole>;

export const createGroupRole = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/group-roles',
  action: 'group-role:manage',
  summary: 'Give a group a role; who is known to be in it has it at once',
  tag,
  status: 201,
  body: NewGroupRole,
  response: GroupRole,
});

export const updateGroupRole = endpoint({
  method: 'PATCH',
  path: '/environments/:environmentId/group-roles/:groupRoleId',
  action: 'group-role:manage',
  summary: 'Change the role or the name of a group',
  tag,
  body: z.strictObject({ name: DisplayName.optional(), role: Role.optional() }),
  response: GroupRole,
  needsIfMatch: true,
});

export const deleteGroupRole = endpoint({
  method: 'DELETE',
  path: '/environments/:environmentId/group-roles/:groupRoleId',
  action: 'group-role:manage',
  summary: 'Take the role from a group; who has no other way in leaves the environment',
  tag,
  needsIfMatch: true,
});
