import type { SourceFiles } from '@junction/connectors/runtime';
import type { OpenTally, Tallied } from '@junction/engine';
import { countryWords, genderWords, incomeEdges, makeReport } from '@junction/profiles';
import type { House } from '../../../house.ts';
import type { Room } from '../../../platform/spool.ts';
import {
  asStepError,
  type Doing,
  fetchFiles,
  inParallel,
  neededFor,
  type PlannedFile,
  permanent,
  withSource,
} from '../../lake/index.ts';
import { type Lease, type PartResult, type PartTask, type RunTask, StepError } from '../../runs/index.ts';
import { toKept } from './kept-report.ts';
import { type ImportPlan, idColumn } from './plan.ts';

type Needs = Pick<House, 'db' | 'connectors' | 'vault' | 'outbound' | 'clock' | 'spool' | 'engine'>;

/** Rows that are left out before an import fails: so many that a few careless writers do no harm, too few to make a report wrong. */
const malformedAtMost = 1_000;

/** What to do about malformed rows: an import sets none aside that somebody could look at. */
const correctRows = 'Have their writer make the rows and the metadata agree about columns, delimiter and encoding.';

/** How many rows cannot be read is as secret as any number of people, and where most cannot, none can be believed. */
const requireMostRows = ({ rows, malformed }: Tallied, doing: Doing): void => {
  if (malformed <= rows) return;
  const message = 'Most rows of the customers are malformed.';
  throw permanent({ code: 'tooManyMalformedRows', message, remedy: correctRows }, doing);
};

const asImportError = (error: unknown, doing: Doing): unknown => {
  const told = asStepError(error, doing);
  if (!(told instanceof StepError) || told.problem.code !== 'tooManyMalformedRows') return told;
  return new StepError({ ...told.problem, remedy: correctRows });
};

/** One file is fetched while another one is tallied: more would only fill the disk. */
const filesAtOnce = 2;

const tallyOf = async ({ engine }: Needs, plan: ImportPlan, run: RunTask, signal: AbortSignal): Promise<OpenTally> => {
  const id = idColumn(plan.columns);
  return (await engine.open()).openTally(
    {
      columns: plan.columns,
      mapping: { ...plan.mapping, ...(id === undefined ? {} : { id }) },
      words: { gender: genderWords, country: countryWords },
      incomeEdges,
      today: run.startedAt.toISOString().slice(0, 10),
      malformed: { policy: 'setAside', limit: malformedAtMost },
    },
    signal,
  );
};

/** Lets one thing be done after the other, in the order in which it was asked for. */
const createTurns = () => {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
};

/** Reads all files into the tally. A file is on this machine only until it was read, and must still be what it was when it has been. */
const readFiles = async (
  { spool }: Needs,
  source: SourceFiles,
  files: readonly PlannedFile[],
  tally: OpenTally,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> => {
  const inTurn = createTurns();
  let read = 0;
  const readOne = async (file: PlannedFile, room: Room) => {
    let received = 0;
    const fetched = await fetchFiles(source, [file], room, (bytes) => {
      read += bytes - received;
      received = bytes;
      onBytes(read);
    });
    await inTurn(() => tally.add(fetched.files, room.signal)).catch(async (error: unknown) => {
      // What was written anew meanwhile may be anything to the engine.
      if (!room.signal.aborted) await fetched.verify();
      throw error;
    });
    await fetched.verify();
    await fetched.remove();
  };
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  await inParallel(files, filesAtOnce, (file) =>
    spool
      .use(neededFor([file]), stop, (room) => readOne(file, room))
      .catch((error: unknown) => {
        failed.abort(error);
        throw error;
      }),
  );
};

const tallyFiles = (
  house: Needs,
  run: RunTask,
  files: readonly PlannedFile[],
  doing: Doing,
  lease: Lease,
): Promise<Tallied> =>
  withSource(house, run, doing, async (source) => {
    const tally = await tallyOf(house, run.plan as ImportPlan, run, lease.signal);
    try {
      const onBytes = (bytesRead: number) => lease.progress({ bytesRead, bytesWritten: 0 });
      await readFiles(house, source, files, tally, lease.signal, onBytes);
      return await tally.finish(lease.signal);
    } finally {
      tally.close();
    }
  });

/** Reads the customers and makes the report. What comes of it are counts; no customer's value leaves the engine. */
export const readProfiles = async (house: Needs, run: RunTask, part: PartTask, lease: Lease): Promise<PartResult> => {
  const doing: Doing = { phase: 'moving', entity: part.entityName };
  const { threshold, mapping } = run.plan as ImportPlan;
  try {
    const tally = await tallyFiles(house, run, part.files as PlannedFile[], doing, lease);
    requireMostRows(tally, doing);
    const report = await makeReport(tally, { threshold, columns: mapping }, lease.signal);
    return {
      rowsWritten: tally.rows,
      rowsRejected: tally.malformed,
      bytesWritten: report.cells.length,
      written: [],
      result: toKept({ ...report, profiles: tally.rows }),
    };
  } catch (error) {
    lease.signal.throwIfAborted();
    throw asImportError(error, doing);
  }
};
