import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';

export const connectionRoutes = (_route: Route, _house: House): void => {};
