import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { createExport } from './create-export.ts';
import { getExport } from './get-export.ts';
import { listExports } from './list-exports.ts';
import { summarizeExports } from './summarize-exports.ts';

/** Exports, one by one and several at once. */
export const exportRoutes = (route: Route, house: House): void => {
  route(contract.listExports, (actor, asked) => listExports(house, actor, asked));
  route(contract.getExportSummary, (actor, asked) => summarizeExports(house, actor, asked));
  route(contract.getExport, (actor, asked) => getExport(house, actor, asked));
  route(contract.createExport, (actor, asked) => createExport(house, actor, asked));
};
