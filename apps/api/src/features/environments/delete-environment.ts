import type * as contract from '@junction/contracts';
import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError, invalidField } from '../../platform/app-error.ts';
import type { Tx } from '../../platform/db.ts';
import { retrying } from '../../platform/transactions.ts';
import { requireVersion } from '../../platform/versions.ts';
import { recordActivity } from '../activity/index.ts';
import { deleteHomeless, findAccountIds } from '../tokens/index.ts';
import { countUnfinishedRuns, lockEnvironment } from './store.ts';

/** Throws environmentBusy while runs write somewhere, or have left something there: with their rows the keys go that it is removed with. */
const requireQuiet = async (tx: Tx, environmentId: string): Promise<void> => {
  const { live, staged } = await countUnfinishedRuns(tx, environmentId);
  if (live > 0) {
    const what = live === 1 ? 'A run is waiting or under way' : `${live} runs are waiting or under way`;
    const message = `${what}. Pause all runs under Settings, cancel what is under way or wait for its end, then delete the environment.`;
    throw new AppError('environmentBusy', message);
  }
  if (staged === 0) return;
  const what = staged === 1 ? 'a run' : `${staged} runs`;
  const message = `What ${what} staged is being removed from where it was written. Try again in two minutes.`;
  throw new AppError('environmentBusy', message);
};

/**
 * Deletes an environment and everything in it but its activity, and service accounts that belonged nowhere else. Whoever asks repeats the name, as nothing brings it back. Runs are over and
 * cleaned by then: afterwards nobody could open the stores that they wrote to.
 */
export const deleteEnvironment = (
  { db }: Pick<House, 'db'>,
  actor: Actor,
  {
    params: { environmentId },
    query: { confirmName },
    expectedVersion,
    from,
  }: Asked<typeof contract.deleteEnvironment>,
): Promise<void> =>
  retrying(db, async (tx) => {
    const { name, type, version } = await lockEnvironment(tx, environmentId);
    requireVersion(expectedVersion, version);
    if (confirmName !== name)
      throw invalidField('confirmName', 'not_the_name', "Type the environment's name exactly as it is shown.");
    await requireQuiet(tx, environmentId);
    const serviceAccountIds = await findAccountIds(tx, environmentId);
    await tx.environment.delete({ where: { id: environmentId }, select: { id: true } });
    await deleteHomeless(tx, serviceAccountIds);
    await recordActivity(tx, {
      kind: 'environment.deleted',
      environmentId,
      by: actor,
      from: from.address,
      subject: { type: 'environment', id: environmentId, name },
      before: { name, type },
    });
  });
