import type { RouteObject } from 'react-router';

/** Pages for people who are not signed in. */
export const openRoutes: RouteObject[] = [
  { path: 'sign-in', lazy: async () => ({ Component: (await import('./sign-in-page.tsx')).SignInPage }) },
  { path: 'welcome', lazy: async () => ({ Component: (await import('./welcome-page.tsx')).WelcomePage }) },
];

/** One's own account. */
export const accountRoutes: RouteObject[] = [
  { path: 'account', lazy: async () => ({ Component: (await import('./account-page.tsx')).AccountPage }) },
];
