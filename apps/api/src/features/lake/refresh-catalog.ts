import type * as contract from '@junction/contracts';
import type { Actor, Catalog } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import { recordActivity } from '../activity/index.ts';
import { getCatalog } from './get-catalog.ts';
import { readClaimed } from './read-claimed.ts';
import type { SourceRead } from './read-source.ts';
import { claimOne } from './store.ts';
import { untilRead } from './until-read.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'log' | 'checkLimits'>;

/** What a person's reading leaves in the activity log. */
const tellRefreshed =
  (actor: Actor, address: string) =>
  (tx: Tx, { source, outcome }: SourceRead) =>
    recordActivity(tx, {
      kind: 'catalog.refreshed',
      environmentId: source.environmentId,
      by: actor,
      from: address,
      subject: { type: 'connection', id: source.id, name: source.name },
      after: 'failed' in outcome ? { problem: outcome.failed.code } : { entities: outcome.entities.length },
    });

/**
 * Reads the metadata of a source now. Who asks while it is being read waits for that and gets the same result: reading it twice
 * would tell nothing new. Throws notFound for what is no source, requestTimeout when nobody waits any more.
 */
export const refreshCatalog = async (
  house: Needs,
  actor: Actor,
  { params, from, signal }: Asked<typeof contract.refreshCatalog>,
): Promise<Catalog> => {
  const { connectionId } = params;
  const before = await getCatalog(house, actor, { params });
  await house.checkLimits.count(actor.id);
  try {
    for (;;) {
      const claim = await claimOne(house.db, house.clock.now(), connectionId);
      if (claim) await readClaimed(house, claim, signal, tellRefreshed(actor, from.address));
      else await untilRead(house, connectionId, signal);
      const catalog = await getCatalog(house, actor, { params });
      // The other reader may have ended without a result.
      if (claim || catalog.readAt !== before.readAt) return catalog;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new AppError('requestTimeout', 'Nobody waited for the catalog any more, so reading it was cancelled.');
  }
};
