import * as contract from '@junction/contracts';
import type { QueryClient } from '@tanstack/react-query';
import { keyOf } from './queries.ts';

/** Lists and counts that say which connections there are, and how they are. */
const lists = [contract.listConnections, contract.getConnectionSummary, contract.getStatus, contract.listActivity];

/** What else follows from which connections there are: exports lose and regain them, entities come and go. */
const dependents = [
  contract.listRemovedConnections,
  contract.listConnectionOptions,
  contract.listExports,
  contract.getExport,
  contract.getExportSummary,
  contract.listEntities,
];

const invalidate = (client: QueryClient, environmentId: string, endpoints: readonly contract.AnyEndpoint[]) =>
  Promise.all(
    endpoints.map((endpoint) => client.invalidateQueries({ queryKey: [...keyOf(endpoint), { environmentId }] })),
  );

/** Reads anew what a change to connections makes old. */
export const connectionsChanged = (client: QueryClient, environmentId: string): Promise<unknown> =>
  invalidate(client, environmentId, lists);

/** Reads anew what is old after connections were removed or restored. */
export const connectionsCameOrWent = (client: QueryClient, environmentId: string): Promise<unknown> =>
  invalidate(client, environmentId, [...lists, ...dependents]);
