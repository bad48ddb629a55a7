import type { RouteObject } from 'react-router';

/** The Exports page; its panes and dialogs are children, so that each has an address. */
export const exportRoutes: RouteObject[] = [
  {
    path: 'exports',
    lazy: async () => ({ Component: (await import('./exports-page.tsx')).ExportsPage }),
    children: [
      { index: true, element: null },
      {
        // With a connection chosen already, or without.
        path: 'new/:connectionId?',
        lazy: async () => ({ Component: (await import('./form/create-export-pane.tsx')).CreateExportPane }),
      },
      {
        path: 'remove',
        lazy: async () => ({ Component: (await import('./dialogs/remove-dialog.tsx')).RemoveExportsDialog }),
      },
      {
        path: 'detach',
        lazy: async () => ({ Component: (await import('./dialogs/detach-dialog.tsx')).DetachExportsDialog }),
      },
      {
        path: 'connect',
        lazy: async () => ({ Component: (await import('./dialogs/connect-pane.tsx')).ConnectExportsPane }),
      },
      {
        path: 'schedule',
        lazy: async () => ({ Component: (await import('./dialogs/schedule-pane.tsx')).ScheduleExportsPane }),
      },
      {
        path: ':exportId',
        lazy: async () => ({ Component: (await import('./details/details-pane.tsx')).DetailsPane }),
      },
      {
        path: ':exportId/runs/:runId',
        lazy: async () => ({ Component: (await import('./runs/run-pane.tsx')).RunPane }),
      },
      {
        path: ':exportId/preview/:entityId',
        lazy: async () => ({ Component: (await import('./preview/preview-pane.tsx')).PreviewPane }),
      },
      {
        path: ':exportId/edit',
        lazy: async () => ({ Component: (await import('./form/edit-export-pane.tsx')).EditExportPane }),
      },
    ],
  },
];
