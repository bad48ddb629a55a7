import type { QueryClient } from '@tanstack/react-query';
import type { createBrowserRouter } from 'react-router';
import { sessionLost } from '../lib/connectivity.ts';
import { paths } from '../lib/paths.ts';
import { leaveUnguarded } from '../ui/leave-guard.tsx';

const openToAnyone = [paths.signIn(), paths.welcome()];

/** Goes to the sign-in page when the server no longer knows the session, and forgets what it had told us. Returns what ends it. */
export const leaveWhenSessionEnds = (
  router: Pick<ReturnType<typeof createBrowserRouter>, 'state' | 'navigate'>,
  queryClient: QueryClient,
): (() => void) =>
  sessionLost.listen(() => {
    const { pathname, search } = router.state.location;
    if (openToAnyone.includes(pathname)) return;
    void router
      .navigate(paths.signIn(pathname + search), { replace: true, ...leaveUnguarded })
      .then(() => queryClient.clear());
  });
