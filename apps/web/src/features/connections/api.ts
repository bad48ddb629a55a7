import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/call.ts';
import { connectionsChanged } from '../../lib/connections-changed.ts';
import { keyOf, read, readPages } from '../../lib/queries.ts';
import { type ListView, listQueryOf } from './list/list-view.ts';

/** How often what is on screen is read again, so that a scheduled check shows up without a reload. */
const pollMs = 15_000;

/** The first reading of a source comes some seconds after it was saved, when somebody may be looking at it. */
const firstReadPollMs = 2_000;

/** While profiles are imported, which mostly takes seconds. */
const importPollMs = 3_000;

/** A refresh re-reads every page that was loaded, so a list scrolled far down refreshes less often. */
const pagesPerPoll = 4;

type Pages = { pages: readonly { value: readonly Pick<contract.Connection, 'profiles'>[] }[] };

/** Whether an import of one of them waits or is under way. */
const isImporting = ({ pages }: Pages): boolean =>
  pages.some(({ value }) =>
    value.some(({ profiles }) => profiles !== null && ['waiting', 'verifying', 'importing'].includes(profiles.status)),
  );

/** The connections of an environment, page by page, in the order and narrowness of the view. */
export const connectionsQuery = (environmentId: string, view: ListView) => ({
  ...readPages(contract.listConnections, {
    params: { environmentId },
    query: { ...listQueryOf(view), maxpagesize: contract.maximumPageSize },
  }),
  refetchInterval: ({ state: { data } }: { state: { data?: Pages } }) =>
    (data !== undefined && isImporting(data) ? importPollMs : pollMs) *
    Math.max(1, Math.ceil((data?.pages.length ?? 0) / pagesPerPoll)),
});

/** How many connections there are, by type and status. */
export const summaryQuery = (environmentId: string) =>
  read(contract.getConnectionSummary, { params: { environmentId } });

/** One connection, read again while it is on screen. */
export const connectionQuery = (environmentId: string, connectionId: string) => ({
  ...read(contract.getConnection, { params: { environmentId, connectionId } }),
  refetchInterval: pollMs,
});

/** Checks to a page of the history; what fits on a screen, and in the health strip. */
const checksPageSize = 30;

/** The checks of a connection, newest first. */
export const checksQuery = (environmentId: string, connectionId: string) => ({
  ...readPages(contract.listChecks, {
    params: { environmentId, connectionId },
    query: { maxpagesize: checksPageSize },
  }),
  refetchInterval: pollMs,
});

/** The lake that demo mode brings along. */
export const sampleLakeQuery = read(contract.getSampleLake, {});

/** The connections that can be restored, the last removed first. */
export const removedConnectionsQuery = (environmentId: string, search: string) =>
  readPages(contract.listRemovedConnections, { params: { environmentId }, query: { search: search || undefined } });

/**
 * How much depends on a connection, and the name of that set. Nothing is remembered of it, because what was true when the
 * question was asked last time must not be what is confirmed now.
 */
export const usageQuery = (environmentId: string, connectionId: string) => ({
  ...read(contract.getConnectionUsage, { params: { environmentId, connectionId }, query: { maxpagesize: 1 } }),
  gcTime: 0,
  refetchOnWindowFocus: false,
});

/** What depends on a connection in one way, page by page. */
export const dependentsQuery = (environmentId: string, connectionId: string, kind: contract.UsageKind) => ({
  ...readPages(contract.getConnectionUsage, {
    params: { environmentId, connectionId },
    query: { filter: contract.formatFilter([{ field: 'kind', operator: 'in', values: [kind] }]) },
  }),
  gcTime: 0,
  refetchOnWindowFocus: false,
});

/** What was read of the metadata of a connection. */
export const catalogQuery = (environmentId: string, connectionId: string) => ({
  ...read(contract.getCatalog, { params: { environmentId, connectionId } }),
  refetchInterval: ({ state: { data } }: { state: { data?: contract.Catalog } }) =>
    data?.readAt === null ? firstReadPollMs : pollMs,
});

/** What one can do to the connections of an environment. Each resolves when the server has done it and the pages know. */
export const useConnectionActions = (environmentId: string) => {
  const client = useQueryClient();
  const refresh = async (connectionId: string) => {
    const of = { environmentId, connectionId };
    await Promise.all([
      connectionsChanged(client, environmentId),
      client.invalidateQueries({ queryKey: keyOf(contract.getConnection, of) }),
      client.invalidateQueries({ queryKey: keyOf(contract.listChecks, of) }),
    ]);
  };
  const check = (connectionId: string, signal?: AbortSignal) =>
    call(contract.checkConnection, { params: { environmentId, connectionId }, body: {}, signal });
  const setPaused = async ({ id, etag }: Pick<contract.Connection, 'id' | 'etag'>, isPaused: boolean) => {
    const connection = await call(contract.updateConnection, {
      params: { environmentId, connectionId: id },
      ifMatch: etag,
      body: { isPaused },
    });
    await refresh(id);
    return connection;
  };
  return { check, setPaused, refresh, refreshList: () => connectionsChanged(client, environmentId) };
};
