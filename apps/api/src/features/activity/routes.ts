import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { listActivity } from './list-activity.ts';

/** What happened. */
export const activityRoutes = (route: Route, house: House): void => {
  route(contract.listActivity, (actor, asked) => listActivity(house, actor, asked));
};
