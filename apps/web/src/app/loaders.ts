import type { QueryClient } from '@tanstack/react-query';
import { type LoaderFunctionArgs, redirect } from 'react-router';
import { isProblem } from '../lib/errors.ts';
import { paths } from '../lib/paths.ts';
import { profileReportsQuery } from '../lib/profile-reports.ts';
import { lastEnvironment } from '../lib/remembered.ts';
import { environmentQuery, environmentsQuery, meQuery } from '../lib/session.ts';

/** Reads who is signed in and their environments; without a session, the sign-in page comes first. */
export const loadSession =
  (queryClient: QueryClient) =>
  async ({ request }: LoaderFunctionArgs): Promise<null> => {
    try {
      await Promise.all([queryClient.ensureQueryData(meQuery), queryClient.ensureQueryData(environmentsQuery)]);
      return null;
    } catch (error) {
      if (!isProblem(error, 'unauthenticated')) throw error;
      const { pathname, search } = new URL(request.url);
      throw redirect(paths.signIn(pathname + search));
    }
  };

/**
 * Reads the environment that the address names, and remembers it as the one to come back to. Which profile reports there are is read with it,
 * because the navigation follows it; that it cannot be read keeps nobody from the page.
 */
export const loadEnvironment =
  (queryClient: QueryClient) =>
  async ({ params }: LoaderFunctionArgs): Promise<null> => {
    const id = params.environmentId ?? '';
    const [environment] = await Promise.all([
      queryClient.ensureQueryData(environmentQuery(id)),
      queryClient.prefetchQuery(profileReportsQuery(id)),
    ]);
    lastEnvironment.set(environment.id);
    return null;
  };

/** `/` goes to the environment used last, else to the first; who has none gets the list, which says what to do. */
export const toAnEnvironment = (queryClient: QueryClient) => async (): Promise<Response> => {
  const { value } = await queryClient.ensureQueryData(environmentsQuery);
  const target = value.find(({ id }) => id === lastEnvironment.get()) ?? value[0];
  return redirect(target ? paths.environment(target.id) : paths.environments());
};
