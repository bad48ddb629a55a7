import type { RouteObject } from 'react-router';

/** The activity page, below `/e/:environmentId`. */
export const activityRoutes: RouteObject[] = [
  { path: 'activity', lazy: async () => ({ Component: (await import('./activity-page.tsx')).ActivityPage }) },
];
