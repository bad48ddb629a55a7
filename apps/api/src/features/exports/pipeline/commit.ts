import type { FileDestination } from '@junction/connectors/runtime';
import { type Doing, permanent } from '../../lake/index.ts';
import type { Lease, RunTask } from '../../runs/index.ts';
import { manifestPath, staging } from './layout.ts';
import { longestManifest, type RunManifest, readManifest, toFile, type Withdrawal } from './manifest.ts';
import type { RunPlan } from './plan.ts';

const doing: Doing = { phase: 'publishing' };

const foreignManifest = (path: string) =>
  permanent(
    {
      code: 'manifestForeign',
      message: `There is a file "${path}" that Junction has not written, where the manifest of the run belongs.`,
      remedy: 'Remove it, keep others from writing there, then run the export again.',
    },
    doing,
  );

/** What lies in the place of a run's manifest; undefined while nothing does. Throws for what is none of ours. */
export const findManifest = async (
  destination: FileDestination,
  run: Pick<RunTask, 'id' | 'environmentId' | 'subjectId'>,
  folder: string,
  signal: AbortSignal,
): Promise<RunManifest | Withdrawal | undefined> => {
  const path = manifestPath(folder, run.id);
  const bytes = await destination.read(path, longestManifest, signal);
  if (bytes === undefined) return undefined;
  const found = readManifest(bytes, run);
  if (found === undefined) throw foreignManifest(path);
  return found;
};

/**
 * Decides what becomes of a run, once and for all: of all who put a manifest or a withdrawal into its place the first one wins, as a file
 * is moved to a name that is free and in one step. Returns what is there then, whoever put it there.
 */
export const settle = async (
  destination: FileDestination,
  run: RunTask,
  document: RunManifest | Withdrawal,
  lease: Lease,
): Promise<RunManifest | Withdrawal> => {
  const { folder } = run.plan as RunPlan;
  const at = staging(folder, run.id);
  const staged = document.state === 'successful' ? at.manifest : at.withdrawal;
  for (;;) {
    lease.require();
    await destination.put(staged, toFile(document), lease.signal);
    lease.require();
    const moved = await destination.moveFile(staged, manifestPath(folder, run.id), { replaces: false }, lease.signal);
    if (moved === 'moved') return document;
    const found = await findManifest(destination, run, folder, lease.signal);
    // Somebody took the staged file away and has not put it anywhere: it is staged again.
    if (found !== undefined) return found;
  }
};
