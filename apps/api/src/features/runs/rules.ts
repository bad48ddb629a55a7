import type { RunProblem } from '@junction/contracts';

/** A worker that has not been heard of for this long has lost what it works on: others take it over well within half a minute. */
export const leaseSeconds = 20;
/** A worker itself stops believing in a lease this much earlier, whatever its clock does meanwhile. */
export const leaseMarginSeconds = 2;
/** How often a lease is renewed when there is nothing else to tell: two renewals may fail before it is lost. */
export const renewEveryMs = 5_000;
/** How often progress is told, and a lost lease noticed. */
export const beatEveryMs = 1_000;

/** Attempts of one step, or of one part: with the waits between them a disturbance of some minutes passes. */
export const maximumAttempts = 6;
/** After a run could not be published, as many attempts are made to give it up in good order. */
export const maximumAttemptsToGiveUp = 6;

/** Waits grow fourfold from a second on: five of them reach what the longest may be. */
const firstWaitMs = 1_000;
const waitGrowth = 4;
const longestWaitMs = 5 * 60_000;
/** What another side asks for is honoured up to this long. */
const longestRetryAfterMs = 15 * 60_000;

/** How long to wait after this many attempts have failed: at random up to a limit that grows, so that many do not come back at once. */
export const waitBefore = (failedAttempts: number, retryAfterMs = 0, random = Math.random()): number => {
  const atMost = Math.min(longestWaitMs, firstWaitMs * waitGrowth ** (failedAttempts - 1));
  return Math.max(Math.round(random * atMost), Math.min(retryAfterMs, longestRetryAfterMs));
};

/** Staging that cannot be removed is tried again for three days; then somebody has to look. */
export const cleaningEndsAfterHours = 72;
const longestCleanWaitMs = 3_600_000;

/** How long to wait after cleaning has failed so often. */
export const waitBeforeCleaning = (failedAttempts: number): number =>
  Math.min(longestCleanWaitMs, 5_000 * 2 ** (failedAttempts - 1));

/** Cleaned once more so long after the end, for whoever wrote late. */
export const cleanAgainAfterSeconds = 60;

/** Lines of a run's history: of parts that are tried again and again only the first are kept, and how a run goes on always is. */
export const eventsKept = 1_000;

/** What a run that nobody could work on to the end fails with: it is likely that its data takes workers down. */
export const workersLost: RunProblem = {
  code: 'workersLost',
  message: `The worker stopped ${maximumAttempts} times in the middle of this step.`,
  remedy:
    'Ask the operator of Junction for the log of the workers. If they run out of memory, lower JUNCTION_WORKER_PARTS or JUNCTION_ENGINE_MEMORY_MB.',
  isTransient: false,
};

/** What is told of a fault of Junction's own; the log has the rest. */
export const internalProblem: RunProblem = {
  code: 'internal',
  message: 'Something went wrong in Junction.',
  remedy: 'It is tried again. If it keeps happening, ask the operator of Junction for the log of the workers.',
  isTransient: true,
};

/** What is told when the connection to the database was lost, or not to be had, in the middle of a step. */
export const databaseAway: RunProblem = {
  code: 'databaseAway',
  message: 'The database of Junction did not answer in the middle of this step.',
  remedy:
    'It is tried again. If it keeps happening, ask the operator of Junction whether the database is there and has connections free.',
  isTransient: true,
};

/** What no attempt of the same run heals, but the next run may: it reads another version of the source. */
const overWithTheRun: ReadonlySet<string> = new Set(['sourceChanged']);

/** Whether the next run would fail in the same way, until somebody does something about it. */
export const isForGood = ({ code, isTransient }: Pick<RunProblem, 'code' | 'isTransient'>): boolean =>
  !isTransient && !overWithTheRun.has(code);
