import type { RouteObject } from 'react-router';

/** The list of one's environments, and the panel that creates one. */
export const environmentRoutes: RouteObject[] = [
  {
    path: 'environments',
    lazy: async () => ({ Component: (await import('./environments-page.tsx')).EnvironmentsPage }),
    children: [
      {
        path: 'new',
        lazy: async () => ({ Component: (await import('./new-environment-panel.tsx')).NewEnvironmentPanel }),
      },
    ],
  },
];

/** The settings of the environment at hand, below `/e/:environmentId`. */
export const settingsRoutes: RouteObject[] = [
  {
    path: 'settings',
    lazy: async () => ({ Component: (await import('./settings-page.tsx')).SettingsPage }),
    children: [
      { path: 'pause', lazy: async () => ({ Component: (await import('./pause-dialog.tsx')).PauseDialog }) },
      {
        path: 'webhooks/new',
        lazy: async () => ({ Component: (await import('./hooks/new-hook-panel.tsx')).NewHookPanel }),
      },
      {
        path: 'webhooks/:noticeHookId',
        lazy: async () => ({ Component: (await import('./hooks/edit-hook-panel.tsx')).EditHookPanel }),
      },
      {
        path: 'webhooks/:noticeHookId/delete',
        lazy: async () => ({ Component: (await import('./hooks/delete-hook-dialog.tsx')).DeleteHookDialog }),
      },
      {
        path: 'delete',
        lazy: async () => ({ Component: (await import('./delete-environment-dialog.tsx')).DeleteEnvironmentDialog }),
      },
    ],
  },
];
