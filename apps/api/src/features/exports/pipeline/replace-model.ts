import { setTimeout as wait } from 'node:timers/promises';
import { type FileDestination, StoreError } from '@junction/connectors/runtime';
import type { Lease, RunTask } from '../../runs/index.ts';
import { modelPath, staging } from './layout.ts';
import { type RunManifest, toFile } from './manifest.ts';
import { longestModel, readModel, toModel } from './model-json.ts';
import type { RunPlan } from './plan.ts';

/** The run is published whatever becomes of its model, so nobody waits long for it. */
const attempts = 4;
const pauseMs = 500;

/** Whether the model that is there names files of a later run of the same export; ids of runs sort by age. */
const isLater = (bytes: Uint8Array | undefined, run: RunTask): boolean => {
  const found = bytes === undefined ? undefined : readModel(bytes);
  return found !== undefined && found.exportId === run.subjectId && found.runId > run.id;
};

/** Has model.json name the files of this run. Leaves that of a later run, which somebody else has published meanwhile. */
const replace = async (
  destination: FileDestination,
  run: RunTask,
  manifest: RunManifest,
  lease: Lease,
): Promise<void> => {
  const plan = run.plan as RunPlan;
  const [staged, path] = [staging(plan.folder, run.id).model, modelPath(plan.folder)];
  lease.require();
  await destination.put(staged, toFile(toModel(plan, manifest, destination.locationOf)), lease.signal);
  // Read after staging: whoever stood still before does not get here any more once a later run has cleaned up behind this one.
  if (isLater(await destination.read(path, longestModel, lease.signal), run)) return;
  lease.require();
  await destination.moveFile(staged, path, { replaces: true }, lease.signal);
};

/**
 * Replaces the export's model.json by one of this run. The run is successful already, so a destination that will not have it is only worth a
 * warning: the model then names the files of the run before, all of which are there, until the next run replaces it.
 */
export const replaceModel = async (
  destination: FileDestination,
  run: RunTask,
  manifest: RunManifest,
  lease: Lease,
): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await replace(destination, run, manifest, lease);
    } catch (error) {
      lease.signal.throwIfAborted();
      if (!(error instanceof StoreError)) throw error;
      if (error.isTransient && attempt < attempts) {
        await wait(pauseMs * 2 ** (attempt - 1), undefined, { signal: lease.signal });
        continue;
      }
      return lease.warn({
        code: 'modelNotReplaced',
        message: `model.json still names the files of an earlier run. ${error.message}`,
        remedy: error.remedy ?? 'The next run replaces it. Until then the manifest of this run names its files.',
        isTransient: error.isTransient,
        phase: 'publishing',
      });
    }
  }
};
