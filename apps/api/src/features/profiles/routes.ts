import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';

/** Imports of profile data, who may see it, and the reports. */
export const profileRoutes = (_route: Route, _house: House): void => {};
