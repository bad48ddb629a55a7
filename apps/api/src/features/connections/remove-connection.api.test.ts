import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../testing/connections.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse();
  contoso = await makeEnvironment(house);
});
afterAll(() => house.close());

const paramsOf = ({ id }: contract.Connection) => ({ environmentId: contoso.environment.id, connectionId: id });
const setUp = (name: string) => connect(contoso.asAdmin, contoso.environment.id, { name });
const usageOf = async (connection: contract.Connection) =>
  (await contoso.asAdmin(contract.getConnectionUsage, { params: paramsOf(connection) })).body;
const remove = async (connection: contract.Connection, ifMatch = connection.etag) =>
  contoso.asAdmin(contract.deleteConnection, {
    params: paramsOf(connection),
    query: { usage: (await usageOf(connection)).etag },
    ifMatch,
  });

describe('removing a connection that nothing depends on', () => {
  it('takes it out of sight, keeps its secrets for the undo, and tells who did it', async () => {
    const connection = await setUp('Gone');
    const reply = await remove(connection);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({ inactivated: 0, moved: 0, withoutSource: 0 });
    expect((await contoso.asAdmin(contract.getConnection, { params: paramsOf(connection) })).status).toBe(404);
    const listed = await contoso.asAdmin(contract.listConnections, { params: paramsOf(connection) });
    expect(listed.body.value).toEqual([]);
    const removed = await contoso.asAdmin(contract.listRemovedConnections, { params: paramsOf(connection) });
    expect(removed.body.value).toMatchObject([{ id: connection.id, name: 'Gone', removedBy: { name: 'Alex Admin' } }]);
    const restored = await contoso.asAdmin(contract.restoreConnection, { params: paramsOf(connection), body: {} });
    expect(restored.body).toMatchObject({
      connection: { name: 'Gone', secrets: { password: {} } },
      reattached: { count: 0 },
    });
    const checked = await contoso.asAdmin(contract.checkConnection, { params: paramsOf(connection), body: {} });
    expect(checked.body.outcome).toBe('passed');
  });

  it('does not remove what somebody has changed since', async () => {
    const connection = await setUp('Needed');
    await contoso.asAdmin(contract.updateConnection, {
      params: paramsOf(connection),
      body: { name: 'Still needed' },
      ifMatch: connection.etag,
    });
    expect((await remove(connection)).problem).toMatchObject({ status: 412 });
    expect((await contoso.asAdmin(contract.getConnection, { params: paramsOf(connection) })).body.name).toBe(
      'Still needed',
    );
  });
});
