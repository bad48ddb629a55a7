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
  changes: readonly ActivityChange[];
};

/** One value before and after; undefined where there was none. */
export type ActivityChange = { field: string; before: string | undefined; after: string | undefined };

const inWords = (value: unknown): string | undefined => {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const changesOf = ({ before, after }: contract.Activity): ActivityChange[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .map((field) => ({ field, before: inWords(before?.[field]), after: inWords(after?.[field]) }))
    .filter((change) => change.before !== change.after);

/** Puts an activity into words. */
export const describeActivity = (activity: contract.Activity): ActivityEntry => ({
  id: activity.id,
  at: activity.at,
  what: activityWords[activity.kind],
  who: activity.by?.name ?? 'Junction',
  on: activity.subject.name,
  from: activity.from ?? 'The server',
  isAlarming: alarming.includes(activity.kind),
  changes: changesOf(activity),
});
