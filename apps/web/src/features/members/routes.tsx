import type { RouteObject } from 'react-router';

/** The members page and what opens over it, below `/e/:environmentId`. */
export const memberRoutes: RouteObject[] = [
  {
    path: 'members',
    lazy: async () => ({ Component: (await import('./members-page.tsx')).MembersPage }),
    children: [
      { path: 'new', lazy: async () => ({ Component: (await import('./new-member-panel.tsx')).NewMemberPanel }) },
      {
        path: ':memberId',
        lazy: async () => ({ Component: (await import('./edit-member-panel.tsx')).EditMemberPanel }),
      },
      {
        path: ':memberId/remove',
        lazy: async () => ({ Component: (await import('./remove-member-dialog.tsx')).RemoveMemberDialog }),
      },
      {
        path: ':memberId/reset-password',
        lazy: async () => ({ Component: (await import('./reset-password-panel.tsx')).ResetPasswordPanel }),
      },
    ],
  },
];
