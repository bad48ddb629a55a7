import { type Connection, getConnection, listConnections, type ResponseOf } from '@junction/contracts';
import { type InfiniteData, useQueries, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { isProblem } from '../../lib/errors.ts';
import { keyOf, read } from '../../lib/queries.ts';

/** More than this at once would not fit into the address of the dialog that names them. */
export const namedAtMost = 100;

/** The ids in the address of a dialog about several connections: `?ids=`, separated by commas. */
export const useNamedIds = (): string[] => {
  const [params] = useSearchParams();
  return [...new Set((params.get('ids') ?? '').split(',').filter((id) => id !== ''))];
};

/** The connections with these ids, taken from the list where it has just been read. */
export const useNamedConnections = (environmentId: string, ids: readonly string[]) => {
  const client = useQueryClient();
  const fromList = (connectionId: string) => {
    const lists = client.getQueriesData<InfiniteData<ResponseOf<typeof listConnections>>>({
      queryKey: keyOf(listConnections, { environmentId }),
    });
    for (const [queryKey, list] of lists) {
      const row = list?.pages.flatMap(({ value }) => value).find(({ id }) => id === connectionId);
      if (row !== undefined) return { row, at: client.getQueryState(queryKey)?.dataUpdatedAt };
    }
    return undefined;
  };
  const queries = useQueries({
    queries: ids.map((connectionId) => ({
      ...read(getConnection, { params: { environmentId, connectionId } }),
      initialData: () => fromList(connectionId)?.row,
      initialDataUpdatedAt: () => fromList(connectionId)?.at,
    })),
  });
  // What somebody else removed meanwhile is not missed.
  const present = queries.filter(({ error }) => !isProblem(error, 'notFound'));
  return {
    isPending: queries.some(({ isPending }) => isPending),
    connections: present.map(({ data }) => data).filter((data): data is Connection => data !== undefined),
    /** Why one could not be read. */
    error: present.find(({ data }) => data === undefined)?.error ?? undefined,
    refetch: () => Promise.all(queries.map(({ refetch }) => refetch())),
  };
};
