import * as contract from '@junction/contracts';
import { type MockApi, mockApi } from '../../../testing/mock-api.ts';
import { renderApp, signIn } from '../../../testing/render-app.tsx';
import { aUsage, environmentId } from './connections.ts';

/** Shows an address below Connections to an administrator, over an API that knows these connections. */
export const showConnections = (path: string, connections: contract.Connection[] = []) => {
  const api = mockApi();
  const { me } = signIn(api, { environment: { id: environmentId } });
  api.on(contract.listConnections, () => ({ value: connections }));
  api.on(contract.getConnectionSummary, () => ({
    total: connections.length,
    byType: Object.fromEntries(
      [...new Set(connections.map(({ type }) => type))].map((type) => [
        type,
        connections.filter((connection) => connection.type === type).length,
      ]),
    ),
    byStatus: {},
  }));
  api.on(contract.listConnectionDrafts, () => ({ value: [] }));
  api.on(contract.getSampleLake, () => ({ sample: null }));
  api.on(contract.listChecks, () => ({ value: [] }));
  api.on(contract.listActivity, () => ({ value: [] }));
  api.on(contract.listRemovedConnections, () => ({ value: [] }));
  answerConnections(api, connections);
  answerUsage(api, () => aUsage());
  const app = renderApp(`/e/${environmentId}/connections${path}`);
  return { api, me, ...app };
};

const answerConnections = (api: MockApi, connections: contract.Connection[]) =>
  api.on(contract.getConnection, ({ params }) => {
    const found = connections.find(({ id }) => id === params.connectionId);
    if (found === undefined) throw new Error(`The test knows no connection ${params.connectionId}.`);
    return found;
  });

/** Answers what depends on a connection from `usageOf`, all of it or one kind. */
export const answerUsage = (api: MockApi, usageOf: (connectionId: string) => contract.ConnectionUsage) =>
  api.on(contract.getConnectionUsage, ({ params, query }) => {
    const usage = usageOf(params.connectionId);
    return { ...usage, value: usage.value.filter(({ kind }) => query.filter?.includes(`'${kind}'`) ?? true) };
  });

/** Something that a test settles when it wants to. */
export const later = <Value>() => {
  let settle: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((resolve) => {
    settle = resolve;
  });
  return { promise, settle: (value: Value) => settle(value) };
};
