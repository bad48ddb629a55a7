import type { FileDestination, RowDestination } from '@junction/connectors/runtime';
import type { House } from '../../../house.ts';
import { junctionVersion } from '../../../platform/junction-version.ts';
import { type Doing, permanent } from '../../lake/index.ts';
import type { Lease, MovedPart, Published, RunTask, Written } from '../../runs/index.ts';
import { findManifest, settle } from './commit.ts';
import { manifestPath, modelPath } from './layout.ts';
import { type RunManifest, toManifest, type Withdrawal } from './manifest.ts';
import { withDestination } from './open-places.ts';
import type { Fixed, RunPlan, StagedPart } from './plan.ts';
import { replaceModel } from './replace-model.ts';
import { revealFiles } from './reveal-files.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'engine'>;

const doing: Doing = { phase: 'publishing' };

/** Rows are set aside up to the limit of the export in the run as a whole, of which each part saw only its own. */
const requireFewRejected = ({ malformedRows }: RunPlan, parts: readonly MovedPart[]): void => {
  const rejected = parts.reduce((sum, part) => sum + part.rowsRejected, 0);
  if (malformedRows.policy === 'fail' || rejected <= malformedRows.limit) return;
  throw permanent(
    {
      code: 'tooManyRejected',
      message: `${rejected.toLocaleString('en')} rows could not be read as their columns say; the export sets at most ${malformedRows.limit.toLocaleString('en')} aside.`,
      remedy: 'Have the writer of the source correct them, or set a higher limit in the export.',
    },
    doing,
  );
};

/** What all who publish the run write the same of: kept before anything can be seen. */
const fix = async ({ engine, clock }: Needs, lease: Lease): Promise<Fixed> => {
  const fixed: Fixed = {
    finishedAt: clock.now().toISOString(),
    engine: { name: 'duckdb', version: (await engine.open()).version },
    junction: junctionVersion,
  };
  return (await lease.fix(fixed)) as Fixed;
};

/** Where people find what a run wrote. */
export const writtenOf = ({ folder }: RunPlan, runId: string, destination: FileDestination): Written => ({
  location: destination.locationOf(folder),
  path: folder,
  manifest: manifestPath(folder, runId),
  model: modelPath(folder),
});

/** What remains to be done once a run is decided on. */
export const conclude = async (
  destination: FileDestination,
  run: RunTask,
  decided: RunManifest | Withdrawal,
  lease: Lease,
): Promise<Published | undefined> => {
  if (decided.state === 'withdrawn') return undefined;
  await replaceModel(destination, run, decided, lease);
  return { written: writtenOf(run.plan as RunPlan, run.id, destination) };
};

const withdrawn = () =>
  permanent({ code: 'withdrawn', message: 'The run was given up before.', remedy: 'Run the export again.' }, doing);

const publishFiles = async (
  house: Needs,
  destination: FileDestination,
  run: RunTask,
  parts: readonly MovedPart[],
  lease: Lease,
): Promise<Published> => {
  const plan = run.plan as RunPlan;
  const publish = async (): Promise<RunManifest | Withdrawal> => {
    const fixed = await fix(house, lease);
    await revealFiles(destination, run, parts, lease);
    return settle(destination, run, toManifest(run, plan, run.folderTime ?? '', parts, fixed), lease);
  };
  const decided = (await findManifest(destination, run, plan.folder, lease.signal)) ?? (await publish());
  const published = await conclude(destination, run, decided, lease);
  if (published === undefined) throw withdrawn();
  return published;
};

/** Tells whoever took the rows that these were all. */
const closeRows = async (
  house: Needs,
  destination: RowDestination,
  run: RunTask,
  parts: readonly MovedPart[],
  lease: Lease,
): Promise<Published> => {
  const { export: of, entities } = run.plan as RunPlan;
  const { finishedAt } = await fix(house, lease);
  lease.require();
  await destination.finish(
    {
      key: run.id,
      run: run.id,
      export: of.name,
      startedAt: run.startedAt.toISOString(),
      finishedAt,
      entities: entities.map(({ name }, index) => {
        const own = parts.filter(({ entity }) => entity === index);
        return {
          name,
          rows: own.reduce((sum, part) => sum + part.rowsWritten, 0),
          batches: own.reduce((sum, part) => sum + (part.result as StagedPart).batches, 0),
        };
      }),
    },
    lease.signal,
  );
  return { written: null };
};

/**
 * Makes a run visible. Files go to their places first, where only who lists folders sees them; the run is published in one step, when its
 * manifest gets its name; then model.json follows. Everybody who takes this step, and however often, comes to the same.
 */
export const publishRun = async (
  house: Needs,
  run: RunTask,
  parts: readonly MovedPart[],
  lease: Lease,
): Promise<Published> => {
  requireFewRejected(run.plan as RunPlan, parts);
  return withDestination(house, run, { ...doing, orRemoved: true }, (destination) =>
    destination.takes === 'files'
      ? publishFiles(house, destination, run, parts, lease)
      : closeRows(house, destination, run, parts, lease),
  );
};
