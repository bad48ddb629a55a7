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
      {
        path: 'delete',
        lazy: async () => ({ Component: (await import('./delete-environment-dialog.tsx')).DeleteEnvironmentDialog }),
      },
    ],
  },
];
