import type { House } from '../../house.ts';
import type { Tx } from '../../platform/db.ts';
import { type By, recordActivities } from '../activity/index.ts';
import { deleteConnections, destroyKeys, lockPurgeable } from './removal-store.ts';
import { removedSince } from './rules.ts';

/** Connections that one transaction purges: short enough that nobody waits for it. */
const purgeBatch = 50;

type Subject = { id: string; environmentId: string; name: string };
type Who = { by: By; address: string | null };

/**
 * Destroys the data keys of removed connections, then the rows themselves. From then on their secrets cannot be opened, not
 * even from a backup of the other tables. Both are recorded.
 */
export const purge = async (tx: Tx, connections: readonly Subject[], { by, address }: Who): Promise<void> => {
  const ids = connections.map(({ id }) => id);
  const record = (kind: 'connection.key-destroyed' | 'connection.purged') =>
    recordActivities(
      tx,
      connections.map(({ id, environmentId, name }) => ({
        kind,
        environmentId,
        by,
        from: address,
        subject: { type: 'connection', id, name },
      })),
    );
  await destroyKeys(tx, ids);
  await record('connection.key-destroyed');
  await deleteConnections(tx, ids);
  await record('connection.purged');
};

/** Purges every connection whose removal cannot be undone any more, some at a time, until none is left or the signal fires. */
export const purgeRemoved = async (
  { db, clock, env }: Pick<House, 'db' | 'clock' | 'env'>,
  signal: AbortSignal,
): Promise<void> => {
  let purged = purgeBatch;
  while (purged === purgeBatch && !signal.aborted) {
    purged = await db.$transaction(async (tx) => {
      const due = await lockPurgeable(tx, removedSince(clock.now(), env.JUNCTION_UNDO_DAYS), purgeBatch);
      if (due.length > 0) await purge(tx, due, { by: null, address: null });
      return due.length;
    });
  }
};
