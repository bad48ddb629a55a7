import * as contract from '@junction/contracts';
import { render } from '@testing-library/react';
import { PointerEventsCheckLevel, userEvent } from '@testing-library/user-event';
import { createMemoryRouter } from 'react-router';
import { App } from '../app/app.tsx';
import { leaveWhenSessionEnds } from '../app/leave-when-session-ends.ts';
import { makeRoutes } from '../app/routes.tsx';
import { makeQueryClient } from '../lib/query-client.ts';
import { aMe, anEnvironment } from './fixtures.ts';
import { type MockApi, refuse } from './mock-api.ts';
import { signInOptions } from './sign-in-options.ts';

/** Answers the endpoints that every page behind sign-in reads. Returns who is signed in, and where. */
export const signIn = (
  api: MockApi,
  changes: { me?: Partial<contract.Me>; environment?: Partial<contract.Environment> } = {},
): { me: contract.Me; environment: contract.Environment } => {
  const me = aMe(changes.me);
  const environment = anEnvironment(changes.environment);
  api.on(contract.getMe, () => me);
  api.on(contract.listEnvironments, () => ({ value: [environment] }));
  api.on(contract.getEnvironment, ({ params }) =>
    params.environmentId === environment.id ? environment : refuse('notFound'),
  );
  api.on(contract.getSignInOptions, () => signInOptions());
  api.on(contract.listNotices, () => ({ value: [], unread: 0 }));
  api.on(contract.listProfileReports, () => ({ value: [] }));
  return { me, environment };
};

/** Shows the whole app at an address, with a keyboard and mouse to use it. */
export const renderApp = (address: string) => {
  const queryClient = makeQueryClient();
  const router = createMemoryRouter(makeRoutes(queryClient), { initialEntries: [address] });
  const stopListening = leaveWhenSessionEnds(router);
  const view = render(<App router={router} queryClient={queryClient} />);
  return {
    ...view,
    // A callout takes no pointer until it has its place, which a busy machine is slow to give it.
    user: userEvent.setup({ pointerEventsCheck: PointerEventsCheckLevel.Never }),
    router,
    queryClient,
    /** The address now shown, with its query. */
    address: () => router.state.location.pathname + router.state.location.search,
    stopListening,
  };
};
