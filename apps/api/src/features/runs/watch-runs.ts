import type * as contract from '@junction/contracts';
import { type Actor, can, type Run } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { findLive } from './live-runs.ts';
import type { RunRow } from './select-runs.ts';
import { toRun } from './views.ts';

type Watching = Pick<Asked<typeof contract.watchRuns>, 'params' | 'wantsEvents' | 'tell' | 'signal'>;

/** The live runs; who takes events gets them first, then whatever changes for as long as they stay. */
export const watchRuns = async (
  { db, runWatch }: Pick<House, 'db' | 'runWatch'>,
  actor: Actor,
  { params: { environmentId }, wantsEvents, tell, signal }: Watching,
): Promise<{ runs: Run[] }> => {
  const seesPlaces = can(actor, 'connection:read', environmentId);
  const toRuns = (rows: readonly RunRow[]) => rows.map((row) => toRun(row, seesPlaces));
  if (!wantsEvents) return { runs: toRuns(await findLive(db, environmentId)) };
  await runWatch.follow({
    environmentId,
    personId: actor.id,
    tell: (rows) => tell({ event: 'runs', runs: toRuns(rows) }),
    signal,
  });
  return { runs: [] };
};
