import * as contract from '@junction/contracts';
import { read } from '../../lib/queries.ts';

/** How many connections there are in each state. */
export const connectionSummaryQuery = (environmentId: string) =>
  read(contract.getConnectionSummary, { params: { environmentId } });

/** How many exports there are in each state. */
export const exportSummaryQuery = (environmentId: string) =>
  read(contract.getExportSummary, { params: { environmentId } });

/** Whether there is a connection that one may use for exports. */
export const usableConnectionsQuery = (environmentId: string) =>
  read(contract.listConnectionOptions, { params: { environmentId }, query: { maxpagesize: 1 } });
