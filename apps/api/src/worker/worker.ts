import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { probeDue, purgeRemoved } from '../features/connections/index.ts';
import { runDueExports } from '../features/exports/index.ts';
import { readDueCatalogs } from '../features/lake/index.ts';
import { deliverNotices, sweepNotices } from '../features/notices/index.ts';
import { runDueImports } from '../features/profiles/index.ts';
import { forgetWorkers, showWorker, signOff, sweepRuns } from '../features/runs/index.ts';
import type { House } from '../house.ts';
import { wait } from '../platform/wait.ts';
import { takeRuns } from './run-lanes.ts';
import { sweep } from './sweep.ts';

/** How often due probes are looked for: they are planned in minutes, so a few seconds late is on time. */
const probeEveryMs = 5_000;
/** A source that was just saved shows its entities after as many seconds at most, and the time that reading takes. */
const readCatalogsEveryMs = 5_000;
/** Schedules are in minutes too. */
const runDueEveryMs = 5_000;
/** Whoever is told of a failure wants to know soon. */
const deliverEveryMs = 5_000;
/** Expired rows harm nobody until they are many. */
const sweepEveryMs = 10 * 60_000;
/** A worker counts as there for a minute after it was heard of. */
const showEveryMs = 15_000;
/** What does not end by itself after being told to stop is left behind after this long. */
const stopWithinMs = 3_000;

/** Work that goes on without anybody asking. */
export type Worker = { stop(): Promise<void> };

type Job = (house: House, signal: AbortSignal) => Promise<void>;

/** Runs a job now and again, never twice at a time; a run that fails is logged and tried again the next time. Resolves when the signal has fired and the last run is over. */
const repeat = async (house: House, name: string, job: Job, everyMs: number, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await job(house, signal).catch((error: unknown) => {
      if (!signal.aborted) house.log.error({ err: error, job: name }, 'background work failed');
    });
    await wait(everyMs, signal);
  }
};

/** Tells workers of one machine, and of one that was started again, apart. */
const newName = () => `${hostname()}-${process.pid}-${randomBytes(2).toString('hex')}`;

/**
 * Starts the background work of one process. `stop` cuts running checks off, gives runs back for others to go on with, and resolves
 * within three seconds.
 */
export const startWorker = (house: House): Worker => {
  const stopping = new AbortController();
  const name = newName();
  const show: Job = async ({ db }) => {
    await showWorker(db, name);
    await forgetWorkers(db);
  };
  const jobs = Promise.all([
    takeRuns(house, name, stopping.signal),
    repeat(house, 'show', show, showEveryMs, stopping.signal),
    repeat(house, 'probe', probeDue, probeEveryMs, stopping.signal),
    repeat(house, 'catalogs', readDueCatalogs, readCatalogsEveryMs, stopping.signal),
    repeat(house, 'schedules', runDueExports, runDueEveryMs, stopping.signal),
    repeat(house, 'imports', runDueImports, runDueEveryMs, stopping.signal),
    repeat(house, 'notices', deliverNotices, deliverEveryMs, stopping.signal),
    repeat(house, 'sweep', sweep, sweepEveryMs, stopping.signal),
    repeat(house, 'sweep runs', sweepRuns, sweepEveryMs, stopping.signal),
    repeat(house, 'sweep notices', sweepNotices, sweepEveryMs, stopping.signal),
    repeat(house, 'purge', purgeRemoved, sweepEveryMs, stopping.signal),
  ]);
  return {
    stop: async () => {
      stopping.abort();
      await Promise.race([jobs, wait(stopWithinMs)]);
      await signOff(house.db, name).catch(() => {});
    },
  };
};
