import type * as contract from '@junction/contracts';
import { type Actor, can, isRunLive, type Run, type RunState } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError, notFound } from '../../platform/app-error.ts';
import { retrying } from '../../platform/transactions.ts';
import { stale } from '../../platform/versions.ts';
import { byOf } from '../activity/index.ts';
import { cancelRuns, findRuns } from '../runs/index.ts';
import { orTellDenied } from './denied.ts';
import { type HeldExport, holdExports, holdRole } from './hold.ts';
import { requireDeed } from './rules.ts';

const over = ({ state, phase }: Run): AppError =>
  new AppError(
    'runOver',
    phase === 'publishing'
      ? 'It is being published: what it wrote is about to be visible, all of it at once. Wait for its end.'
      : `It has ended: ${state}.`,
  );

/** Whether it may still be canceled. Of an export without a connection only a run goes on that is being published. */
const isCancelable = ({ lastRunId, runState, connectionId }: HeldExport, runId: string): boolean =>
  lastRunId === runId && isRunLive(runState as RunState | null) && connectionId !== null;

/** Cancels a run that is waiting or under way; who cancels one again gets the same answer. */
export const cancelRun = async (
  house: Pick<House, 'db' | 'clock' | 'runFollower'>,
  actor: Actor,
  { params: { environmentId, runId }, from }: Asked<typeof contract.cancelRun>,
): Promise<Run> => {
  const { db, clock } = house;
  const who = { actor, address: from.address };
  const read = async (): Promise<Run> => {
    const found = await findRuns(db, [runId], { seesPlaces: can(actor, 'connection:read', environmentId) });
    const run = found.get(runId);
    if (run?.environmentId !== environmentId) throw notFound('run');
    return run;
  };
  const run = await read();
  if (run.state === 'canceled') return run;
  const exportId = run.export.id;
  const write = retrying(db, async (tx) => {
    const person = await holdRole(tx, environmentId, actor);
    const row = (await holdExports(tx, person, environmentId, [exportId])).exports.get(exportId);
    if (row === undefined || !isCancelable(row, runId)) return;
    if (row.hasMoved) throw stale();
    requireDeed('run', person.role, row.access);
    const by = byOf(actor);
    await cancelRuns(house, tx, { runId }, { because: 'person', by, at: clock.now(), from: from.address });
  });
  await orTellDenied(house, who, { id: exportId, environmentId, name: run.export.name }, write);
  const after = await read();
  if (after.state !== 'canceled') throw over(after);
  return after;
};
