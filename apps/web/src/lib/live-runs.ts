import * as contract from '@junction/contracts';
import { type InfiniteData, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { call, watchEvents } from './call.ts';
import { keyOf } from './queries.ts';

/** How often live runs are asked for while events do not come through, as behind a proxy that holds them back. */
const pollMs = 3_000;
/** The first event comes at once; one that has not come by then is held back somewhere. */
const firstMs = 5_000;
/** The server says something at least every 15 s; after this long without a word the connection is taken for dead. */
const silentMs = 40_000;
/** Before events are tried again. */
const reconnectMs = 15_000;

type ExportPages = InfiniteData<{ value: contract.ExportRow[] }>;

const isOver = ({ finishedAt }: contract.Run) => finishedAt !== null;

/** The row with its run as it is now; a run that is older than the row's is no news. */
const withRun = <Row extends contract.ExportRow>(row: Row, runs: ReadonlyMap<string, contract.Run>): Row => {
  const run = runs.get(row.id);
  if (run === undefined || run.queuedAt < (row.run?.queuedAt ?? '')) return row;
  const status = row.status === 'inactive' ? row.status : run.state;
  return { ...row, run, status, lastRunAt: run.startedAt ?? row.lastRunAt };
};

/** Puts what is known of runs into every list and pane that shows them; what a run that ended has changed besides is read again. */
const spread = (client: QueryClient, environmentId: string, news: readonly contract.Run[]): void => {
  const byExport = new Map(news.map((run) => [run.export.id, run]));
  client.setQueriesData<ExportPages>({ queryKey: keyOf(contract.listExports, { environmentId }) }, (data) =>
    data === undefined
      ? undefined
      : {
          ...data,
          pages: data.pages.map((page) => ({ ...page, value: page.value.map((row) => withRun(row, byExport)) })),
        },
  );
  const stale = (endpoint: contract.AnyEndpoint, params: Record<string, string>) =>
    void client.invalidateQueries({ queryKey: keyOf(endpoint, { environmentId, ...params } as never) });
  for (const run of news) {
    client.setQueryData<contract.Export>(
      keyOf(contract.getExport, { environmentId, exportId: run.export.id }),
      (one) => one && withRun(one, byExport),
    );
    stale(contract.getRun, { runId: run.id });
    stale(contract.listRunParts, { runId: run.id });
  }
  client.setQueryData(keyOf(contract.watchRuns, { environmentId }), (known: { runs: contract.Run[] } | undefined) => {
    const all = new Map([...(known?.runs ?? []), ...news].map((run) => [run.id, run]));
    return { runs: [...all.values()].filter((run) => !isOver(run)) };
  });
  if (!news.some(isOver)) return;
  for (const endpoint of [contract.getExportSummary, contract.listRuns, contract.getStatus, contract.listNotices])
    stale(endpoint, {});
  for (const run of news.filter(isOver)) stale(contract.getExport, { exportId: run.export.id });
};

const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Hands over what changes as long as events come; resolves when they do not, or not any more. */
const listen = async (
  environmentId: string,
  onNews: (runs: readonly contract.Run[]) => void,
  signal: AbortSignal,
): Promise<void> => {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), firstMs);
  const stop = AbortSignal.any([signal, silence.signal]);
  try {
    const input = { params: { environmentId }, signal: stop };
    for await (const event of watchEvents(contract.watchRuns, input)) {
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), silentMs);
      if (event !== undefined) onNews(event.runs);
    }
  } catch {
    // The next poll tells whether the server can be reached at all.
  } finally {
    clearTimeout(timer);
  }
};

const watch = async (client: QueryClient, environmentId: string, signal: AbortSignal): Promise<void> => {
  const onNews = (runs: readonly contract.Run[]) => {
    if (!signal.aborted) spread(client, environmentId, runs);
  };
  while (!signal.aborted) {
    await listen(environmentId, onNews, signal);
    const until = Date.now() + reconnectMs;
    let known: readonly contract.Run[] = [];
    while (!signal.aborted && Date.now() < until) {
      const answer = await call(contract.watchRuns, { params: { environmentId }, signal }).catch(() => undefined);
      if (answer !== undefined) {
        onNews(answer.runs);
        // What was live and is not any more has ended; how, its export tells.
        const ended = known.filter(({ id }) => !answer.runs.some((run) => run.id === id));
        if (ended.length > 0) {
          for (const endpoint of [contract.listExports, contract.getExport, contract.getRun, contract.listRuns])
            void client.invalidateQueries({ queryKey: keyOf(endpoint, { environmentId }) });
        }
        known = answer.runs;
      }
      await wait(pollMs, signal);
    }
  }
};

/** Keeps everything on the page that shows runs of the environment up to date, by events or, where they do not come through, by asking. */
export const useLiveRuns = (environmentId: string): void => {
  const client = useQueryClient();
  useEffect(() => {
    const leaving = new AbortController();
    void watch(client, environmentId, leaving.signal);
    return () => leaving.abort();
  }, [client, environmentId]);
};
