import type { Cancellation } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Tx } from '../../platform/db.ts';
import type { By } from '../activity/index.ts';
import { cancelLive, lockExportsOf, type WhichRuns } from './run-store.ts';
import { tellEnds } from './tell-ends.ts';

type Cancel = Omit<Cancellation, 'at' | 'by'> & {
  by: By;
  at: Date;
  /** The network address it came from, when a person asked for it. */
  from?: string;
};
type Named = { runId: string; subjectId: string };

/**
 * Cancels the runs that are waiting or under way. Whoever works on one notices within some seconds, and can finish nothing any more;
 * what was staged is removed. Runs that are being published can no longer be canceled: they are named apart.
 */
export const cancelRuns = async (
  house: Pick<House, 'runFollower'>,
  tx: Tx,
  which: WhichRuns,
  { by, from, at, because }: Cancel,
): Promise<{ canceled: Named[]; publishing: Named[] }> => {
  await lockExportsOf(tx, which);
  const { canceled, publishing } = await cancelLive(tx, which, {
    because,
    by: by && { id: by.id, name: by.name },
    at: at.toISOString(),
  });
  await tellEnds(house, tx, canceled, { by, from: from ?? null });
  return { canceled: canceled.map(toNamed), publishing: publishing.map(toNamed) };
};

const toNamed = ({ runId, subjectId }: Named): Named => ({ runId, subjectId });
