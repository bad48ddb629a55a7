import type { createBrowserRouter } from 'react-router';
import { sessionLost } from '../lib/connectivity.ts';
import { paths } from '../lib/paths.ts';
import { leaveUnguarded } from '../ui/leave-guard.tsx';

const openToAnyone = [paths.signIn(), paths.welcome()];

/** Goes to the sign-in page, which ends the session in the browser, when the server no longer knows it. Returns what stops that. */
export const leaveWhenSessionEnds = (
  router: Pick<ReturnType<typeof createBrowserRouter>, 'state' | 'navigate'>,
): (() => void) =>
  sessionLost.listen(() => {
    const { pathname, search } = router.state.location;
    if (openToAnyone.includes(pathname)) return;
    void router.navigate(paths.signIn(pathname + search), { replace: true, ...leaveUnguarded });
  });
