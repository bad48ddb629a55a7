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
  'person.created': 'Signed in for the first time',
  'identity.connected': 'Connected an account to the identity provider',
  'identity.disconnected': 'Disconnected an account from the identity provider',
  'identity.lost': 'Was no longer let in by the identity provider',
  'group-role.created': 'Gave a group a role',
  'group-role.updated': 'Changed the role of a group',
  'group-role.deleted': 'Took its role from a group',
  'service-account.created': 'Added a service account',
  'service-account.updated': 'Changed a service account',
  'service-account.deleted': 'Removed a service account',
  'token.created': 'Made an API token',
  'token.revoked': 'Revoked an API token',
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

/** "Ada Admin", "Ada Admin with the token Nightly export". */
const whoDid = ({ by, token }: contract.Activity): string => {
  const who = by?.name ?? 'Junction';
  return token === null ? who : `${who} with the token ${token}`;
};

/** Puts an activity into words. */
export const describeActivity = (activity: contract.Activity): ActivityEntry => ({
  id: activity.id,
  at: activity.at,
  what: activityWords[activity.kind],
  who: whoDid(activity),
  on: activity.subject.name,
  from: activity.from ?? 'The server',
  isAlarming: alarming.includes(activity.kind),
});
