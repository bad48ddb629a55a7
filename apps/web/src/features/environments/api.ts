import * as contract from '@junction/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { keyOf, read } from '../../lib/queries.ts';
import { environmentQuery } from '../../lib/session.ts';

/** Far enough back to find who paused it, unless it was renamed many times since. */
const recentChanges = 20;

/** The people who are admins of an environment: who may become its owner. */
export const adminsQuery = (environmentId: string) =>
  read(contract.listMembers, {
    params: { environmentId },
    query: {
      filter: contract.formatFilter([
        { field: 'kind', operator: 'in', values: ['person'] },
        { field: 'role', operator: 'in', values: ['admin'] },
      ]),
      orderby: 'name',
      maxpagesize: contract.maximumPageSize,
    },
  });

/** What was changed in the environment itself lately, newest first; for those who may see the activity. */
export const changesQuery = (environmentId: string) =>
  read(contract.listActivity, {
    params: { environmentId },
    query: {
      filter: contract.formatFilter([{ field: 'kind', operator: 'in', values: ['environment.updated'] }]),
      maxpagesize: recentChanges,
    },
  });

/** Keeps what the server answered about an environment, and reads the lists that show it anew. */
export const useEnvironmentChanged = (): ((environment: contract.Environment) => Promise<void>) => {
  const queryClient = useQueryClient();
  return async (environment) => {
    queryClient.setQueryData(environmentQuery(environment.id).queryKey, environment);
    await queryClient.invalidateQueries({ queryKey: keyOf(contract.listEnvironments) });
    await queryClient.invalidateQueries({ queryKey: keyOf(contract.listMembers, { environmentId: environment.id }) });
  };
};
