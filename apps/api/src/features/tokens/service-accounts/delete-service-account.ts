import type * as contract from '@junction/contracts';
import type { Actor } from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Asked } from '../../../http/asked.ts';
import { requireVersion } from '../../../platform/versions.ts';
import { lockEnvironment } from '../../environments/index.ts';
import { holdAccount } from './read-account.ts';
import { deleteHomeless, removePlace } from './store.ts';
import { tellAccount } from './tell-accounts.ts';

/**
 * Takes a service account out of an environment, which each of its admins may. One that belongs nowhere any more is deleted, and its tokens
 * with it.
 */
export const deleteServiceAccount = (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  actor: Actor,
  { params, expectedVersion, from }: Asked<typeof contract.deleteServiceAccount>,
): Promise<void> =>
  db.$transaction(async (tx) => {
    const { environmentId, serviceAccountId } = params;
    await lockEnvironment(tx, environmentId);
    const row = await holdAccount(tx, actor, params, clock.now());
    requireVersion(expectedVersion, row.version);
    await removePlace(tx, environmentId, serviceAccountId);
    const isDeleted = (await deleteHomeless(tx, [serviceAccountId])) > 0;
    const before = { role: row.role, tokens: row.tokenCount };
    await tellAccount(tx, 'service-account.deleted', { actor, address: from.address }, row, [
      { environmentId, before, after: { isDeletedEverywhere: isDeleted } },
    ]);
  });
