import type { RouteObject } from 'react-router';

/** The members page, its three parts, and what opens over each of them, below `/e/:environmentId`. */
export const memberRoutes: RouteObject[] = [
  {
    path: 'members',
    lazy: async () => ({ Component: (await import('./members-page.tsx')).MembersPage }),
    children: [
      {
        path: 'groups',
        lazy: async () => ({ Component: (await import('./groups/group-list.tsx')).GroupList }),
        children: [
          {
            path: 'new',
            lazy: async () => ({ Component: (await import('./groups/new-group-panel.tsx')).NewGroupPanel }),
          },
          {
            path: ':groupRoleId',
            lazy: async () => ({ Component: (await import('./groups/edit-group-panel.tsx')).EditGroupPanel }),
          },
          {
            path: ':groupRoleId/remove',
            lazy: async () => ({ Component: (await import('./groups/remove-group-dialog.tsx')).RemoveGroupDialog }),
          },
        ],
      },
      {
        path: 'service-accounts',
        lazy: async () => ({ Component: (await import('./service-accounts/account-list.tsx')).AccountList }),
        children: [
          {
            path: 'new',
            lazy: async () => ({
              Component: (await import('./service-accounts/new-account-panel.tsx')).NewAccountPanel,
            }),
          },
          {
            path: ':serviceAccountId',
            lazy: async () => ({ Component: (await import('./service-accounts/account-panel.tsx')).AccountPanel }),
            children: [
              {
                path: 'tokens/new',
                lazy: async () => ({
                  Component: (await import('./service-accounts/new-account-token-panel.tsx')).NewAccountTokenPanel,
                }),
              },
              {
                path: 'tokens/:tokenId',
                lazy: async () => ({
                  Component: (await import('./service-accounts/account-token-panel.tsx')).AccountTokenPanel,
                }),
              },
              {
                path: 'tokens/:tokenId/revoke',
                lazy: async () => ({
                  Component: (await import('./service-accounts/revoke-account-token-dialog.tsx'))
                    .RevokeAccountTokenDialog,
                }),
              },
            ],
          },
          {
            path: ':serviceAccountId/edit',
            lazy: async () => ({
              Component: (await import('./service-accounts/edit-account-panel.tsx')).EditAccountPanel,
            }),
          },
          {
            path: ':serviceAccountId/remove',
            lazy: async () => ({
              Component: (await import('./service-accounts/remove-account-dialog.tsx')).RemoveAccountDialog,
            }),
          },
        ],
      },
      {
        lazy: async () => ({ Component: (await import('./people-list.tsx')).PeopleList }),
        children: [
          { index: true, element: null },
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
    ],
  },
];
