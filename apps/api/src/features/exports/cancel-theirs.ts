import type { Actor, Cancellation } from '@junction/contracts';
import { isRunLive, type RunState } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Tx } from '../../platform/db.ts';
import { byOf } from '../activity/index.ts';
import { cancelRuns } from '../runs/index.ts';
import type { HeldExport } from './hold.ts';

type Cancel = Pick<Cancellation, 'because'> & { who: { actor: Actor; address: string }; at: Date };

/** Cancels the runs of held exports because of what somebody does with these. One that is being published ends by itself. */
export const cancelTheirs = async (
  house: Pick<House, 'runFollower'>,
  tx: Tx,
  rows: readonly HeldExport[],
  { because, who: { actor, address }, at }: Cancel,
): Promise<void> => {
  const subjectIds = rows.flatMap(({ id, runState }) => (isRunLive(runState as RunState | null) ? [id] : []));
  if (subjectIds.length === 0) return;
  const by = byOf(actor);
  await cancelRuns(house, tx, { subjectIds }, { because, by, at, from: address });
};
