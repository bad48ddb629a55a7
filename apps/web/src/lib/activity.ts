import * as contract from '@junction/contracts';
import { readPages } from './queries.ts';

/** What happened in an environment, newest first, a page at a time. `conditions` narrow it; see activityFilterFields. */
export const activityPages = (environmentId: string, conditions: readonly contract.Condition[], search?: string) =>
  readPages(contract.listActivity, {
    params: { environmentId },
    query: { filter: contract.formatFilter(conditions), search: search || undefined },
  });

/** Each kind of activity as a sentence without its subject: "Ada Admin | set up a connection | Contoso lake". */
export const activityWords: Readonly<Record<contract.ActivityKind, string>> = {
  'session.created': 'Signed in',
  'session.refused': 'Sign-in refused',
  'session.deleted': 'Signed out',
  'person.updated': 'Changed their account',
  'person.password-changed': 'Changed their password',
  'environment.created': 'Created the environment',
  'environment.updated': 'Changed the environment',
  'environment.deleted': 'Deleted the environment',
  'member.created': 'Added a member',
  'member.updated': 'Changed a member',
  'member.deleted': 'Removed a member',
  'member.password-reset': 'Made a password link',
  'connection.created': 'Set up a connection',
  'connection.updated': 'Changed a connection',
  'connection.deleted': 'Removed a connection',
  'connection.checked': 'Checked a connection',
  'connection.restored': 'Restored a connection',
  'connection.key-destroyed': 'Destroyed the key of a connection',
  'connection.purged': 'Removed a connection for good',
  'profile-access.granted': 'Gave access to profile data',
  'profile-access.revoked': 'Took access to profile data away',
  'catalog.refreshed': 'Read the entities of a connection',
  'export.created': 'Created an export',
  'export.updated': 'Changed an export',
  'export.deleted': 'Removed an export',
  'export.detached': 'Detached exports',
  'export.connected': 'Connected exports',
  'export.scheduled': 'Scheduled exports',
  'export.auto-paused': 'Paused the schedule of an export',
  'run.requested': 'Ran an export',
  'run.successful': 'A run succeeded',
  'run.failed': 'A run failed',
  'run.skipped': 'A run was skipped',
  'run.canceled': 'Canceled a run',
  'import.requested': 'Imported profile data on demand',
  'import.updated': 'Changed how profile data is imported',
  'import.successful': 'Profile data was imported',
  'import.failed': 'An import of profile data failed',
  'import.skipped': 'An import of profile data was skipped',
  'import.canceled': 'Canceled an import of profile data',
  'notice-hook.created': 'Set up a notice webhook',
  'notice-hook.updated': 'Changed a notice webhook',
  'notice-hook.deleted': 'Removed a notice webhook',
  'access.denied': 'Was denied access',
};

/** Kinds that somebody who looks for trouble looks for. */
const alarming: readonly contract.ActivityKind[] = ['session.refused', 'access.denied'];

/** One entry in the words that a list shows. */
export type ActivityEntry = {
  id: string;
  at: string;
  what: string;
  who: string;
  on: string;
  from: string;
  isAlarming: boolean;
};

/** Puts an activity into words. */
export const describeActivity = (activity: contract.Activity): ActivityEntry => ({
  id: activity.id,
  at: activity.at,
  what: activityWords[activity.kind],
  who: activity.by?.name ?? 'Junction',
  on: activity.subject.name,
  from: activity.from ?? 'The server',
  isAlarming: alarming.includes(activity.kind),
});
