import * as contract from '@junction/contracts';
import type { TestClient } from './client.ts';

type Place = Pick<contract.Connection, 'id' | 'environmentId'>;
type Query = Partial<contract.QueryInput<typeof contract.deleteConnection>>;

export const paramsOf = ({ id, environmentId }: Place) => ({ environmentId, connectionId: id });

/** Everything that depends on a connection, as the dialog loads it. */
export const usageOf = async (client: TestClient, connection: Place) =>
  (await client(contract.getConnectionUsage, { params: paramsOf(connection) })).body;

/** Confirms the present usage and removes the connection, whatever its version; `over` says how. */
export const remove = async (client: TestClient, connection: Place, over: Query = {}, ifMatch = '*') =>
  client(contract.deleteConnection, {
    params: paramsOf(connection),
    query: { usage: over.usage ?? (await usageOf(client, connection)).etag, ...over },
    ifMatch,
  });

export const restore = (client: TestClient, connection: Place, name?: string) =>
  client(contract.restoreConnection, { params: paramsOf(connection), body: name === undefined ? {} : { name } });

/** What can be restored now, the last removed first. */
export const removedOf = async (client: TestClient, environmentId: string) =>
  (await client(contract.listRemovedConnections, { params: { environmentId } })).body.value;
