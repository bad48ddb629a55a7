import type { Destination } from '@junction/connectors/runtime';
import type { House } from '../../../house.ts';
import type { PlannedFile } from '../../lake/index.ts';
import {
  type Doing,
  type EntityNow,
  inParallel,
  permanent,
  plannedFile,
  readForRun,
  transient,
} from '../../lake/index.ts';
import type { Lease, NewPart, Prepared, RunTask } from '../../runs/index.ts';
import type { StoredChoice } from '../rules.ts';
import { entityFolders } from './entity-folders.ts';
import { groupFiles } from './group-files.ts';
import { entityFolder, exportFolder, timeFolder } from './layout.ts';
import { withDestination } from './open-places.ts';
import type { PlannedEntity, RunPlan } from './plan.ts';
import { requireFits } from './require-fits.ts';
import { type Definition, findDefinition, findTakenTimes } from './run-store.ts';
import { sourceRemoved } from './source-removed.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'log' | 'checkLimits'>;

const doing: Doing = { phase: 'preparing' };

/** Folders that are looked for at the same time. */
const askedAtOnce = 8;

/** More runs of one export in one minute than anybody has. */
const mostOfOneMinute = 100;

const exportRemoved = {
  code: 'exportRemoved',
  message: 'The export was removed.',
  remedy: 'Set it up again.',
};

const connectionChanged = {
  code: 'connectionChanged',
  message: 'The export was connected elsewhere, or detached, after the run was asked for.',
  remedy: 'Run the export again.',
};

/** The definition, as it is now: whoever asked for the run has seen this one or an older one. */
const requireDefinition = async ({ db }: Needs, run: RunTask): Promise<Definition> => {
  const definition = await findDefinition(db, run);
  if (definition === undefined) throw permanent(exportRemoved, doing);
  if (definition.connectionId !== run.connectionId) throw permanent(connectionChanged, doing);
  return definition;
};

type Chosen = { choice: StoredChoice; now: EntityNow; files: PlannedFile[] };

/** What is chosen, as the sources have it after the run was asked for. Throws for whatever cannot be read. */
const readChosen = async (
  house: Needs,
  run: RunTask,
  choices: readonly StoredChoice[],
  signal: AbortSignal,
): Promise<Chosen[]> => {
  const { entities, failed } = await readForRun(
    house,
    {
      environmentId: run.environmentId,
      connectionIds: choices.map(({ connectionId }) => connectionId),
      entityIds: choices.map(({ entityId }) => entityId),
      // Who tries again reads again: a reading that failed is kept as well.
      since: run.attempt === 1 ? run.queuedAt : house.clock.now(),
    },
    signal,
  );
  return choices.map((choice) => {
    const at = { ...doing, entity: choice.name };
    const failure = failed.get(choice.connectionId);
    if (failure) throw (failure.isTransient ? transient : permanent)(failure, at);
    const now = entities.get(choice.entityId);
    if (now === undefined) throw sourceRemoved(choice);
    if (now.problem) throw permanent(now.problem, at);
    requireFits(choice, now);
    return { choice, now, files: now.partitions.map((partition) => plannedFile(choice.name, partition)) };
  });
};

/** Entities with their parts, which are numbered through. */
const planParts = (chosen: readonly Chosen[]): { entities: PlannedEntity[]; parts: NewPart[] } => {
  const folders = entityFolders(chosen.map(({ now: { id, name } }) => ({ id, name })));
  const entities: PlannedEntity[] = [];
  const parts: NewPart[] = [];
  for (const [index, { choice, now, files }] of chosen.entries()) {
    entities.push({
      name: now.name,
      sourceId: now.connectionId,
      folder: folders[index] ?? '',
      columns: now.columns.map(({ name, type, dataType }) => ({ name, type, dataType })),
      choice: choice.columns,
      filter: choice.filter,
      firstPart: parts.length + 1,
    });
    for (const group of groupFiles(files)) {
      const bytes = group.reduce((sum, file) => sum + file.bytes, 0);
      parts.push({ entity: index, entityName: now.name, files: group, bytes });
    }
  }
  return { entities, parts };
};

/** A folder of the time for each entity that nothing is in: not of an earlier run, nor of another export that had this name. */
const freeTime = async (
  { db }: Needs,
  run: RunTask,
  { folder, entities }: RunPlan,
  destination: Extract<Destination, { takes: 'files' }>,
  signal: AbortSignal,
): Promise<string> => {
  const times = Array.from({ length: mostOfOneMinute }, (_, index) => timeFolder(run.startedAt, index + 1));
  const taken = await findTakenTimes(db, run.subjectId, times);
  for (const time of times.filter((one) => !taken.has(one))) {
    const found = await inParallel(entities, askedAtOnce, (entity) =>
      destination.exists(entityFolder(folder, entity, time), signal),
    );
    if (!found.includes(true)) return time;
  }
  const message = 'All folders of this minute are taken.';
  throw transient({ code: 'timesTaken', message, remedy: 'Run the export again a minute later.' }, doing);
};

/** Decides what a run moves from where to where; nothing is written. */
export const prepareRun = async (house: Needs, run: RunTask, { signal }: Lease): Promise<Prepared> => {
  const definition = await requireDefinition(house, run);
  const { name, format, malformedRows, rowLimits, retention, choices } = definition;
  return withDestination(house, run, doing, async (destination) => {
    const { entities, parts } = planParts(await readChosen(house, run, choices, signal));
    const plan: RunPlan = {
      export: { id: definition.id, name, version: definition.version },
      folder: exportFolder({ ...definition, environmentId: run.environmentId }),
      format,
      malformedRows,
      rowLimits,
      retention,
      entities,
      batch: destination.takes === 'rows' ? destination.batch : null,
    };
    return {
      plan,
      parts,
      folderTimes: destination.takes === 'rows' ? [] : [await freeTime(house, run, plan, destination, signal)],
      bytesTotal: parts.reduce((sum, part) => sum + part.bytes, 0),
      counts: rowLimits.minimum !== null || rowLimits.maximum !== null,
    };
  });
};
