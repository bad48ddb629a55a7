import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { getRun } from './get-run.ts';
import { listRunParts } from './list-run-parts.ts';
import { listRuns } from './list-runs.ts';
import { watchRuns } from './watch-runs.ts';

/** Runs as they are and were; asking for them and canceling them is a matter of exports. */
export const runRoutes = (route: Route, house: House): void => {
  route(contract.listRuns, (actor, asked) => listRuns(house, actor, asked));
  route(contract.getRun, (actor, asked) => getRun(house, actor, asked));
  route(contract.listRunParts, (actor, asked) => listRunParts(house, actor, asked));
  route(contract.watchRuns, (actor, asked) => watchRuns(house, actor, asked));
};
