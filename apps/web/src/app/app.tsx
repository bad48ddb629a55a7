import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { reportError } from './report-error.ts';

/** The whole web: server state, then the pages. */
export const App = ({
  router,
  queryClient,
}: {
  router: ReturnType<typeof createBrowserRouter>;
  queryClient: QueryClient;
}) => (
  <QueryClientProvider client={queryClient}>
    <RouterProvider router={router} onError={reportError} />
  </QueryClientProvider>
);
