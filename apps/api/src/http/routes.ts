import { activityRoutes } from '../features/activity/routes.ts';
import { connectionRoutes } from '../features/connections/routes.ts';
import { environmentRoutes } from '../features/environments/routes.ts';
import { exportRoutes } from '../features/exports/routes.ts';
import { identityRoutes } from '../features/identities/routes.ts';
import { lakeRoutes } from '../features/lake/routes.ts';
import { noticeRoutes } from '../features/notices/routes.ts';
import { peopleRoutes } from '../features/people/routes.ts';
import { profileRoutes } from '../features/profiles/routes.ts';
import { runRoutes } from '../features/runs/routes.ts';
import { statusRoutes } from '../features/status/routes.ts';
import { tokenRoutes } from '../features/tokens/routes.ts';
import type { House } from '../house.ts';
import type { Route } from './asked.ts';

/** Every slice's endpoints. */
export const bindRoutes = (route: Route, house: House): void => {
  peopleRoutes(route, house);
  identityRoutes(route, house);
  environmentRoutes(route, house);
  tokenRoutes(route, house);
  connectionRoutes(route, house);
  lakeRoutes(route, house);
  profileRoutes(route, house);
  exportRoutes(route, house);
  runRoutes(route, house);
  statusRoutes(route, house);
  noticeRoutes(route, house);
  activityRoutes(route, house);
};
