import type { FileDestination } from '@junction/connectors/runtime';
import type { House } from '../../../house.ts';
import { openRemovedTarget } from '../../connections/index.ts';
import type { Doing } from '../../lake/index.ts';
import type { Lease, RunTask } from '../../runs/index.ts';
import { expireRun } from './expire-run.ts';
import { modelPath, staging, stagingOf } from './layout.ts';
import { longestModel, readModel } from './model-json.ts';
import { withDestination } from './open-places.ts';
import type { RunPlan } from './plan.ts';
import { findCleaned, findExpired } from './run-store.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock'>;

const doing: Doing = { phase: 'over' };

/** Runs whose files one cleaning removes; the next one goes on. */
const expiredAtOnce = 50;

/** What others have left who came back late: runs that are over and were cleaned up behind have nothing there any more. */
const removeLate = async (
  { db }: Needs,
  destination: FileDestination,
  run: RunTask,
  { folder }: RunPlan,
  lease: Lease,
): Promise<void> => {
  const top = `${stagingOf(folder)}/`;
  const ids = new Set<string>();
  for await (const { path } of destination.list(stagingOf(folder), lease.signal))
    ids.add(path.slice(top.length).split('/')[0] ?? '');
  for (const id of await findCleaned(db, run.subjectId, [...ids].filter(isId))) {
    lease.require();
    await destination.removeFolder(staging(folder, id).folder, lease.signal);
  }
};

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);

const modelForeign = {
  code: 'modelForeign',
  message: 'model.json is not one that Junction has written, so nothing is removed that it may name.',
  remedy: 'Remove it, or have whoever writes it write elsewhere. The next run replaces it.',
  isTransient: false,
  ...doing,
};

/** Removes files of earlier runs that the export keeps no longer, but never those that model.json names. */
const expireRuns = async (
  { db, clock }: Needs,
  destination: FileDestination,
  run: RunTask,
  plan: RunPlan,
  lease: Lease,
): Promise<string[]> => {
  const expired = await findExpired(db, run, plan.retention, { now: clock.now(), limit: expiredAtOnce });
  if (expired.length === 0) return [];
  const model = await destination.read(modelPath(plan.folder), longestModel, lease.signal);
  const named = model === undefined ? undefined : readModel(model);
  if (model !== undefined && named === undefined) {
    await lease.warn(modelForeign);
    return [];
  }
  const removed: string[] = [];
  for (const one of expired) {
    if (one.id === named?.runId) continue;
    if (await expireRun(destination, one, lease)) removed.push(one.id);
  }
  return removed;
};

/** Says where something was left that nobody can remove any more. */
const tellLeft = (plan: RunPlan, run: RunTask, lease: Lease): Promise<void> =>
  lease.warn({
    code: 'stagingLeft',
    message: `The connection is gone for good, so the folder ${staging(plan.folder, run.id).folder} could not be removed.`,
    remedy: 'Remove it by hand.',
    isTransient: false,
    ...doing,
  });

/**
 * Tidies up behind a run that is over: its staging folder goes, and after a success what the export keeps no longer. May be done again and
 * again, also for a connection that was removed.
 */
export const cleanRun = async (
  house: Needs,
  run: RunTask & { isSuccessful: boolean },
  lease: Lease,
): Promise<{ removedRunIds: string[] }> => {
  const plan = run.plan as RunPlan | null;
  if (plan === null || plan.batch !== null) return { removedRunIds: [] };
  const opened = await openRemovedTarget(house, run);
  if (opened === undefined || ('problem' in opened && opened.problem.code === 'secretUnreadable')) {
    await tellLeft(plan, run, lease);
    return { removedRunIds: [] };
  }
  return withDestination(house, run, { ...doing, orRemoved: true }, async (destination) => {
    if (destination.takes === 'rows') return { removedRunIds: [] };
    lease.require();
    await destination.removeFolder(staging(plan.folder, run.id).folder, lease.signal);
    await removeLate(house, destination, run, plan, lease);
    return { removedRunIds: run.isSuccessful ? await expireRuns(house, destination, run, plan, lease) : [] };
  });
};
