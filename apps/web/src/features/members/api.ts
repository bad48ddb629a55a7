import * as contract from '@junction/contracts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { keyOf, read, readPages } from '../../lib/queries.ts';

export type MembersView = { search: string; role: string; orderby: string };

/** The people of an environment as the view in the address asks for them. */
export const memberPages = (environmentId: string, view: MembersView) =>
  readPages(contract.listMembers, {
    params: { environmentId },
    query: {
      search: view.search || undefined,
      orderby: view.orderby,
      filter: contract.formatFilter([
        { field: 'kind', operator: 'in', values: ['person'] },
        { field: 'role', operator: 'in', values: view.role === '' ? [] : view.role.split(',') },
      ]),
    },
  });

export const memberQuery = (environmentId: string, memberId: string) =>
  read(contract.getMember, { params: { environmentId, memberId } });

/** The connections with profile data, and which of them a member may see. */
export const memberProfileAccessQuery = (environmentId: string, memberId: string) => ({
  ...read(contract.listMemberProfileAccess, { params: { environmentId, memberId } }),
  // A form is filled in over it.
  refetchOnMount: 'always' as const,
  refetchOnWindowFocus: false,
});

const invalidate = (queryClient: QueryClient, environmentId: string) =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: keyOf(contract.listMembers, { environmentId }) }),
    // Read when it is opened next; one that was just removed must not be asked for again.
    queryClient.invalidateQueries({ queryKey: keyOf(contract.getMember, { environmentId }), refetchType: 'none' }),
    ...[
      contract.listGroupRoles,
      contract.listProfileAccess,
      contract.listMemberProfileAccess,
      contract.listProfileReports,
    ].map((endpoint) => queryClient.invalidateQueries({ queryKey: [...keyOf(endpoint), { environmentId }] })),
    // One's own role may be what changed.
    queryClient.invalidateQueries({ queryKey: keyOf(contract.listEnvironments) }),
    queryClient.invalidateQueries({ queryKey: keyOf(contract.getEnvironment, { environmentId }) }),
  ]);

/** Reads anew what a change to the members of an environment may have changed. */
export const useMembersChanged = (environmentId: string): (() => Promise<unknown>) => {
  const queryClient = useQueryClient();
  return () => invalidate(queryClient, environmentId);
};
