import * as z from 'zod';
import { Role } from './access.ts';
import { endpoint } from './endpoint.ts';
import { ListQuery, listOf } from './lists.ts';
import { Id, PersonRef, Timestamp } from './scalars.ts';

const tag = 'Profile access';

/** Somebody who may see the profile data of a connection. */
export const ProfileAccess = z.object({
  person: PersonRef.extend({ email: z.string(), role: Role }),
  grantedBy: PersonRef,
  grantedAt: Timestamp,
});
export type ProfileAccess = z.infer<typeof ProfileAccess>;

/** People that one connection's profile data can be shown to. */
export const maximumProfileAccess = 200;

export const listProfileAccess = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connections/:connectionId/profile-access',
  action: 'profile-access:manage',
  summary: 'Who may see the profile data of a connection, by name',
  tag,
  response: listOf(ProfileAccess),
});

/** Admins may add themselves, visibly: it is recorded, and everybody else who has access is told. */
export const grantProfileAccess = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/connections/:connectionId/profile-access',
  action: 'profile-access:manage',
  summary: 'Let a member see the profile data of a connection',
  tag,
  status: 201,
  body: z.strictObject({ personId: Id }),
  response: ProfileAccess,
});

export const revokeProfileAccess = endpoint({
  method: 'DELETE',
  path: '/environments/:environmentId/connections/:connectionId/profile-access/:personId',
  action: 'profile-access:manage',
  summary: 'Take the access to the profile data of a connection away; it is gone from the next request on',
  tag,
});

/** Somebody looked at a report: from the first to the last request before a pause of half an hour. */
export const ProfileView = z.object({
  person: PersonRef,
  /** The version of the report: the import that it is from. */
  reportId: Id,
  firstAt: Timestamp,
  lastAt: Timestamp,
  /** How often it was asked for in that time, filters included. */
  requests: z.int(),
});
export type ProfileView = z.infer<typeof ProfileView>;

/** A pause of this many minutes ends a view; another report begins another one. */
export const profileViewMinutes = 30;
/** Views older than this are removed. */
export const profileViewDays = 400;

export const listProfileViews = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connections/:connectionId/profile-views',
  action: 'profile-access:manage',
  summary: 'Who looked at the report of a connection, and when; the last view first',
  tag,
  query: ListQuery.pick({ maxpagesize: true, skiptoken: true }).strict(),
  response: listOf(ProfileView),
});

/** A connection with profile data, and whether a member may see it. */
export const MemberProfileAccess = z.object({
  connection: z.object({ id: Id, name: z.string() }),
  isGranted: z.boolean(),
});
export type MemberProfileAccess = z.infer<typeof MemberProfileAccess>;

export const listMemberProfileAccess = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/members/:memberId/profile-access',
  action: 'profile-access:manage',
  summary: 'The connections with profile data, and which of them a member may see',
  tag,
  response: listOf(MemberProfileAccess),
});
