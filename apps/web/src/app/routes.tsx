import type { QueryClient } from '@tanstack/react-query';
import { Outlet, type RouteObject } from 'react-router';
import { activityRoutes } from '../features/activity/routes.tsx';
import { connectionRoutes } from '../features/connections/routes.tsx';
import { environmentRoutes, settingsRoutes } from '../features/environments/routes.tsx';
import { WhilePaused } from '../features/environments/while-paused.tsx';
import { exportRoutes } from '../features/exports/routes.tsx';
import { memberRoutes } from '../features/members/routes.tsx';
import { accountRoutes, openRoutes } from '../features/people/routes.tsx';
import { profileRoutes } from '../features/profiles/routes.tsx';
import { statusRoutes } from '../features/status/routes.tsx';
import { loadEnvironment, loadSession, toAnEnvironment } from './loaders.ts';
import { NotFoundPage } from './not-found-page.tsx';
import { PageLoading } from './page-loading.tsx';
import { RequireAction } from './require-action.tsx';
import { Root } from './root.tsx';
import { RouteError } from './route-error.tsx';
import { Shell } from './shell/shell.tsx';

/**
 * Every page. A feature brings its own routes, whose panels and dialogs are children of the page that they open over; what
 * a page is for only those who may take an action is said here, once.
 */
export const makeRoutes = (queryClient: QueryClient): RouteObject[] => [
  {
    Component: Root,
    HydrateFallback: PageLoading,
    ErrorBoundary: RouteError,
    children: [
      ...openRoutes,
      {
        Component: Shell,
        loader: loadSession(queryClient),
        shouldRevalidate: () => false,
        children: [
          {
            // Inside the shell, so that a page that fails leaves the navigation in place.
            ErrorBoundary: RouteError,
            children: [
              { index: true, loader: toAnEnvironment(queryClient), Component: () => null },
              ...accountRoutes,
              ...environmentRoutes,
              {
                path: 'e/:environmentId',
                loader: loadEnvironment(queryClient),
                shouldRevalidate: ({ currentParams, nextParams }) =>
                  currentParams.environmentId !== nextParams.environmentId,
                Component: Outlet,
                children: [
                  {
                    ErrorBoundary: RouteError,
                    children: [
                      {
                        Component: WhilePaused,
                        children: [
                          {
                            index: true,
                            lazy: async () => ({
                              Component: (await import('../features/home/home-page.tsx')).HomePage,
                            }),
                          },
                          { element: <RequireAction action="export:list" />, children: exportRoutes },
                        ],
                      },
                      { element: <RequireAction action="run:list" />, children: statusRoutes },
                      { element: <RequireAction action="connection:list" />, children: connectionRoutes },
                      { element: <RequireAction action="profile:read" />, children: profileRoutes },
                      { element: <RequireAction action="member:list" />, children: memberRoutes },
                      { element: <RequireAction action="activity:list" />, children: activityRoutes },
                      { element: <RequireAction action="environment:update" />, children: settingsRoutes },
                      { path: '*', Component: NotFoundPage },
                    ],
                  },
                ],
              },
              { path: '*', Component: NotFoundPage },
            ],
          },
        ],
      },
    ],
  },
];
