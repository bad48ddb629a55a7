import * as contract from '@junction/contracts';
import { type InfiniteData, type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/call.ts';
import { isProblem } from '../../lib/errors.ts';
import { keyOf, read, readPages } from '../../lib/queries.ts';
import { useSubmit } from '../../lib/use-submit.ts';
import { type ListView, listQueryOf } from './list/list-view.ts';

/** How often what is on screen is read again, so that what others change shows up without a reload. */
const pollMs = 15_000;

/** A refresh re-reads every page that was loaded, so a list scrolled far down refreshes less often. */
const pagesPerPoll = 4;

/** The exports of an environment, page by page, in the order and narrowness of the view. */
export const exportsQuery = (environmentId: string, view: ListView) => ({
  ...readPages(contract.listExports, {
    params: { environmentId },
    query: { ...listQueryOf(view), maxpagesize: contract.maximumPageSize },
  }),
  refetchInterval: (query: { state: { data?: { pages: unknown[] } } }) =>
    pollMs * Math.max(1, Math.ceil((query.state.data?.pages.length ?? 0) / pagesPerPoll)),
});

/** How many exports there are, by status, type and connection. */
export const exportSummaryQuery = (environmentId: string) =>
  read(contract.getExportSummary, { params: { environmentId } });

/** One export; `isLive` reads it again while it is on screen, which a form with changes must not. */
export const exportQuery = (environmentId: string, exportId: string, { isLive = false } = {}) => ({
  ...read(contract.getExport, { params: { environmentId, exportId } }),
  refetchInterval: isLive ? pollMs : (false as const),
});

/** How often the details of a run under way are read: what grows in them is told by no event. */
const pollRunMs = 5_000;
const whileLive = (run: Pick<contract.Run, 'state'> | undefined) =>
  run !== undefined && contract.isRunLive(run.state) ? pollRunMs : (false as const);

/** One run, with what happened in it and what it has written. */
export const runQuery = (environmentId: string, runId: string) => ({
  ...read(contract.getRun, { params: { environmentId, runId } }),
  refetchInterval: (query: { state: { data?: contract.RunDetails } }) => whileLive(query.state.data),
});

/** Runs of an export that are read at once. */
const runsPerPage = 20;

/**
 * The first rows of an entity of an export. They are data of others: kept only as long as they are shown, and read once, as reading them
 * takes its time.
 */
export const previewQuery = (environmentId: string, exportId: string, entityId: string) =>
  queryOptions({
    queryKey: [...keyOf(contract.previewExport, { environmentId, exportId }), entityId],
    queryFn: ({ signal }) =>
      call(contract.previewExport, { params: { environmentId, exportId }, body: { entityId }, signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** The runs of an export, newest first, page by page. */
export const exportRunsQuery = (environmentId: string, exportId: string) =>
  readPages(contract.listRuns, {
    params: { environmentId },
    query: {
      filter: contract.formatFilter([{ field: 'export', operator: 'in', values: [exportId] }]),
      maxpagesize: runsPerPage,
    },
  });

/** The parts of a run, page by page. */
export const runPartsQuery = (run: contract.Run) => ({
  ...readPages(contract.listRunParts, { params: { environmentId: run.environmentId, runId: run.id }, query: {} }),
  refetchInterval: whileLive(run),
});

/** Whether an answer says that an export is not there: gone, or never there because its id cannot be one. */
export const isNoSuchExport = (error: unknown): boolean =>
  isProblem(error, 'notFound') || isProblem(error, 'invalidInput');

/** The connections that the person may use for exports, by name, page by page; of some types only where they are named. */
export const connectionOptionsQuery = (environmentId: string, search = '', types: readonly string[] = []) =>
  readPages(contract.listConnectionOptions, {
    params: { environmentId },
    query: {
      search: search || undefined,
      filter: contract.formatFilter([{ field: 'type', operator: 'in', values: [...types] }]),
      maxpagesize: contract.maximumPageSize,
    },
  });

/** The entities that exports can be made of, by source and name, page by page. */
export const entitiesQuery = (environmentId: string, { search = '', sourceIds = [] as readonly string[] } = {}) =>
  readPages(contract.listEntities, {
    params: { environmentId },
    query: {
      search: search || undefined,
      filter: contract.formatFilter([{ field: 'source', operator: 'in', values: [...sourceIds] }]),
      maxpagesize: contract.maximumPageSize,
    },
  });

/** One entity with its columns. */
export const entityQuery = (environmentId: string, entityId: string) =>
  read(contract.getEntity, { params: { environmentId, entityId } });

/** Forgets everything that a change of exports makes old. */
const forgetExports = (client: QueryClient, environmentId: string): Promise<unknown> =>
  Promise.all(
    [
      contract.listExports,
      contract.getExportSummary,
      contract.getExport,
      contract.listRuns,
      contract.getRun,
      contract.getStatus,
      // How many exports use a connection.
      contract.listConnections,
      contract.getConnection,
      contract.getConnectionUsage,
      contract.listActivity,
    ].map((endpoint) => client.invalidateQueries({ queryKey: keyOf(endpoint, { environmentId }) })),
  );

/** Reads again what a change of exports made old; resolves when the pages know. */
export const useForgetExports = (environmentId: string): (() => Promise<unknown>) => {
  const client = useQueryClient();
  return () => forgetExports(client, environmentId);
};

/** A submit after which the pages know; a repeated one after a lost answer cannot happen twice. */
const useExportSubmit = <E extends contract.AnyEndpoint>(environmentId: string, endpoint: E) => {
  const forget = useForgetExports(environmentId);
  return useSubmit(endpoint, { onSuccess: forget });
};

export const useCreateExport = (environmentId: string) => useExportSubmit(environmentId, contract.createExport);
export const useRunExport = (environmentId: string) => useExportSubmit(environmentId, contract.runExport);
export const useCancelRun = (environmentId: string) => useExportSubmit(environmentId, contract.cancelRun);
export const useUpdateExport = (environmentId: string) => useExportSubmit(environmentId, contract.updateExport);

// Each takes the ids of several exports and answers which are done, and which are not and why.
export const useDuplicateExports = (environmentId: string) => useExportSubmit(environmentId, contract.duplicateExports);
export const useDetachExports = (environmentId: string) => useExportSubmit(environmentId, contract.detachExports);
export const useConnectExports = (environmentId: string) => useExportSubmit(environmentId, contract.connectExports);
export const useScheduleExports = (environmentId: string) => useExportSubmit(environmentId, contract.scheduleExports);
export const useRunExports = (environmentId: string) => useExportSubmit(environmentId, contract.runExports);
export const useRemoveExports = (environmentId: string) => useExportSubmit(environmentId, contract.removeExports);

type Pages = InfiniteData<{ value: contract.ExportRow[] }>;

/** The rows that lists have read so far, by id. */
export const knownRows = (client: QueryClient, environmentId: string): ReadonlyMap<string, contract.ExportRow> =>
  new Map(
    client
      .getQueriesData<Pages>({ queryKey: keyOf(contract.listExports, { environmentId }) })
      .flatMap(([, data]) => data?.pages.flatMap(({ value }) => value) ?? [])
      .map((row) => [row.id, row]),
  );
