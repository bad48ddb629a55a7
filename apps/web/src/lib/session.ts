import * as contract from '@junction/contracts';
import { type Action, type Actor, can, type Environment, type Me } from '@junction/contracts';
import { type QueryClient, type QueryFilters, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { read } from './queries.ts';

/** Who is signed in. */
export const meQuery = read(contract.getMe, {});

/** The environments one belongs to, by name. More than one page of them is searched by the switcher instead. */
export const environmentsQuery = read(contract.listEnvironments, { query: { maxpagesize: contract.maximumPageSize } });

export const environmentQuery = (environmentId: string) => read(contract.getEnvironment, { params: { environmentId } });

/** Who is signed in; only for pages behind sign-in, whose loader has read it. */
export const useMe = (): Me => useSuspenseQuery(meQuery).data;

/** The environment that the address names; only for pages below `/e/:environmentId`, whose loader has read it. */
export const useEnvironment = (): Environment => {
  const { environmentId } = useParams();
  if (environmentId === undefined) throw new Error('useEnvironment is for pages below /e/:environmentId.');
  return useSuspenseQuery(environmentQuery(environmentId)).data;
};

/** What nothing on the screen looks at; taking away the rest would leave its watchers with nothing to watch. */
const unwatched: QueryFilters = { predicate: (query) => query.getObserversCount() === 0 };

/** Begins a session in the browser: nothing that an earlier one had read stays. */
export const beginSession = (queryClient: QueryClient, me: Me): void => {
  queryClient.removeQueries(unwatched);
  queryClient.setQueryData(meQuery.queryKey, me);
};

/**
 * Ends a session in the browser. To be called once its pages are gone: they would read again what is taken from under
 * them. `me` is reset rather than removed, because the theme around all pages follows it.
 */
export const endSession = async (queryClient: QueryClient): Promise<void> => {
  queryClient.removeQueries(unwatched);
  await queryClient.resetQueries({ queryKey: meQuery.queryKey });
};

/** What the signed-in person may do: the same rule as the server's, on the same facts. */
export const useCan = (): ((action: Action, environmentId?: string) => boolean) => {
  const me = useMe();
  const known = useQuery(environmentsQuery).data?.value ?? [];
  const { environmentId } = useParams();
  const current = useQuery({ ...environmentQuery(environmentId ?? ''), enabled: environmentId !== undefined }).data;
  const memberships = Object.fromEntries([...known, ...(current ? [current] : [])].map(({ id, role }) => [id, role]));
  const actor: Actor = { id: me.id, name: me.name, email: me.email, sessionId: '', memberships };
  return (action, environment) =>
    action === 'environment:create' ? me.canCreateEnvironments : can(actor, action, environment);
};
