import { StoreError } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect } from '../../testing/connections.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { fakeReadings, fakeStores } from '../../testing/fake-connector.ts';
import { fillFakeStore } from '../../testing/fake-model.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { claimOne, claimSeconds } from './store.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse();
  contoso = await makeEnvironment(house);
});
afterAll(() => house.close());

const source = (name: string, settings: Record<string, unknown> = {}) =>
  connect(contoso.asAdmin, contoso.environment.id, {
    settings: { host: `${name}.example`, entityFolder: 'ci', ...settings },
    saveAnyway: true,
  });
const paramsOf = ({ id }: { id: string }) => ({ environmentId: contoso.environment.id, connectionId: id });
const refresh = (connection: { id: string }) =>
  contoso.asAdmin(contract.refreshCatalog, { params: paramsOf(connection) });
const told = (connection: { id: string }) =>
  house.db.activity.findMany({
    where: { subjectId: connection.id, kind: 'catalog.refreshed' },
    orderBy: { id: 'asc' },
  });

describe('refreshing a catalog', () => {
  it('reads it now, whatever the last check said, and tells the activity log', async () => {
    fillFakeStore('now.example', { ci: [{ name: 'A' }, { name: 'B' }] });
    const connection = await source('now', { outcome: 'failing' });
    const { status, body } = await refresh(connection);
    expect([status, body]).toMatchObject([200, { connectionId: connection.id, entities: 2, problem: null }]);
    fakeStores.set('now.example', {
      fails: new StoreError({ code: 'containerMissing', message: 'It is gone.', isTransient: false }),
    });
    house.passSeconds(1);
    expect((await refresh(connection)).body).toMatchObject({ entities: 2, problem: { code: 'containerMissing' } });
    expect(await told(connection)).toMatchObject([
      { byName: 'Alex Admin', subjectName: connection.name, address: '127.0.0.1', after: { entities: 2 } },
      { after: { problem: 'containerMissing' } },
    ]);
  });

  it('twice at once reads once, and both get what came of it', async () => {
    const { promise, resolve } = Promise.withResolvers();
    fillFakeStore('twice.example', { ci: [{ name: 'A' }] }, { waits: promise });
    const connection = await source('twice');
    const first = refresh(connection);
    await vi.waitFor(() => expect(fakeReadings).toContain('twice.example'));
    const looked = vi.spyOn(house.db.catalog, 'count');
    const second = refresh(connection);
    await vi.waitFor(() => expect(looked).toHaveBeenCalled());
    resolve(undefined);
    expect((await second).body).toEqual((await first).body);
    expect((await second).body.entities).toBe(1);
    expect(fakeReadings.filter((host) => host === 'twice.example')).toHaveLength(1);
    expect(await told(connection)).toHaveLength(1);
  });

  it('ends when nobody waits any more, and the next one begins at once', async () => {
    fillFakeStore('left.example', { ci: [{ name: 'A' }] }, { waits: new Promise(() => {}) });
    const connection = await source('left');
    const leaving = new AbortController();
    const path = contract.pathOf(contract.refreshCatalog, paramsOf(connection));
    const left = fetch(`${house.baseUrl}${contract.apiRoot}${path}`, {
      method: 'POST',
      headers: { cookie: contoso.asAdmin.cookie ?? '' },
      signal: leaving.signal,
    });
    await vi.waitFor(() => expect(fakeReadings).toContain('left.example'));
    leaving.abort();
    await expect(left).rejects.toThrow();
    await vi.waitFor(async () => {
      expect(await house.db.catalog.findFirst({ where: { connectionId: connection.id } })).toMatchObject({
        claimedUntil: null,
        readAt: null,
      });
    });
    expect(await told(connection)).toEqual([]);
    fillFakeStore('left.example', { ci: [{ name: 'A' }] });
    expect((await refresh(connection)).body.entities).toBe(1);
  });

  it('reads after all when the other reader ended without a result', async () => {
    const connection = await source('elsewhere');
    await claimOne(house.db, house.clock.now(), connection.id);
    const waiting = refresh(connection);
    house.passSeconds(claimSeconds);
    expect((await waiting).body).toMatchObject({ readAt: expect.any(String) });
  });

  it('is refused for what is no source, with what to do, and for what is not there', async () => {
    const connection = await connect(contoso.asAdmin, contoso.environment.id);
    for (const endpoint of [contract.refreshCatalog, contract.getCatalog] as const) {
      const { status, problem } = await contoso.asAdmin(endpoint, { params: paramsOf(connection) });
      expect([status, problem.detail]).toEqual([404, expect.stringContaining('choose the folder')]);
    }
    const other = await makeEnvironment(house);
    const elsewhere = { environmentId: other.environment.id, connectionId: (await source('mine')).id };
    expect((await other.asAdmin(contract.refreshCatalog, { params: elsewhere })).status).toBe(404);
    expect((await other.asAdmin(contract.getCatalog, { params: elsewhere })).status).toBe(404);
  });
});
