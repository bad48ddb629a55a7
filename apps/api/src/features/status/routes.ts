import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { getStatus } from './get-status.ts';

/** How an environment stands. */
export const statusRoutes = (route: Route, house: House): void => {
  route(contract.getStatus, (actor, asked) => getStatus(house, actor, asked));
};
