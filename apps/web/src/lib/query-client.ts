import { QueryClient } from '@tanstack/react-query';
import { ApiProblem, Offline } from './errors.ts';

/** Long enough that going back to a page does not ask again, short enough that a list is never old. */
const staleMs = 15_000;
/** A request that did not reach the server is tried again this often before the page says so. */
const offlineRetries = 1;

/**
 * The one cache of server state. Refusals are final; only a failure of the network is retried. Requests are sent even
 * when the browser says it is offline, because Junction often runs on the very same machine.
 */
export const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: staleMs,
        networkMode: 'always',
        retry: (failures, error) => error instanceof Offline && failures < offlineRetries,
        retryDelay: 500,
        throwOnError: (error) => error instanceof ApiProblem && error.code === 'forbidden',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
