import type { RouteObject } from 'react-router';

/** The Status page, below `/e/:environmentId`. */
export const statusRoutes: RouteObject[] = [
  { path: 'status', lazy: async () => ({ Component: (await import('./status-page.tsx')).StatusPage }) },
];
