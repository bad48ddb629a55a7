import type { ConnectionOption } from '@junction/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSettled } from '../../../lib/use-settled.ts';
import { connectionOptionsQuery } from '../api.ts';

/**
 * The connections that the person may use, as far as they have been read, and those that match a search. `chosenId` is looked
 * for page by page until it is found, as an address may name a connection far down the list. `types` narrows them down to some.
 */
export const useConnectionOptions = (
  environmentId: string,
  chosenId: string | undefined,
  types?: readonly string[],
) => {
  const [search, setSearch] = useState('');
  const settled = useSettled(search);
  const all = useInfiniteQuery(connectionOptionsQuery(environmentId, '', types));
  const found = useInfiniteQuery(connectionOptionsQuery(environmentId, settled, types));

  const known = [...(all.data ?? []), ...(found.data ?? [])];
  const chosen: ConnectionOption | undefined = known.find(({ id }) => id === chosenId);
  const isSought = chosenId !== undefined && chosen === undefined;
  const { hasNextPage, isFetching, isError, fetchNextPage } = all;
  useEffect(() => {
    if (isSought && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [isSought, hasNextPage, isFetching, isError, fetchNextPage]);

  return {
    search,
    setSearch,
    options: found.data ?? [],
    isLoading: found.isFetching,
    onMore: found.hasNextPage && !found.isFetchingNextPage ? () => void found.fetchNextPage() : undefined,
    chosen,
    /** The chosen one is nowhere in the list: gone, or not for this person. */
    isMissing: isSought && all.data !== undefined && !hasNextPage && !isFetching,
    /** There is not one that the person may use. */
    isEmpty: all.data?.length === 0,
    error: all.error ?? found.error,
    retry: () => void Promise.all([all.refetch(), found.refetch()]),
  };
};
