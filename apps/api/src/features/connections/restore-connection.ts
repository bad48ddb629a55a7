import type * as contract from '@junction/contracts';
import { type Actor, namedAfterRestore, type Restoration } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { retrying } from '../../platform/transactions.ts';
import { byOf } from '../activity/index.ts';
import { getConnection } from './get-connection.ts';
import { orNameTaken } from './names.ts';
import { lockRemoved, removalTimeoutMs, unmarkRemoved } from './removal-store.ts';
import { isRestorable } from './rules.ts';
import { tellActivity } from './tell-activity.ts';

type Named = { id: string; name: string };
const shorten = (exports: readonly Named[]) => ({ count: exports.length, value: exports.slice(0, namedAfterRestore) });

/**
 * Undoes a removal: the connection is back with its secrets, and so are exactly those exports that still lack it because of
 * this removal. Throws notFound when it cannot be restored any more, nameTaken when another connection has its name by now.
 */
export const restoreConnection = async (
  house: Pick<House, 'db' | 'clock' | 'env' | 'connectors' | 'dependents' | 'profileData'>,
  actor: Actor,
  { params, body, from }: Asked<typeof contract.restoreConnection>,
): Promise<Restoration> => {
  const { db, clock, env, dependents, profileData } = house;
  const by = byOf(actor);
  const { reattached, left, withSource } = await orNameTaken(
    retrying(
      db,
      async (tx) => {
        const at = clock.now();
        const row = await lockRemoved(tx, params.environmentId, params.connectionId);
        if (!row || !isRestorable(row.removedAt, at, env.JUNCTION_UNDO_DAYS)) throw notFound('removed connection');
        const name = body.name ?? row.name;
        await unmarkRemoved(tx, row, { name, at });
        const groups = await dependents.regain(tx, { connectionId: row.id, removalId: row.removalId, at });
        const whom = { by, at, from: from.address };
        const { withSource } = await dependents.recountSources(tx, row.id, whom);
        await profileData.resume(tx, row.id, whom);
        await tellActivity(
          tx,
          'connection.restored',
          { actor, address: from.address },
          { ...row, name },
          {
            after: {
              name,
              reattached: groups.reattached.length,
              left: groups.left.length,
              withSource,
              exportIds: groups.reattached.map(({ id }) => id),
            },
          },
        );
        return { ...groups, withSource };
      },
      { timeout: removalTimeoutMs },
    ),
  );
  const connection = await getConnection(house, actor, { params });
  return { connection, reattached: shorten(reattached), left: shorten(left), withSource };
};
