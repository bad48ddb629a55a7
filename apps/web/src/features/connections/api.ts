import * as contract from '@junction/contracts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/call.ts';
import { keyOf, read, readPages } from '../../lib/queries.ts';
import { type ListView, listQueryOf } from './list/list-view.ts';

/** How often what is on screen is read again, so that a scheduled check shows up without a reload. */
const pollMs = 15_000;

/** A refresh re-reads every page that was loaded, so a list scrolled far down refreshes less often. */
const pagesPerPoll = 4;

/** The connections of an environment, page by page, in the order and narrowness of the view. */
export const connectionsQuery = (environmentId: string, view: ListView) => ({
  ...readPages(contract.listConnections, {
    params: { environmentId },
    query: { ...listQueryOf(view), maxpagesize: contract.maximumPageSize },
  }),
  refetchInterval: (query: { state: { data?: { pages: unknown[] } } }) =>
    pollMs * Math.max(1, Math.ceil((query.state.data?.pages.length ?? 0) / pagesPerPoll)),
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

/** Forgets everything that a change of connections makes old. */
const forget = (client: QueryClient, environmentId: string) =>
  Promise.all(
    [
      keyOf(contract.listConnections, { environmentId }),
      keyOf(contract.getConnectionSummary, { environmentId }),
      keyOf(contract.listActivity, { environmentId }),
    ].map((queryKey) => client.invalidateQueries({ queryKey })),
  );

/** What one can do to the connections of an environment. Each resolves when the server has done it and the pages know. */
export const useConnectionActions = (environmentId: string) => {
  const client = useQueryClient();
  const refresh = async (connectionId: string) => {
    const of = { environmentId, connectionId };
    await Promise.all([
      forget(client, environmentId),
      client.invalidateQueries({ queryKey: keyOf(contract.getConnection, of) }),
      client.invalidateQueries({ queryKey: keyOf(contract.listChecks, of) }),
    ]);
  };
  const check = (connectionId: string, signal?: AbortSignal) =>
    call(contract.checkConnection, { params: { environmentId, connectionId }, body: {}, signal });
  const remove = (
    { id, etag }: Pick<contract.Connection, 'id' | 'etag'>,
    query: contract.QueryInput<typeof contract.deleteConnection>,
  ) => call(contract.deleteConnection, { params: { environmentId, connectionId: id }, ifMatch: etag, query });
  const setPaused = async ({ id, etag }: Pick<contract.Connection, 'id' | 'etag'>, isPaused: boolean) => {
    const connection = await call(contract.updateConnection, {
      params: { environmentId, connectionId: id },
      ifMatch: etag,
      body: { isPaused },
    });
    await refresh(id);
    return connection;
  };
  return { check, remove, setPaused, refresh, refreshList: () => forget(client, environmentId) };
};
