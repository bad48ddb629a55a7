import type { FileDestination } from '@junction/connectors/runtime';
import { type Doing, inParallel, permanent } from '../../lake/index.ts';
import type { Lease, MovedPart, RunTask } from '../../runs/index.ts';
import { entityFolder, staging } from './layout.ts';
import type { PlannedEntity, RunPlan, StagedFile, StagedPart } from './plan.ts';

const doing: Doing = { phase: 'publishing' };

/** Files and folders that are moved at the same time. */
const movedAtOnce = 8;

const stagedGone = (file: string) =>
  permanent(
    {
      code: 'stagedFileGone',
      message: 'A file that waited to be published is not in the staging folder any more.',
      remedy: 'Keep others from writing to folders that begin with an underscore, then run the export again.',
    },
    { ...doing, file },
  );

const folderTaken = (folder: string, entity: string) =>
  permanent(
    {
      code: 'folderTaken',
      message: `Somebody else has made the folder "${folder}" meanwhile.`,
      remedy: 'Run the export again: it takes another folder.',
    },
    { ...doing, entity },
  );

/** A file of a run with the places that it goes through: as it was moved, in the folder that waits, where it is seen. */
export type Journey = { staged: string; ready: string; final: string };

/** The way of every file of a run. */
export const journeysOf = (run: RunTask, parts: readonly MovedPart[]): Map<PlannedEntity, Journey[]> => {
  const plan = run.plan as RunPlan;
  const at = staging(plan.folder, run.id);
  const journeys = new Map(plan.entities.map((entity): [PlannedEntity, Journey[]] => [entity, []]));
  for (const part of parts) {
    const entity = plan.entities[part.entity] as PlannedEntity;
    const { file, rejected } = part.result as StagedPart;
    const folder = entityFolder(plan.folder, entity, run.folderTime ?? '');
    for (const { staged, name } of [file, rejected].filter((one): one is StagedFile => one !== null))
      journeys.get(entity)?.push({ staged, ready: `${at.ready(entity)}/${name}`, final: `${folder}/${name}` });
  }
  return journeys;
};

/** Puts a staged file under its name into the folder that waits; fine when somebody has, or when that folder is in its place already. */
const makeReady = async (
  destination: FileDestination,
  { staged, ready, final }: Journey,
  lease: Lease,
): Promise<void> => {
  lease.require();
  const moved = await destination.moveFile(staged, ready, { replaces: false }, lease.signal);
  if (moved !== 'gone') return;
  for (const path of [ready, final]) if (await destination.exists(path, lease.signal)) return;
  throw stagedGone(staged);
};

/** Gives the folder of an entity its name; fine when somebody has. A folder of that name that is not ours is left alone. */
const reveal = async (
  destination: FileDestination,
  { ready, final, entity }: { ready: string; final: string; entity: string },
  journeys: readonly Journey[],
  lease: Lease,
): Promise<void> => {
  lease.require();
  const moved = await destination.moveFolder(ready, final, lease.signal);
  if (moved === 'moved') return;
  for (const journey of journeys) {
    if (await destination.exists(journey.ready, lease.signal)) throw folderTaken(final, entity);
    if (!(await destination.exists(journey.final, lease.signal))) throw stagedGone(journey.staged);
  }
};

/**
 * Moves the files of a run from its staging folder to where they are to be found. Whoever does it, and however often, it comes to the same:
 * first each file gets its name in a folder that nobody looks at, then each of these folders is moved, in one step where the store can.
 */
export const revealFiles = async (
  destination: FileDestination,
  run: RunTask,
  parts: readonly MovedPart[],
  lease: Lease,
): Promise<void> => {
  const plan = run.plan as RunPlan;
  const at = staging(plan.folder, run.id);
  const journeys = journeysOf(run, parts);
  await inParallel([...journeys.values()].flat(), movedAtOnce, (journey) => makeReady(destination, journey, lease));
  await inParallel([...journeys], movedAtOnce, ([entity, own]) => {
    const final = entityFolder(plan.folder, entity, run.folderTime ?? '');
    return reveal(destination, { ready: at.ready(entity), final, entity: entity.name }, own, lease);
  });
};
