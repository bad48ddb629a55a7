import type * as contract from '@junction/contracts';
import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { notFound } from '../../platform/app-error.ts';
import { retrying } from '../../platform/transactions.ts';
import { requireVersion, stale } from '../../platform/versions.ts';
import { recordActivity } from '../activity/index.ts';
import { cancelTheirs } from './cancel-theirs.ts';
import { orTellDenied } from './denied.ts';
import { holdExports, holdRole } from './hold.ts';
import { requireDeed } from './rules.ts';
import { deleteExports } from './store.ts';
import { deletion } from './tell-activity.ts';

/** Removes an export. What it has written stays where it is. */
export const deleteExport = async (
  house: Pick<House, 'db' | 'clock' | 'runFollower'>,
  actor: Actor,
  { params: { environmentId, exportId }, expectedVersion, from }: Asked<typeof contract.deleteExport>,
): Promise<void> => {
  const who = { actor, address: from.address };
  const write = retrying(house.db, async (tx) => {
    const person = await holdRole(tx, environmentId, actor);
    const { exports } = await holdExports(tx, person, environmentId, [exportId]);
    const row = exports.get(exportId);
    if (row === undefined) throw notFound('export');
    if (row.hasMoved) throw stale();
    requireDeed('remove', person.role, row.access);
    requireVersion(expectedVersion, row.version);
    await cancelTheirs(house, tx, [row], { because: 'exportRemoved', who, at: house.clock.now() });
    await deleteExports(tx, [row.id]);
    await recordActivity(tx, deletion(who, row));
  });
  await orTellDenied(house, who, { id: exportId, environmentId }, write);
};
