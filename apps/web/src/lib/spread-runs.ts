import * as contract from '@junction/contracts';
import { isRunLive, type Run } from '@junction/contracts';
import { type InfiniteData, partialMatchKey, type Query, type QueryClient } from '@tanstack/react-query';
import { keyOf } from './queries.ts';

type Pages<Row> = InfiniteData<{ value: Row[] }>;

/** What is known now of runs: each by its id, and of each export the one asked for last. */
type Known = { run: (id: string) => Run | undefined; lastOf: (exportId: string) => Run | undefined };

const knownOf = (runs: readonly Run[]): Known => {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const byExport = new Map(
    runs.toSorted((a, b) => a.queuedAt.localeCompare(b.queuedAt)).map((run) => [run.export.id, run]),
  );
  return { run: (id) => byId.get(id), lastOf: (id) => byExport.get(id) };
};

/** Whether a run as it is told is no news: older than the one that is shown, or the same one before its end. */
const isOld = (told: Run, shown: Run): boolean =>
  told.id === shown.id ? shown.finishedAt !== null && told.finishedAt === null : told.queuedAt < shown.queuedAt;

const withRun = <Shown extends Run>(shown: Shown, { run }: Known): Shown => {
  const told = run(shown.id);
  return told === undefined || isOld(told, shown) ? shown : { ...shown, ...told };
};

/** An export with its run as it is now, and what follows from it; what else the end of a run changes is for the server to say. */
const withLastRun = <Row extends contract.ExportRow>(row: Row, { lastOf }: Known): Row => {
  const told = lastOf(row.id);
  if (told === undefined || (row.run !== null && isOld(told, row.run))) return row;
  return {
    ...row,
    run: told,
    status: row.status === 'inactive' ? row.status : told.state,
    lastRunAt: told.startedAt ?? row.lastRunAt,
    refreshedAt: told.state === 'successful' ? told.finishedAt : row.refreshedAt,
  };
};

const inPages =
  <Row>(change: (row: Row, known: Known) => Row) =>
  (data: Pages<Row>, known: Known): Pages<Row> => ({
    ...data,
    pages: data.pages.map((page) => ({ ...page, value: page.value.map((row) => change(row, known)) })),
  });

const rowsOf = <Row>({ pages }: Pages<Row>): Row[] => pages.flatMap(({ value }) => value);

/** An answer that shows runs: how it is kept up to date, and which runs it shows. */
type Showing<Data> = {
  endpoint: contract.AnyEndpoint;
  change: (data: Data, known: Known) => Data;
  runsIn: (data: Data) => (Run | null)[];
};
const showing = <Data>(one: Showing<Data>) => one as Showing<unknown>;

/** Every answer that shows runs. */
const places = [
  showing<Pages<contract.ExportRow>>({
    endpoint: contract.listExports,
    change: inPages(withLastRun),
    runsIn: (data) => rowsOf(data).map(({ run }) => run),
  }),
  showing<contract.Export>({ endpoint: contract.getExport, change: withLastRun, runsIn: ({ run }) => [run] }),
  showing<Pages<Run>>({ endpoint: contract.listRuns, change: inPages<Run>(withRun), runsIn: rowsOf }),
  showing<contract.RunDetails>({ endpoint: contract.getRun, change: withRun, runsIn: (run) => [run] }),
  showing<contract.Status>({
    endpoint: contract.getStatus,
    change: (status, known) => ({
      ...status,
      running: { ...status.running, rows: status.running.rows.map((run) => withRun(run, known)) },
    }),
    runsIn: ({ running }) => running.rows,
  }),
];

/** Puts what is known of runs into every list and pane that shows them. */
export const spreadRuns = (client: QueryClient, environmentId: string, runs: readonly Run[]): void => {
  const known = knownOf(runs);
  for (const { endpoint, change } of places)
    client.setQueriesData({ queryKey: keyOf(endpoint, { environmentId }) }, (data: unknown) =>
      data === undefined ? undefined : change(data, known),
    );
};

/** The same for an answer that has just come, and may have been on its way while the news came. */
export const spreadInto = (client: QueryClient, environmentId: string, query: Query, runs: readonly Run[]): void => {
  const place = places.find(({ endpoint }) => partialMatchKey(query.queryKey, keyOf(endpoint, { environmentId })));
  if (place) client.setQueryData(query.queryKey, (data: unknown) => data && place.change(data, knownOf(runs)));
};

/**
 * Reads again whatever shows a run as waiting or under way that is neither: it ended while nobody listened. `live` are all that are.
 */
export const correctEnded = (client: QueryClient, environmentId: string, live: readonly Run[]): void => {
  const ids = new Set(live.map(({ id }) => id));
  const isWrong = (run: Run | null) => run !== null && isRunLive(run.state) && !ids.has(run.id);
  for (const { endpoint, runsIn } of places) {
    const wrong = client.getQueryCache().findAll({
      queryKey: keyOf(endpoint, { environmentId }),
      // What is to be read again already is not asked for once more.
      predicate: ({ state: { data, isInvalidated } }) =>
        data !== undefined && !isInvalidated && runsIn(data).some(isWrong),
    });
    for (const { queryKey } of wrong) void client.invalidateQueries({ queryKey, exact: true });
  }
};
