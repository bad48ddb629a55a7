import * as contract from '@junction/contracts';
import { removalNeedsNameAbove } from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../testing/connections.ts';
import { makeEntity, makeExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { paramsOf, remove, usageOf } from '../../testing/removals.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse();
  contoso = await makeEnvironment(house);
});
afterAll(() => house.close());

const setUp = (over: Parameters<typeof connect>[2] = {}) => connect(contoso.asAdmin, contoso.environment.id, over);
const addExport = (over: Parameters<typeof makeExport>[2]) => makeExport(house, contoso.environment.id, over);
const addExports = (count: number, over: Parameters<typeof makeExport>[2]) =>
  Promise.all(Array.from({ length: count }, () => addExport(over)));

/** Everything that a removal could change. */
const everything = async () => [
  await house.db.connection.findMany({ orderBy: { id: 'asc' } }),
  await house.db.export.findMany({ orderBy: { id: 'asc' } }),
  await house.db.activity.count(),
];

describe('what a removal needs', () => {
  it('is the name, typed exactly, when many exports depend on it', async () => {
    const connection = await setUp({ name: 'Much used' });
    await addExports(removalNeedsNameAbove, { connectionId: connection.id });
    const other = await setUp();
    const source = await makeEntity(house, { environmentId: contoso.environment.id, connectionId: connection.id });
    await addExport({ connectionId: other.id, entities: [source] });
    const before = await everything();
    for (const confirmName of [undefined, '', 'much used', 'Much']) {
      const { problem } = await remove(contoso.asAdmin, connection, { confirmName });
      const code = confirmName === undefined ? 'required' : 'mismatch';
      expect(problem).toMatchObject({ status: 400, errors: [{ field: 'confirmName', code }] });
      expect(problem.detail).toContain('11 exports');
    }
    expect(await everything()).toEqual(before);
    expect((await remove(contoso.asAdmin, connection, { confirmName: 'Much used' })).status).toBe(200);
  });

  it('is no name when few do', async () => {
    const connection = await setUp();
    await addExports(removalNeedsNameAbove, { connectionId: connection.id });
    expect((await remove(contoso.asAdmin, connection)).body).toMatchObject({ inactivated: removalNeedsNameAbove });
  });

  it('is the usage as it is now; another one is refused and told', async () => {
    const connection = await setUp();
    await addExport({ connectionId: connection.id });
    const { etag } = await usageOf(contoso.asAdmin, connection);
    const added = await addExport({ name: 'Just added', connectionId: connection.id, runState: 'queued' });
    const before = await everything();
    for (const usage of [etag, '', 'made up']) {
      const { problem } = await remove(contoso.asAdmin, connection, { usage });
      expect(problem).toMatchObject({ status: 409, code: 'usageChanged' });
      expect(problem.usage).toEqual(await usageOf(contoso.asAdmin, connection));
      expect(problem.usage?.value).toContainEqual(expect.objectContaining({ id: added.id, name: 'Just added' }));
    }
    expect(await everything()).toEqual(before);
    await house.db.export.update({ where: { id: added.id }, data: { name: 'Renamed', version: 7 } });
    const { usage } = (await remove(contoso.asAdmin, connection, { usage: etag })).problem;
    expect((await remove(contoso.asAdmin, connection, { usage: usage?.etag ?? '' })).status).toBe(200);
  });

  it('is the version of the connection, and the usage at all', async () => {
    const connection = await setUp({ name: 'Needed' });
    const params = paramsOf(connection);
    const body = { name: 'Still needed' };
    await contoso.asAdmin(contract.updateConnection, { params, body, ifMatch: connection.etag });
    expect((await remove(contoso.asAdmin, connection, {}, connection.etag)).status).toBe(412);
    const { etag: usage } = await usageOf(contoso.asAdmin, connection);
    expect((await contoso.asAdmin(contract.deleteConnection, { params, query: { usage } })).status).toBe(428);
    const withoutUsage = await contoso.asAdmin(contract.deleteConnection, { params, ifMatch: '*' });
    expect(withoutUsage.problem.errors).toMatchObject([{ field: 'usage' }]);
    const row = await house.db.connection.findUniqueOrThrow({ where: { id: connection.id } });
    expect(row.removedAt).toBeNull();
  });
});
