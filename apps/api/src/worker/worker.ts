import { probeDue, purgeRemoved } from '../features/connections/index.ts';
import { readDueCatalogs } from '../features/lake/index.ts';
import type { House } from '../house.ts';
import { sweep } from './sweep.ts';

/** How often due probes are looked for: they are planned in minutes, so a few seconds late is on time. */
const probeEveryMs = 5_000;
/** A source that was just saved shows its entities after as many seconds at most, and the time that reading takes. */
const readCatalogsEveryMs = 5_000;
/** Expired rows harm nobody until they are many. */
const sweepEveryMs = 10 * 60_000;
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

/** Waits, but not beyond the signal. */
const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });

/** Starts the background work of one process. `stop` cuts running checks off and resolves within three seconds. */
export const startWorker = (house: House): Worker => {
  const stopping = new AbortController();
  const jobs = Promise.all([
    repeat(house, 'probe', probeDue, probeEveryMs, stopping.signal),
    repeat(house, 'catalogs', readDueCatalogs, readCatalogsEveryMs, stopping.signal),
    repeat(house, 'sweep', sweep, sweepEveryMs, stopping.signal),
    repeat(house, 'purge', purgeRemoved, sweepEveryMs, stopping.signal),
  ]);
  return {
    stop: async () => {
      stopping.abort();
      await Promise.race([jobs, wait(stopWithinMs, new AbortController().signal)]);
    },
  };
};
