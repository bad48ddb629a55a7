import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keyOf, read } from '../../../lib/queries.ts';

/** The service accounts of an environment, by name; they come in one piece. */
export const serviceAccountsQuery = (environmentId: string) =>
  read(contract.listServiceAccounts, { params: { environmentId } });

/** One of them; `account` is undefined while they are being read, and null when there is none of this id. */
export const useServiceAccount = (environmentId: string, serviceAccountId: string) => {
  const { data, error, refetch } = useQuery(serviceAccountsQuery(environmentId));
  return { account: data && (data.value.find(({ id }) => id === serviceAccountId) ?? null), error, refetch };
};

/** The tokens of an account, newest first. */
export const accountTokensQuery = (environmentId: string, serviceAccountId: string) =>
  read(contract.listServiceAccountTokens, { params: { environmentId, serviceAccountId } });

/** Reads anew what a change to service accounts or their tokens may have changed; an account can belong to other environments too. */
export const useServiceAccountsChanged = (): (() => Promise<unknown>) => {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      ...[contract.listServiceAccounts, contract.listMembers, contract.listActivity].map((endpoint) =>
        queryClient.invalidateQueries({ queryKey: keyOf<contract.AnyEndpoint>(endpoint) }),
      ),
      // Read when its account is opened next; of one that was just removed it must not be asked for again.
      queryClient.invalidateQueries({ queryKey: keyOf(contract.listServiceAccountTokens) }),
    ]);
};
