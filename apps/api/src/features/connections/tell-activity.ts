import type { ActivityKind, Actor } from '@junction/contracts';
import type { Tx } from '../../platform/db.ts';
import { changes, recordActivity } from '../activity/index.ts';
import type { Values } from './rules.ts';

type Subject = { id: string; environmentId: string; name: string };

/** A connection's values as the activity log shows them: one entry per setting, no secrets. */
export const loggedValues = (connection: {
  name: string;
  sharedWith: string;
  people: readonly { name: string }[];
  isPaused: boolean;
  settings: unknown;
}): Values => ({
  name: connection.name,
  sharedWith: connection.sharedWith,
  ...(connection.people.length > 0 ? { sharedWithPeople: connection.people.map(({ name }) => name) } : {}),
  isPaused: connection.isPaused,
  ...Object.fromEntries(
    Object.entries(connection.settings as Values).map(([name, value]) => [`settings.${name}`, value]),
  ),
});

/** The values that differ between two versions of a connection, before and after; what is gone is null after. */
export const loggedChange = (before: Values, after: Values): { before: Values; after: Values } => {
  const gone = Object.fromEntries(Object.keys(before).map((name) => [name, null]));
  return changes(before, { ...gone, ...after });
};

/** Adds what happened to a connection to the activity log, inside the transaction in which it happens. */
export const tellActivity = (
  tx: Tx,
  kind: ActivityKind,
  who: { actor: Actor; address: string },
  { id, environmentId, name }: Subject,
  values: { before?: Values; after?: Values },
): Promise<void> =>
  recordActivity(tx, {
    kind,
    environmentId,
    by: who.actor,
    from: who.address,
    subject: { type: 'connection', id, name },
    ...values,
  });
