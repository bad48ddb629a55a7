import type { Run } from '@junction/contracts';
import * as contract from '@junction/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { keyOf } from './queries.ts';
import { correctEnded, spreadInto, spreadRuns } from './spread-runs.ts';

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

/** An answer is on its way no longer than this. */
const onItsWayMs = 30_000;

/** Puts what was told lately into answers that were on their way meanwhile, and may be older. Gives back what takes what is told. */
const correctLate = (client: QueryClient, environmentId: string, signal: AbortSignal) => {
  const told = new Map<string, { run: Run; at: number }>();
  const stop = client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success' || event.action.manual === true) return;
    const runs = [...told.values()].map(({ run }) => run);
    spreadInto(client, environmentId, event.query, runs);
  });
  signal.addEventListener('abort', stop, { once: true });
  return (runs: readonly Run[]): void => {
    for (const [id, { at }] of told) if (at < Date.now() - onItsWayMs) told.delete(id);
    for (const run of runs) told.set(run.id, { run, at: Date.now() });
  };
};

/** Takes news of runs; `isWhole` where these are all that are live, not only those that changed. */
export type TakeNews = (runs: readonly Run[], about: { isWhole: boolean }) => void;

/** What takes the news of the runs of an environment to what is on the screen. */
export const runNews = (client: QueryClient, environmentId: string, signal: AbortSignal): TakeNews => {
  /** The runs that wait or are under way, and where they are; undefined before anything is told. */
  let live: ReadonlyMap<string, string> | undefined;
  let hasFailed = false;
  const remember = correctLate(client, environmentId, signal);
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

  return (runs, { isWhole }) => {
    if (signal.aborted) return;
    remember(runs);
    spreadRuns(client, environmentId, runs);
    // Of more than an answer holds, those that are left out are under way as well.
    if (isWhole && runs.length < contract.watchedRuns) correctEnded(client, environmentId, runs);

    const before = live;
    const now = new Map(isWhole ? [] : before);
    for (const run of runs) now.set(run.id, turnOf(run));
    const turned = before === undefined ? [] : runs.filter(({ id }) => before.get(id) !== now.get(id));
    const ended = runs.filter(({ finishedAt }) => finishedAt !== null);
    for (const { id } of ended) now.delete(id);
    live = now;

    const ids = new Set(turned.map(({ id }) => id));
    stale(contract.getRun, { param: 'runId', ids });
    stale(contract.listRunParts, { param: 'runId', ids });
    stale(contract.getExport, { param: 'exportId', ids: new Set(ended.map((run) => run.export.id)) });
    hasFailed ||= ended.some(({ state }) => state === 'failed');
    const hasBegun = before !== undefined && [...now.keys()].some((id) => !before.has(id));
    const hasVanished = [...(before?.keys() ?? [])].some((id) => !now.has(id));
    if (hasBegun || hasVanished || ended.length > 0) refresh();
  };
};
