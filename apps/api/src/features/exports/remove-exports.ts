import type * as contract from '@junction/contracts';
import type { Actor, BulkResult } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { cancelTheirs } from './cancel-theirs.ts';
import { idsOf, inBulk } from './in-bulk.ts';
import { deleteExports } from './store.ts';
import { deletion } from './tell-activity.ts';

/** Removes exports. What they have written stays where it is. */
export const removeExports = (
  house: Pick<House, 'db' | 'clock' | 'runFollower'>,
  actor: Actor,
  asked: Asked<typeof contract.removeExports>,
): Promise<BulkResult> =>
  inBulk(house, actor, asked, {
    deed: 'remove',
    change: async (tx, rows, { who }) => {
      await cancelTheirs(house, tx, rows, { because: 'exportRemoved', who, at: house.clock.now() });
      await deleteExports(tx, idsOf(rows));
      return { done: idsOf(rows), told: rows.map((row) => deletion(who, row)) };
    },
  });
