import type { Run } from '@junction/contracts';
import {
  cancelRuns,
  claimClean,
  claimStep,
  findRuns,
  type RunSteps,
  requestRuns,
  StepError,
  takeStep,
} from '../features/runs/index.ts';
import type { House } from '../house.ts';
import { newId } from '../platform/ids.ts';

/** Rows and bytes of each part of fake runs. */
export const fakePart = { rows: 10, bytes: 1_000 };

type Options = { parts?: number; counts?: boolean };

/** Steps that move nothing: so many parts, each done at once. Tests replace the steps that they are about. */
export const fakeRunSteps = ({ parts = 2, counts = false, ...over }: Options & Partial<RunSteps> = {}): RunSteps => ({
  prepare: async () => ({
    plan: { folder: 'Fake' },
    parts: Array.from({ length: parts }, (_, index) => ({
      entity: 0,
      entityName: 'Customer',
      files: [{ name: `customer-${index + 1}.csv` }],
      bytes: fakePart.bytes,
    })),
    folderTimes: ['2026/11/22/1405', '2026/11/22/1405_2', '2026/11/22/1405_3'],
    bytesTotal: parts * fakePart.bytes,
    counts,
  }),
  count: async () => ({ rows: fakePart.rows, rejected: 0 }),
  judge: () => undefined,
  move: async (_run, part) => ({
    rowsWritten: fakePart.rows,
    rowsRejected: 1,
    bytesWritten: 500,
    written: [`Customer_${part.number}.csv`],
    result: { staged: `${part.number}-${part.fence}` },
  }),
  publish: async (run) => ({
    written: {
      location: `https://lake.example/${run.folderTime}`,
      path: `Fake/${run.folderTime}`,
      manifest: null,
      model: null,
    },
  }),
  giveUp: async () => undefined,
  clean: async () => ({ removedRunIds: [] }),
  foldersOf: ({ folderTime }) => [{ entity: 'Customer', folder: `Fake/${folderTime}` }],
  ...over,
});

/** A failure that may pass, or one that does not. */
export const transient = (retryAfterMs?: number) =>
  new StepError({ code: 'throttled', message: 'Slow down.', remedy: 'Wait.', isTransient: true }, retryAfterMs);
export const permanent = () =>
  new StepError({
    code: 'keyRejected',
    message: 'The key was rejected.',
    remedy: 'Give another one.',
    isTransient: false,
  });

type Needs = Pick<House, 'db' | 'clock' | 'runFollower'>;

/** Asks for runs of so many new exports. */
export const askForRuns = async (
  house: Needs,
  environmentId: string,
  { count = 1, trigger = 'manual' }: { count?: number; trigger?: 'manual' | 'schedule' } = {},
): Promise<{ subjectId: string; runId: string }[]> => {
  const by = { createdById: newId(), createdByName: 'Somebody' };
  const exports = Array.from({ length: count }, newId).map((id) => ({ id, name: `Export ${id}` }));
  await house.db.export.createMany({
    data: exports.map((made) => ({
      ...made,
      ...by,
      environmentId,
      format: { type: 'csv' },
      folder: '',
      scheduleOn: false,
    })),
  });
  const connection = { id: newId(), name: 'Contoso lake', type: 'fake' };
  return house.db.$transaction((tx) =>
    requestRuns(
      house,
      tx,
      exports.map(({ id: subjectId, name: subjectName }) => {
        const subject = { kind: 'export' as const, environmentId, subjectId, subjectName };
        return { ...subject, connection, trigger, by: null };
      }),
    ),
  );
};

/** Asks for a run of one new export. */
export const askForRun = async (
  ...asked: Parameters<typeof askForRuns>
): Promise<{ subjectId: string; runId: string }> => {
  const [run] = await askForRuns(...asked);
  if (run === undefined) throw new Error('The run was not queued.');
  return run;
};

/** Cancels a run as somebody would. */
export const cancel = (house: Needs, runId: string) =>
  house.db.$transaction((tx) =>
    cancelRuns(house, tx, { runId }, { because: 'person', by: null, at: house.clock.now() }),
  );

type Works = Pick<House, 'db' | 'log' | 'runSteps' | 'runFollower'>;

/** Takes steps, one after the other, until nothing is due. Returns how many there were. */
export const workOff = async (house: Works, worker = 'worker-1'): Promise<number> => {
  const stopping = new AbortController();
  for (let taken = 0; ; taken += 1) {
    const claim = (await claimStep(house, worker, 'all')) ?? (await claimClean(house, worker));
    if (claim === undefined) return taken;
    await takeStep(house, claim, stopping.signal);
  }
};

/** Lets whatever waits for its next attempt be due now. */
export const endWaits = async ({ db }: Pick<House, 'db'>): Promise<void> => {
  await db.$executeRaw`UPDATE "Run" SET "dueAt" = now() WHERE "dueAt" > now()`;
  await db.$executeRaw`UPDATE "RunPart" SET "dueAt" = now() WHERE "dueAt" > now()`;
  await db.$executeRaw`UPDATE "Run" SET "cleanAt" = now() WHERE "cleanAt" > now()`;
};

/** Lets every lease run out, as if whoever holds one had stood still for that long. */
export const endLeases = async ({ db }: Pick<House, 'db'>): Promise<void> => {
  await db.$executeRaw`UPDATE "Run" SET "leaseUntil" = now() - interval '1 second' WHERE "leaseUntil" IS NOT NULL`;
  await db.$executeRaw`UPDATE "RunPart" SET "leaseUntil" = now() - interval '1 second' WHERE "leaseUntil" IS NOT NULL`;
};

/** What happened in a run, in the order it happened. */
export const historyOf = async ({ db }: Pick<House, 'db'>, runId: string): Promise<string[]> => {
  const events = await db.runEvent.findMany({ where: { runId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  return events.map(({ kind }) => kind);
};

/** A run as admins see it. */
export const readRun = async ({ db }: Pick<House, 'db'>, runId: string): Promise<Run> => {
  const run = (await findRuns(db, [runId], { seesPlaces: true })).get(runId);
  if (run === undefined) throw new Error('There is no such run.');
  return run;
};
