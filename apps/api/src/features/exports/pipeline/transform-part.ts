import type { Engine, OutputFormat, Selection, SourceFile, Transformed } from '@junction/engine';
import type { House } from '../../../house.ts';
import type { Room } from '../../../platform/spool.ts';
import type { PlannedFile } from '../../lake/index.ts';
import { asStepError, type Doing, fetchFiles, neededFor, withSource } from '../../lake/index.ts';
import type { Counted, Lease, PartTask, RunTask } from '../../runs/index.ts';
import type { PlannedEntity, RunPlan } from './plan.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'spool' | 'engine'>;

/** What the engine is to read of an entity. */
export const selectionOf = ({ columns, choice, filter }: PlannedEntity): Selection => ({ columns, choice, filter });

type Reading = Doing & { signal: AbortSignal; onBytes: (bytes: number) => void };

/** Has the engine read the files of a part, which are on this machine for so long, and sees to it that they are still what they were. */
const readPart = async <T>(
  house: Needs,
  run: RunTask,
  part: PartTask,
  room: Room,
  { phase, onBytes }: Reading,
  read: (engine: Engine, files: SourceFile[], selection: Selection) => Promise<T>,
): Promise<T> => {
  const entity = (run.plan as RunPlan).entities[part.entity] as PlannedEntity;
  const which = { environmentId: run.environmentId, connectionId: entity.sourceId };
  return withSource(house, which, { phase, entity: entity.name }, async (source) => {
    const fetched = await fetchFiles(source, part.files as PlannedFile[], room, onBytes);
    const engine = await house.engine.open();
    const result = await read(engine, fetched.files, selectionOf(entity)).catch(async (error: unknown) => {
      // What was written anew meanwhile may be anything to the engine.
      if (!room.signal.aborted) await fetched.verify();
      throw error;
    });
    await fetched.verify();
    await fetched.remove();
    return result;
  });
};

/** Gives a part a room on this machine. Whatever fails in it comes out as the step's failure. */
const inRoom = async <T>(
  { spool }: Needs,
  part: PartTask,
  { signal, phase }: Reading,
  work: (room: Room) => Promise<T>,
): Promise<T> => {
  try {
    return await spool.use(neededFor(part.files as PlannedFile[]), signal, work);
  } catch (error) {
    signal.throwIfAborted();
    throw asStepError(error, { phase, entity: part.entityName });
  }
};

/** Counts the rows of a part that would be written. */
export const countPart = (house: Needs, run: RunTask, part: PartTask, lease: Lease): Promise<Counted> => {
  const onBytes = (bytesRead: number) => lease.progress({ bytesRead, bytesWritten: 0 });
  const reading: Reading = { phase: 'counting', signal: lease.signal, onBytes };
  const { malformedRows: malformed } = run.plan as RunPlan;
  return inRoom(house, part, reading, (room) =>
    readPart(house, run, part, room, reading, (engine, files, selection) =>
      engine.count({ files, selection, malformed }, room.signal),
    ),
  );
};

/** What came of a part, and where it is on this machine. */
export type TransformedPart = Transformed & { path: string; rejectedPath: string };

type Transforming = { format: OutputFormat; onBytes: (bytes: number) => void };

/** Makes of a part what is to be written, and does something with it while it is on this machine. */
export const transformPart = <T>(
  house: Needs,
  run: RunTask,
  part: PartTask,
  lease: Lease,
  { format, onBytes }: Transforming,
  work: (transformed: TransformedPart, signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const reading: Reading = { phase: 'moving', signal: lease.signal, onBytes };
  const { malformedRows } = run.plan as RunPlan;
  return inRoom(house, part, reading, async (room) => {
    const [path, rejectedPath] = [room.pathOf('rows'), room.pathOf('rejected')];
    const malformed = malformedRows.policy === 'fail' ? malformedRows : { ...malformedRows, path: rejectedPath };
    const output = { format, path };
    const transformed = await readPart(house, run, part, room, reading, (engine, files, selection) =>
      engine.transform({ files, selection, output, malformed }, room.signal),
    );
    return work({ ...transformed, path, rejectedPath }, room.signal);
  });
};
