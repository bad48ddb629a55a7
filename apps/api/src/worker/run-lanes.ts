import { type Claim, claimClean, claimStep, mayHaveEnds, mayHaveSteps, takeStep } from '../features/runs/index.ts';
import type { House } from '../house.ts';
import { wait } from '../platform/wait.ts';

/** What another machine asked for is found within a second; what was asked for in this process at once. */
const lookEveryMs = 1_000;
/** Only one of several idle lanes looks; the others wait for it to find something, and look themselves after this long in any case. */
const restMs = 60_000;
/** A database that is away is asked again after a second, then less and less often. */
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

type Needs = Pick<House, 'db' | 'env' | 'log' | 'runSteps' | 'runFollower' | 'runBell'>;
type Look = () => Promise<Claim | undefined>;

/** What idle lanes of one kind do until there may be something for them. */
const createRest = (
  { db, runBell }: Needs,
  mayHaveWork: (db: House['db']) => Promise<boolean>,
  stopping: AbortSignal,
) => {
  let isWatched = false;
  return async (): Promise<void> => {
    if (isWatched) {
      await runBell.wait(restMs, stopping);
      return;
    }
    isWatched = true;
    try {
      while (!(await runBell.wait(lookEveryMs, stopping)) && !(await mayHaveWork(db)));
    } finally {
      isWatched = false;
    }
  };
};

/** Takes one step after the other until the signal fires. */
const runLane = async (house: Needs, look: Look, rest: () => Promise<void>, stopping: AbortSignal): Promise<void> => {
  let failures = 0;
  while (!stopping.aborted) {
    try {
      const claim = await look();
      failures = 0;
      if (claim === undefined) {
        await rest();
        continue;
      }
      // Where there is one there may be more, and when it is done, what comes after it.
      house.runBell.ring();
      await takeStep(house, claim, stopping);
      house.runBell.ring();
    } catch (error) {
      failures += 1;
      if (failures === 1) house.log.error({ err: error }, 'looking for runs failed; it is tried again and again');
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
      await wait(pauseMs * (0.5 + Math.random() / 2), stopping);
    }
  }
};

/**
 * Takes steps of runs until the signal fires, then gives back what is under way. JUNCTION_WORKER_PARTS lanes take whatever is next. One
 * more takes only what must not wait behind long parts: publishing runs, and removing what canceled and failed ones have staged.
 */
export const takeRuns = async (house: Needs, worker: string, stopping: AbortSignal): Promise<void> => {
  const next: Look = () => claimStep(house, worker, 'all');
  const nextToEnd: Look = async () =>
    (await claimStep(house, worker, 'publishing')) ?? (await claimClean(house, worker));
  const rest = createRest(house, mayHaveSteps, stopping);
  const lanes = Array.from({ length: house.env.JUNCTION_WORKER_PARTS }, () => runLane(house, next, rest, stopping));
  await Promise.all([...lanes, runLane(house, nextToEnd, createRest(house, mayHaveEnds, stopping), stopping)]);
};
