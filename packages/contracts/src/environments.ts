import * as z from 'zod';
import { Role } from './access.ts';
import { endpoint } from './endpoint.ts';
import { ListQuery, listOf } from './lists.ts';
import { PersonKind } from './people.ts';
import { DisplayName, Email, Id, PersonRef, Timestamp } from './scalars.ts';

const tag = 'Environments';
export const EnvironmentType = z.enum(['production', 'sandbox']);

export const Environment = z.object({
  id: Id,
  name: z.string(),
  type: EnvironmentType,
  owner: PersonRef,
  /** The role of who asks. */
  role: Role,
  /** Since when nothing runs here; null while runs are made. */
  pausedAt: Timestamp.nullable(),
  createdAt: Timestamp,
  etag: z.string(),
});
export type Environment = z.infer<typeof Environment>;

export const listEnvironments = endpoint({
  method: 'GET',
  path: '/environments',
  action: 'environment:list',
  summary: 'The environments you belong to, by name',
  tag,
  query: ListQuery.pick({ search: true, maxpagesize: true, skiptoken: true }).strict(),
  response: listOf(Environment),
});

export const NewEnvironment = z.strictObject({ name: DisplayName, type: EnvironmentType.default('production') });
export type NewEnvironment = z.infer<typeof NewEnvironment>;

export const createEnvironment = endpoint({
  method: 'POST',
  path: '/environments',
  action: 'environment:create',
  summary: 'Create an environment; you become its owner',
  tag,
  status: 201,
  body: NewEnvironment,
  response: Environment,
});

export const getEnvironment = endpoint({
  method: 'GET',
  path: '/environments/:environmentId',
  action: 'environment:read',
  summary: 'One environment',
  tag,
  response: Environment,
});

export const UpdateEnvironment = z.strictObject({
  name: DisplayName.optional(),
  /** The person who becomes the owner; an admin of the environment. */
  ownerId: Id.optional(),
  /** True: no run starts from now on, on demand or by schedule; those under way end. */
  isPaused: z.boolean().optional(),
});
export type UpdateEnvironment = z.infer<typeof UpdateEnvironment>;

export const updateEnvironment = endpoint({
  method: 'PATCH',
  path: '/environments/:environmentId',
  action: 'environment:update',
  summary: 'Rename an environment, pause its runs or hand it to another admin',
  tag,
  body: UpdateEnvironment,
  response: Environment,
  needsIfMatch: true,
});

export const deleteEnvironment = endpoint({
  method: 'DELETE',
  path: '/environments/:environmentId',
  action: 'environment:delete',
  summary: 'Delete an environment and everything in it',
  tag,
  query: z.strictObject({ confirmName: z.string().max(100) }),
  needsIfMatch: true,
});

/** Where a member's role comes from: an admin gave it by hand, or it follows their groups at the identity provider. */
export const RoleFrom = z.enum(['hand', 'groups']);

/** Somebody's place in an environment. The id is the person's. */
export const Member = z.object({
  id: Id,
  kind: PersonKind,
  name: z.string(),
  email: z.string(),
  role: Role,
  roleFrom: RoleFrom,
  /** The name of the group that the role follows. */
  groupName: z.string().nullable(),
  isOwner: z.boolean(),
  /** False until the person has set a password or come by an identity provider. */
  hasSignedIn: z.boolean(),
  addedAt: Timestamp,
  etag: z.string(),
});
export type Member = z.infer<typeof Member>;

export const memberFilterFields = ['role', 'kind'] as const;
export const memberOrderFields = ['name', 'email', 'role', 'addedAt'] as const;

export const listMembers = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/members',
  action: 'member:list',
  summary: 'The members of an environment',
  tag: 'Members',
  query: ListQuery.strict(),
  response: listOf(Member),
});

export const getMember = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/members/:memberId',
  action: 'member:read',
  summary: 'One member',
  tag: 'Members',
  response: Member,
});

/** A link to pass on to the person; it is shown once and kept only as a hash. */
export const IssuedLink = z.object({ url: z.string(), expiresAt: Timestamp });
export type IssuedLink = z.infer<typeof IssuedLink>;

export const NewMember = z.strictObject({ email: Email, role: Role, name: DisplayName.optional() });
export type NewMember = z.infer<typeof NewMember>;

export const createMember = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/members',
  action: 'member:create',
  summary: 'Add somebody by e-mail; who is new gets a one-time link to set a password',
  tag: 'Members',
  status: 201,
  body: NewMember,
  response: Member.extend({ oneTimeLink: IssuedLink.optional() }),
});

export const updateMember = endpoint({
  method: 'PATCH',
  path: '/environments/:environmentId/members/:memberId',
  action: 'member:update',
  summary: "Change a member's role by hand, or let it follow their groups again",
  tag: 'Members',
  body: z.union([z.strictObject({ role: Role }), z.strictObject({ roleFrom: z.literal('groups') })]),
  response: Member,
  needsIfMatch: true,
});

export const deleteMember = endpoint({
  method: 'DELETE',
  path: '/environments/:environmentId/members/:memberId',
  action: 'member:delete',
  summary: 'Take somebody out of an environment',
  tag: 'Members',
  needsIfMatch: true,
});

export const resetMemberPassword = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/members/:memberId/password-reset',
  action: 'member:reset-password',
  summary: 'Make a one-time link with which a member sets a new password',
  tag: 'Members',
  status: 201,
  response: IssuedLink,
});
