import * as contract from '@junction/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call, callNext } from '../../../lib/call.ts';
import { keyOf, readPages } from '../../../lib/queries.ts';

/** The groups that give roles in an environment, by name, as far as they fit the search. */
export const groupRolePages = (environmentId: string, search: string) =>
  readPages(contract.listGroupRoles, { params: { environmentId }, query: { search: search || undefined } });

const readAll = async (environmentId: string, signal: AbortSignal): Promise<contract.GroupRole[]> => {
  const query = { maxpagesize: contract.maximumPageSize };
  let page = await call(contract.listGroupRoles, { params: { environmentId }, query, signal });
  const groups = [...page.value];
  while (page.nextLink !== undefined) {
    page = await callNext(contract.listGroupRoles, page.nextLink, signal);
    groups.push(...page.value);
  }
  return groups;
};

/** One of them; `group` is undefined while they are being read, and null when there is none of this id. */
export const useGroupRole = (environmentId: string, groupRoleId: string) => {
  const { data, error, refetch } = useQuery({
    queryKey: [...keyOf(contract.listGroupRoles, { environmentId }), 'all'],
    queryFn: ({ signal }) => readAll(environmentId, signal),
  });
  return { group: data && (data.find(({ id }) => id === groupRoleId) ?? null), error, refetch };
};

/** Reads anew what a change to the groups may have changed: them, who belongs to the environment, and one's own role in it. */
export const useGroupRolesChanged = (environmentId: string): (() => Promise<unknown>) => {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      ...[contract.listGroupRoles, contract.listMembers, contract.listActivity].map((endpoint) =>
        queryClient.invalidateQueries({ queryKey: keyOf<contract.AnyEndpoint>(endpoint, { environmentId }) }),
      ),
      queryClient.invalidateQueries({ queryKey: keyOf(contract.getMember, { environmentId }), refetchType: 'none' }),
      queryClient.invalidateQueries({ queryKey: keyOf(contract.listEnvironments) }),
      queryClient.invalidateQueries({ queryKey: keyOf(contract.getEnvironment, { environmentId }) }),
    ]);
};
