import * as contract from '@junction/contracts';
import { readPages } from './queries.ts';
import { formatNumber } from './words.ts';

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
  'catalog.refreshed': 'Read the entities of a connection',
  'export.created': 'Created an export',
  'export.updated': 'Changed an export',
  'export.deleted': 'Removed an export',
  'export.detached': 'Detached exports',
  'export.connected': 'Connected exports',
  'export.scheduled': 'Scheduled exports',
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

/** Of a longer list the entry shows its length and this many. */
const shownOfList = 3;

/** What a member of a list is called: its name where it has one. */
const itemInWords = (item: unknown): string => {
  if (typeof item === 'string') return item;
  if (typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string') return item.name;
  return JSON.stringify(item);
};

const listInWords = (list: readonly unknown[]): string => {
  if (list.length === 0) return 'None';
  const shown = list.slice(0, shownOfList).map(itemInWords).join(', ');
  return list.length <= shownOfList ? shown : `${formatNumber(list.length)}: ${shown}, …`;
};

const inWords = (value: unknown): string | undefined => {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return listInWords(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const changesOf = ({ before, after }: contract.Activity): ActivityChange[] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .filter((field) => !isSame(before?.[field], after?.[field]))
    .map((field) => ({ field, before: inWords(before?.[field]), after: inWords(after?.[field]) }));

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
