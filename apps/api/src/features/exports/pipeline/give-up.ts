import type { FileDestination } from '@junction/connectors/runtime';
import type { House } from '../../../house.ts';
import { inParallel } from '../../lake/index.ts';
import type { Lease, MovedPart, Published, RunTask } from '../../runs/index.ts';
import { settle } from './commit.ts';
import { entityFolder, staging } from './layout.ts';
import { toWithdrawal } from './manifest.ts';
import { withDestination } from './open-places.ts';
import type { RunPlan } from './plan.ts';
import { conclude } from './publish.ts';
import { journeysOf } from './reveal-files.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock'>;

/** Files that are removed at the same time. */
const removedAtOnce = 8;

const pathsBelow = async (destination: FileDestination, folder: string, signal: AbortSignal): Promise<Set<string>> => {
  const paths = new Set<string>();
  for await (const { path, isFolder } of destination.list(folder, signal)) if (!isFolder) paths.add(path);
  return paths;
};

/**
 * Takes the files away that are in their places already. Only what has left the staging folder is there and is this run's; a folder of the
 * same name that somebody else has made meanwhile stays as it is.
 */
const takeAway = async (
  destination: FileDestination,
  run: RunTask,
  parts: readonly MovedPart[],
  lease: Lease,
): Promise<void> => {
  const { folder } = run.plan as RunPlan;
  const at = staging(folder, run.id);
  // What is moved aside nobody moves to its place any more, however late.
  for (const [from, to] of [
    [at.parts, at.givenUpParts],
    [at.readies, at.givenUpReadies],
  ] as const) {
    lease.require();
    await destination.moveFolder(from, to, lease.signal);
  }
  const staged = await pathsBelow(destination, at.folder, lease.signal);
  const isStaged = (path: string) => staged.has(path) || staged.has(at.givenUp(path));
  for (const [entity, journeys] of journeysOf(run, parts)) {
    const moved = journeys.filter((journey) => !isStaged(journey.staged) && !isStaged(journey.ready));
    await inParallel(moved, removedAtOnce, (journey) => {
      lease.require();
      return destination.removeFile(journey.final, lease.signal);
    });
    const place = entityFolder(folder, entity, run.folderTime ?? '');
    if (moved.length === 0 || (await pathsBelow(destination, place, lease.signal)).size > 0) continue;
    lease.require();
    await destination.removeFolder(place, lease.signal);
  }
};

/**
 * Gives a run up that could not be published: a withdrawal takes the place of its manifest, so that nobody publishes it any more, and its
 * files go. When somebody was first and it is published, it stays so, and this tells as what.
 */
export const giveUpRun = (
  house: Needs,
  run: RunTask,
  parts: readonly MovedPart[],
  lease: Lease,
): Promise<Published | undefined> =>
  withDestination(house, run, { phase: 'publishing', orRemoved: true }, async (destination) => {
    // Nothing was kept to be published, so nobody has begun to; and rows that were sent cannot be taken back.
    if (destination.takes === 'rows' || run.fixed === null) return undefined;
    const decided = await settle(destination, run, toWithdrawal(run, run.plan as RunPlan), lease);
    if (decided.state === 'successful') return conclude(destination, run, decided, lease);
    await takeAway(destination, run, parts, lease);
    return undefined;
  });
