import type { RouteObject } from 'react-router';
import { profileTypes } from './profiles/has-profiles.ts';

/** A page of its own for each type that is set up in steps; one element for all of its steps, so that what is filled in stays. */
const setUpRoutes: RouteObject[] = profileTypes.map((type) => ({
  path: `connections/new/${type}/:step?`,
  lazy: async () => {
    const { SetUpPage } = await import('./wizard/set-up-page.tsx');
    return { element: <SetUpPage type={type} /> };
  },
}));

/** The Connections page, whose pivots, panes and dialogs are children, so that each has an address; and the pages that set connections up in steps. */
export const connectionRoutes: RouteObject[] = [
  ...setUpRoutes,
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
        children: [
          {
            path: 'profile-import',
            lazy: async () => ({
              Component: (await import('./profiles/import-settings-panel.tsx')).ImportSettingsPanel,
            }),
          },
          {
            path: 'profile-access/add',
            lazy: async () => ({ Component: (await import('./profiles/add-people-panel.tsx')).AddPeoplePanel }),
          },
          {
            path: 'profile-access/:personId/remove',
            lazy: async () => ({
              Component: (await import('./profiles/remove-access-dialog.tsx')).RemoveAccessDialog,
            }),
          },
        ],
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
