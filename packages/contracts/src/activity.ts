import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { ListQuery, listOf } from './lists.ts';
import { Id, PersonRef, Timestamp } from './scalars.ts';

/** What can happen: noun.past-tense. */
export const activityKinds = [
  'session.created',
  'session.refused',
  'session.deleted',
  'person.updated',
  'person.password-changed',
  'person.created',
  'identity.connected',
  'identity.disconnected',
  'identity.lost',
  'group-role.created',
  'group-role.updated',
  'group-role.deleted',
  'service-account.created',
  'service-account.updated',
  'service-account.deleted',
  'token.created',
  'token.revoked',
  'environment.created',
  'environment.updated',
  'environment.deleted',
  'member.created',
  'member.updated',
  'member.deleted',
  'member.password-reset',
  'connection.created',
  'connection.updated',
  'connection.deleted',
  'connection.checked',
  'connection.restored',
  'connection.key-destroyed',
  'connection.purged',
  'profile-access.granted',
  'profile-access.revoked',
  'catalog.refreshed',
  'export.created',
  'export.updated',
  'export.deleted',
  'export.detached',
  'export.connected',
  'export.scheduled',
  'export.auto-paused',
  'run.requested',
  'run.successful',
  'run.failed',
  'run.skipped',
  'run.canceled',
  'import.requested',
  'import.updated',
  'import.successful',
  'import.failed',
  'import.skipped',
  'import.canceled',
  'notice-hook.created',
  'notice-hook.updated',
  'notice-hook.deleted',
  'access.denied',
] as const;
export const ActivityKind = z.enum(activityKinds);
export type ActivityKind = z.infer<typeof ActivityKind>;

/** One thing that somebody did, or was not allowed to do. Rows are only ever added. */
export const Activity = z.object({
  id: Id,
  at: Timestamp,
  kind: ActivityKind,
  /** Null when it was not a person, or nobody who is known. */
  by: PersonRef.nullable(),
  /** The name of the API token that it was done with; null in a browser, or when the server did it. */
  token: z.string().nullable(),
  subject: z.object({ type: z.string(), id: z.string().nullable(), name: z.string() }),
  /** The network address it came from; null for the server itself. */
  from: z.string().nullable(),
  /** The changed values before and after, without secrets. */
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
export type Activity = z.infer<typeof Activity>;

/** `subjectId` narrows to one thing, `byId` to one person; `at ge '…'` and `at lt '…'` to a span of time. */
export const activityFilterFields = ['kind', 'subjectId', 'byId', 'at'] as const;

export const listActivity = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/activity',
  action: 'activity:list',
  summary: 'What happened in an environment, newest first',
  tag: 'Activity',
  query: ListQuery.omit({ orderby: true }).strict(),
  response: listOf(Activity),
});
