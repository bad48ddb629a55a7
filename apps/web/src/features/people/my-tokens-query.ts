import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { read } from '../../lib/queries.ts';

export const myTokensQuery = read(contract.listMyTokens, {});

/** One of one's own tokens; undefined while they are being read, and null when there is none of this id. */
export const useMyToken = (tokenId: string) => {
  const { data, error, refetch } = useQuery(myTokensQuery);
  return { token: data && (data.value.find(({ id }) => id === tokenId) ?? null), error, refetch };
};

/** Brings the list of one's tokens up to date: without the one that is known to be gone at once, then as the server has it. */
export const useMyTokensChanged = (): ((goneId?: string) => Promise<void>) => {
  const queryClient = useQueryClient();
  return async (goneId) => {
    queryClient.setQueryData(
      myTokensQuery.queryKey,
      (list) => list && { ...list, value: list.value.filter(({ id }) => id !== goneId) },
    );
    await queryClient.invalidateQueries({ queryKey: myTokensQuery.queryKey });
  };
};
