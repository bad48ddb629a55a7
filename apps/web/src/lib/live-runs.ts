import type { Run } from '@junction/contracts';
import * as contract from '@junction/contracts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call, watchEvents } from './call.ts';
import { keyOf } from './queries.ts';
import { correctEnded, spreadRuns } from './spread-runs.ts';

/** How often live runs are asked for while events do not come through, as behind a proxy that holds them back. */
const pollMs = 3_000;
/** The first event comes at once; one that has not come by then is held back somewhere. */
const firstMs = 4_000;
/** The server says something at least every 15 s; after this long without a word the connection is taken for dead. */
const silentMs = 40_000;
/** Before events are tried again; twice as long after each try in vain, up to the longest. */
const reconnectMs = 15_000;
const longestMs = 120_000;
/** What many runs that begin or end change together is read again at most this often. */
const refreshMs = 3_000;

/** Does something at once, and again as often as it was asked for in the meantime, but never faster than every so many milliseconds. */
const atMostEvery = (ms: number, work: () => void, signal: AbortSignal) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWanted = false;
  const begin = () => {
    isWanted = false;
    work();
    timer = setTimeout(() => {
      timer = undefined;
      if (isWanted) begin();
    }, ms);
  };
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return () => {
    isWanted = true;
    if (timer === undefined) begin();
  };
};

/** What of a run is more than a number that grows. */
const turnOf = ({ phase, retries, retryAt, progress: { parts } }: Run) =>
  [phase, retries, retryAt, parts.done, parts.total].join();

/** What takes the news of the runs of an environment to what is on the screen. */
const newsFor = (client: QueryClient, environmentId: string, signal: AbortSignal) => {
  /** The runs that wait or are under way, and where they are; undefined before anything is told. */
  let live: ReadonlyMap<string, string> | undefined;
  let hasFailed = false;
  const stale = (endpoint: contract.AnyEndpoint, about?: { param: string; ids: ReadonlySet<string> }) =>
    void client.invalidateQueries({
      queryKey: keyOf(endpoint, { environmentId }),
      predicate: ({ queryKey: [, params] }) =>
        about === undefined || about.ids.has((params as Record<string, string>)[about.param] ?? ''),
    });

  const refresh = atMostEvery(
    refreshMs,
    () => {
      for (const endpoint of [contract.getExportSummary, contract.listRuns, contract.getStatus, contract.listNotices])
        stale(endpoint);
      // A failure may have paused a schedule.
      if (hasFailed) stale(contract.listExports);
      hasFailed = false;
    },
    signal,
  );

  /** `isWhole` where these are all live runs there are, not only those that changed. */
  return (runs: readonly Run[], { isWhole }: { isWhole: boolean }): void => {
    if (signal.aborted) return;
    spreadRuns(client, environmentId, runs);
    // Of more than an answer holds, those that are left out are under way as well.
    if (isWhole && runs.length < contract.watchedRuns) correctEnded(client, environmentId, runs);

    const before = live;
    const now = new Map(isWhole ? [] : before);
    for (const run of runs) now.set(run.id, turnOf(run));
    const turned = runs.filter(({ id }) => before?.get(id) !== now.get(id)).map(({ id }) => id);
    const ended = runs.filter(({ finishedAt }) => finishedAt !== null);
    for (const { id } of ended) now.delete(id);
    live = now;

    const ids = new Set(turned);
    stale(contract.getRun, { param: 'runId', ids });
    stale(contract.listRunParts, { param: 'runId', ids });
    stale(contract.getExport, { param: 'exportId', ids: new Set(ended.map((run) => run.export.id)) });
    hasFailed ||= ended.some(({ state }) => state === 'failed');
    const hasBegun = before !== undefined && [...now.keys()].some((id) => !before.has(id));
    const hasVanished = [...(before?.keys() ?? [])].some((id) => !now.has(id));
    if (hasBegun || hasVanished || ended.length > 0) refresh();
  };
};

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });

type Take = ReturnType<typeof newsFor>;

/** Hands over what is told for as long as events come; resolves when they do not, or not any more, with whether there was one. */
const listen = async (environmentId: string, take: Take, signal: AbortSignal): Promise<boolean> => {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), firstMs);
  let hasHeard = false;
  try {
    const input = { params: { environmentId }, signal: AbortSignal.any([signal, silence.signal]) };
    for await (const event of watchEvents(contract.watchRuns, input)) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), silentMs);
      if (event === undefined) continue;
      take(event.runs, { isWhole: !hasHeard });
      hasHeard = true;
    }
  } catch {
    // Whether the server can be reached at all is told by the next request.
  } finally {
    clearTimeout(timer);
  }
  return hasHeard;
};

/** Asks for the live runs again and again for so long. */
const poll = async (environmentId: string, take: Take, ms: number, signal: AbortSignal): Promise<void> => {
  const until = Date.now() + ms;
  while (!signal.aborted && Date.now() < until) {
    const answer = await call(contract.watchRuns, { params: { environmentId }, signal }).catch(() => undefined);
    if (answer !== undefined) take(answer.runs, { isWhole: true });
    await wait(answer === undefined ? reconnectMs : pollMs, signal);
  }
};

/** By events, or by asking while there are none; resolves when the signal fires. */
const follow = async (environmentId: string, take: Take, signal: AbortSignal): Promise<void> => {
  let pauseMs = reconnectMs;
  while (!signal.aborted) {
    const hasHeard = await listen(environmentId, take, signal);
    pauseMs = hasHeard ? reconnectMs : Math.min(2 * pauseMs, longestMs);
    await poll(environmentId, take, pauseMs, signal);
  }
};

/** Follows the runs while the page can be seen. A hidden one asks for nothing: connections are few, and what it missed it is told when it comes back. */
const followWhileVisible = (environmentId: string, take: Take, signal: AbortSignal): void => {
  let hiding: AbortController | undefined;
  const look = () => {
    if (document.visibilityState === 'hidden') {
      hiding?.abort();
      hiding = undefined;
    } else if (hiding === undefined) {
      hiding = new AbortController();
      void follow(environmentId, take, AbortSignal.any([signal, hiding.signal]));
    }
  };
  document.addEventListener('visibilitychange', look, { signal });
  look();
};

/** Keeps everything on the page that shows runs of the environment up to date, by events or, where they do not come through, by asking. */
export const useLiveRuns = (environmentId: string): void => {
  const client = useQueryClient();
  useEffect(() => {
    const leaving = new AbortController();
    followWhileVisible(environmentId, newsFor(client, environmentId, leaving.signal), leaving.signal);
    return () => leaving.abort();
  }, [client, environmentId]);
};
