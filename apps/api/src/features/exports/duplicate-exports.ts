import type * as contract from '@junction/contracts';
import type { Actor, BulkResult } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { newId } from '../../platform/ids.ts';
import { findCopyNames } from './copy-names.ts';
import { inBulk } from './in-bulk.ts';
import { copyAll, isNameConflict } from './store.ts';
import { happening } from './tell-activity.ts';

/** Somebody may take a name between its being free and being written; more often in a row than this, nobody does. */
const attempts = 5;

const copyOnce = (
  house: Pick<House, 'db' | 'clock'>,
  actor: Actor,
  asked: Asked<typeof contract.duplicateExports>,
): Promise<BulkResult> =>
  inBulk(house, actor, asked, {
    deed: 'duplicate',
    sources: true,
    change: async (tx, rows, { who }) => {
      const names = await findCopyNames(
        tx,
        asked.params.environmentId,
        rows.map(({ name }) => name),
      );
      const copies = rows.map((row, index) => ({ row, id: newId(), name: names[index] ?? '' }));
      await copyAll(
        tx,
        copies.map(({ row, id, name }) => ({ fromId: row.id, id, name })),
        { by: actor, now: house.clock.now() },
      );
      const told = copies.map(({ row, id, name }) =>
        happening(
          'export.created',
          who,
          { ...row, id, name },
          {
            after: { name, copyOf: row.name, connection: row.connection?.name ?? null },
          },
        ),
      );
      return { done: copies.map(({ id }) => id), told };
    },
  });

/** Copies exports: same definition and connection, a name of their own, the schedule off. All that may be copied are, or none. */
export const duplicateExports = async (
  house: Pick<House, 'db' | 'clock'>,
  actor: Actor,
  asked: Asked<typeof contract.duplicateExports>,
): Promise<BulkResult> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await copyOnce(house, actor, asked);
    } catch (error) {
      if (attempt === attempts || !isNameConflict(error)) throw error;
    }
  }
};
