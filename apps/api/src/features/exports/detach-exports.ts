import type * as contract from '@junction/contracts';
import type { Actor, BulkResult } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { cancelTheirs } from './cancel-theirs.ts';
import { idsOf, inBulk } from './in-bulk.ts';
import { detachAll } from './store.ts';
import { happening } from './tell-activity.ts';

/** Takes the connection away from exports. They are inactive then, and remember it and who could use it. */
export const detachExports = (
  house: Pick<House, 'db' | 'clock' | 'runFollower'>,
  actor: Actor,
  asked: Asked<typeof contract.detachExports>,
): Promise<BulkResult> =>
  inBulk(house, actor, asked, {
    deed: 'detach',
    change: async (tx, rows, { who }) => {
      const at = house.clock.now();
      await detachAll(tx, idsOf(rows), { by: actor, now: at });
      await cancelTheirs(house, tx, rows, { because: 'connectionDetached', who, at });
      const told = rows.map((row) =>
        happening('export.detached', who, row, {
          before: { connection: row.connection?.name ?? null },
          after: { connection: null },
        }),
      );
      return { done: idsOf(rows), told };
    },
  });
