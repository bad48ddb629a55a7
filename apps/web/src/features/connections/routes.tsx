import type { RouteObject } from 'react-router';

/** The Connections page; its pivots, panes and dialogs are children, so that each has an address. */
export const connectionRoutes: RouteObject[] = [
  {
    path: 'connections',
    lazy: async () => ({ Component: (await import('./connections-page.tsx')).ConnectionsPage }),
    children: [
      { index: true, element: null },
      { path: 'discover', element: null },
      { path: 'removed', element: null },
      {
        path: 'removed/:connectionId/restore',
        lazy: async () => ({ Component: (await import('./removed/restore-dialog.tsx')).RestoreDialog }),
      },
      {
        path: 'new/:type',
        lazy: async () => ({ Component: (await import('./form/create-connection-pane.tsx')).CreateConnectionPane }),
      },
      {
        path: 'share',
        lazy: async () => ({ Component: (await import('./sharing/share-dialog.tsx')).ShareDialog }),
      },
      {
        path: 'remove',
        lazy: async () => ({ Component: (await import('./remove/remove-dialog.tsx')).RemoveConnectionsDialog }),
      },
      {
        path: ':connectionId',
        lazy: async () => ({ Component: (await import('./details/details-pane.tsx')).DetailsPane }),
      },
      {
        path: ':connectionId/edit',
        lazy: async () => ({ Component: (await import('./form/edit-connection-pane.tsx')).EditConnectionPane }),
      },
      {
        path: ':connectionId/remove',
        lazy: async () => ({ Component: (await import('./remove/remove-dialog.tsx')).RemoveConnectionDialog }),
      },
    ],
  },
];
