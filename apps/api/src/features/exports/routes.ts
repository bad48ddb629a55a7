import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { cancelRun } from './cancel-run.ts';
import { connectExports } from './connect-exports.ts';
import { createExport } from './create-export.ts';
import { deleteExport } from './delete-export.ts';
import { detachExports } from './detach-exports.ts';
import { duplicateExports } from './duplicate-exports.ts';
import { getExport } from './get-export.ts';
import { listExports } from './list-exports.ts';
import { previewExport } from './preview-export.ts';
import { removeExports } from './remove-exports.ts';
import { runExport, runExports } from './run-exports.ts';
import { scheduleExports } from './schedule-exports.ts';
import { summarizeExports } from './summarize-exports.ts';
import { updateExport } from './update-export.ts';

/** Exports, one by one and several at once. */
export const exportRoutes = (route: Route, house: House): void => {
  route(contract.listExports, (actor, asked) => listExports(house, actor, asked));
  route(contract.getExportSummary, (actor, asked) => summarizeExports(house, actor, asked));
  route(contract.getExport, (actor, asked) => getExport(house, actor, asked));
  route(contract.createExport, (actor, asked) => createExport(house, actor, asked));
  route(contract.updateExport, (actor, asked) => updateExport(house, actor, asked));
  route(contract.deleteExport, (actor, asked) => deleteExport(house, actor, asked));
  route(contract.duplicateExports, (actor, asked) => duplicateExports(house, actor, asked));
  route(contract.detachExports, (actor, asked) => detachExports(house, actor, asked));
  route(contract.connectExports, (actor, asked) => connectExports(house, actor, asked));
  route(contract.scheduleExports, (actor, asked) => scheduleExports(house, actor, asked));
  route(contract.removeExports, (actor, asked) => removeExports(house, actor, asked));
  route(contract.runExports, (actor, asked) => runExports(house, actor, asked));
  route(contract.runExport, (actor, asked) => runExport(house, actor, asked));
  route(contract.previewExport, (actor, asked) => previewExport(house, actor, asked));
  route(contract.cancelRun, (actor, asked) => cancelRun(house, actor, asked));
};
