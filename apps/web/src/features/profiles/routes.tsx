import type { RouteObject } from 'react-router';

/** The Profiles page, below `/e/:environmentId`; without a connection it leads to the first report there is. */
export const profileRoutes: RouteObject[] = [
  {
    path: 'profiles/:connectionId?',
    lazy: async () => ({ Component: (await import('./profiles-page.tsx')).ProfilesPage }),
  },
];
