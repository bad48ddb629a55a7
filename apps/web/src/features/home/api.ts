import * as contract from '@junction/contracts';
import { read } from '../../lib/queries.ts';

/** How many connections there are in each state. */
export const connectionSummaryQuery = (environmentId: string) =>
  read(contract.getConnectionSummary, { params: { environmentId } });
