import type { RouteObject } from 'react-router';

/** Pages for people who are not signed in. */
export const openRoutes: RouteObject[] = [
  { path: 'sign-in', lazy: async () => ({ Component: (await import('./sign-in-page.tsx')).SignInPage }) },
  {
    path: 'sign-in/callback',
    lazy: async () => ({ Component: (await import('./sign-in-callback-page.tsx')).SignInCallbackPage }),
  },
  { path: 'welcome', lazy: async () => ({ Component: (await import('./welcome-page.tsx')).WelcomePage }) },
];

/** One's own account. */
export const accountRoutes: RouteObject[] = [
  {
    path: 'account',
    lazy: async () => ({ Component: (await import('./account-page.tsx')).AccountPage }),
    children: [
      {
        path: 'disconnect',
        lazy: async () => ({ Component: (await import('./disconnect-dialog.tsx')).DisconnectDialog }),
      },
      {
        path: 'tokens/new',
        lazy: async () => ({ Component: (await import('./new-my-token-panel.tsx')).NewMyTokenPanel }),
      },
      {
        path: 'tokens/:tokenId',
        lazy: async () => ({ Component: (await import('./my-token-panel.tsx')).MyTokenPanel }),
      },
      {
        path: 'tokens/:tokenId/revoke',
        lazy: async () => ({ Component: (await import('./revoke-my-token-dialog.tsx')).RevokeMyTokenDialog }),
      },
    ],
  },
];
