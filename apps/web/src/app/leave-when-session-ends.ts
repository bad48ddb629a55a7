import type { createBrowserRouter } from 'react-router';
import { sessionLost } from '../lib/connectivity.ts';
import { paths } from '../lib/paths.ts';
import { leaveUnguarded } from '../ui/leave-guard.tsx';

const openToAnyone = [paths.signIn(), paths.signInCallback(), paths.welcome()];

/**
 * Goes to the sign-in page, which ends the session in the browser and says why one is there, when the server no longer knows
 * the session. Returns what stops that.
 */
export const leaveWhenSessionEnds = (
  router: Pick<ReturnType<typeof createBrowserRouter>, 'state' | 'navigate'>,
): (() => void) =>
  sessionLost.listen(() => {
    // Before the first page is shown no session has ended: there was none, and the loader leads to signing in.
    if (!router.state.initialized) return;
    const { pathname, search } = router.state.location;
    if (openToAnyone.includes(pathname)) return;
    void router.navigate(paths.signInAgain(pathname + search), { replace: true, ...leaveUnguarded });
  });
