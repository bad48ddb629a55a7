import type * as contract from '@junction/contracts';
import { type Actor, can, type Run } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { findLive } from './live-runs.ts';
import type { RunRow } from './select-runs.ts';
import { toRun } from './views.ts';

/**
 * The live runs; who takes events gets them first, then whatever changes for as long as he stays. What changes while the first ones are
 * read is told after them, so that nothing is missed in between.
 */
export const watchRuns = async (
  { db, runWatch }: Pick<House, 'db' | 'runWatch'>,
  actor: Actor,
  {
    params: { environmentId },
    wantsEvents,
    tell,
    signal,
  }: Pick<Asked<typeof contract.watchRuns>, 'params' | 'wantsEvents' | 'tell' | 'signal'>,
): Promise<{ runs: Run[] }> => {
  const seesPlaces = can(actor, 'connection:read', environmentId);
  const toRuns = (rows: readonly RunRow[]) => rows.map((row) => toRun(row, seesPlaces));
  if (!wantsEvents) return { runs: toRuns(await findLive(db, environmentId)) };
  let early: RunRow[] | undefined = [];
  const failed = new AbortController();
  const following = runWatch.follow({
    environmentId,
    personId: actor.id,
    signal: AbortSignal.any([signal, failed.signal]),
    tell: (rows) => {
      if (early) early.push(...rows);
      else tell({ event: 'runs', runs: toRuns(rows) });
    },
  });
  const begin = async () => {
    tell({ event: 'runs', runs: toRuns(await findLive(db, environmentId)) });
    if (early && early.length > 0) tell({ event: 'runs', runs: toRuns(early) });
    early = undefined;
  };
  try {
    await Promise.all([following, begin()]);
  } finally {
    failed.abort();
  }
  return { runs: [] };
};
