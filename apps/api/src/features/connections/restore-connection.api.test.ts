import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { connect, fakePassword } from '../../testing/connections.ts';
import { makeEntity, makeExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { fakeCalls } from '../../testing/fake-connector.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { paramsOf, remove, removedOf, restore } from '../../testing/removals.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
let other: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse();
  contoso = await makeEnvironment(house);
  other = await makeEnvironment(house, 'Another');
});
afterAll(() => house.close());

const day = 86_400;
const setUp = (over: Parameters<typeof connect>[2] = {}) => connect(contoso.asAdmin, contoso.environment.id, over);
const addExport = (over: Parameters<typeof makeExport>[2]) => makeExport(house, contoso.environment.id, over);
const exportRow = (made: { id: string }) => house.db.export.findUniqueOrThrow({ where: { id: made.id } });
const change = (made: { id: string }, data: Parameters<typeof house.db.export.update>[0]['data']) =>
  house.db.export.update({ where: { id: made.id }, data });
const idsOf = (group: contract.ResponseOf<typeof contract.restoreConnection>['left']) =>
  group.value.map(({ id }) => id);

describe('undoing a removal', () => {
  it('brings back exactly the exports that still lack the connection because of it', async () => {
    const [connection, elsewhere] = [await setUp({ name: 'Undone' }), await setUp()];
    const add = (name: string) => addExport({ name, connectionId: connection.id });
    const [beta, alpha] = [await add('undo beta'), await add('Undo alpha')];
    const [pointed, edited, deleted] = [await add('Undo pointed'), await add('Undo edited'), await add('Undo deleted')];
    const earlier = await add('Undo earlier');
    await change(earlier, { connectionId: null, lostConnectionId: connection.id, version: 2, lostVersion: 2 });
    await remove(contoso.asAdmin, connection);
    await change(pointed, { connectionId: elsewhere.id, version: { increment: 1 } });
    await change(edited, { folder: 'edited', version: { increment: 1 } });
    await house.db.export.delete({ where: { id: deleted.id } });
    expect(await removedOf(contoso.asAdmin, contoso.environment.id)).toMatchObject([{ id: connection.id, exports: 2 }]);
    const { status, body } = await restore(contoso.asAdmin, connection);
    expect(status).toBe(200);
    expect(body.connection).toMatchObject({
      id: connection.id,
      name: 'Undone',
      usedBy: 2,
      secrets: connection.secrets,
    });
    expect([body.reattached.count, idsOf(body.reattached)]).toEqual([2, [alpha.id, beta.id]]);
    expect([body.left.count, idsOf(body.left)]).toEqual([2, [edited.id, pointed.id]]);
    const connections = await Promise.all([alpha, beta, pointed, edited, earlier].map(exportRow));
    expect(connections.map(({ connectionId }) => connectionId)).toEqual([
      connection.id,
      connection.id,
      elsewhere.id,
      null,
      null,
    ]);
    const rows = await house.db.activity.findMany({ where: { subjectId: connection.id, kind: 'connection.restored' } });
    expect(rows).toMatchObject([
      {
        byId: contoso.admin.id,
        subjectName: 'Undone',
        after: { name: 'Undone', reattached: 2, left: 2, withSource: 0, exportIds: [alpha.id, beta.id] },
      },
    ]);
    expect((await restore(contoso.asAdmin, connection)).status).toBe(404);
  });

  it('of another removal than the last one brings nothing of that one back', async () => {
    const connection = await setUp();
    const first = await addExport({ connectionId: connection.id });
    await remove(contoso.asAdmin, connection);
    await restore(contoso.asAdmin, connection);
    await change(first, { connectionId: null, version: { increment: 1 } });
    const second = await addExport({ connectionId: connection.id });
    await remove(contoso.asAdmin, connection);
    const { body } = await restore(contoso.asAdmin, connection);
    expect([idsOf(body.reattached), idsOf(body.left)]).toEqual([[second.id], []]);
  });

  it('leaves moved exports where they are', async () => {
    const [connection, successor] = [await setUp(), await setUp()];
    const moved = await addExport({ connectionId: connection.id });
    await remove(contoso.asAdmin, connection, { moveTo: successor.id });
    const { body } = await restore(contoso.asAdmin, connection);
    expect([idsOf(body.reattached), idsOf(body.left)]).toEqual([[], [moved.id]]);
    expect((await exportRow(moved)).connectionId).toBe(successor.id);
  });

  it('gives readers their source back', async () => {
    const [source, another, target] = [await setUp(), await setUp(), await setUp()];
    const place = { environmentId: contoso.environment.id };
    const entities = [
      await makeEntity(house, { ...place, connectionId: source.id }),
      await makeEntity(house, { ...place, connectionId: another.id }),
    ];
    const reader = await addExport({ connectionId: target.id, runState: 'queued', entities });
    await remove(contoso.asAdmin, source);
    await remove(contoso.asAdmin, another);
    expect(await exportRow(reader)).toMatchObject({ lostEntities: 2, runState: 'canceled' });
    expect((await restore(contoso.asAdmin, source)).body.withSource).toBe(0);
    expect(await exportRow(reader)).toMatchObject({ lostEntities: 1, runState: 'canceled' });
    const second = await addExport({ connectionId: target.id, lostEntities: 1, entities: entities.slice(1) });
    expect((await restore(contoso.asAdmin, another)).body.withSource).toBe(2);
    for (const made of [reader, second])
      expect(await exportRow(made)).toMatchObject({ lostEntities: 0, connectionId: target.id, version: 1 });
    const rows = await house.db.activity.findMany({ where: { subjectId: another.id, kind: 'connection.restored' } });
    expect(rows).toMatchObject([{ after: { reattached: 0, left: 0, withSource: 2 } }]);
  });

  it('opens the secrets again, and the check passes with them', async () => {
    const connection = await setUp();
    await remove(contoso.asAdmin, connection);
    await restore(contoso.asAdmin, connection);
    const { body } = await contoso.asAdmin(contract.checkConnection, { params: paramsOf(connection), body: {} });
    expect(body.outcome).toBe('passed');
    expect(fakeCalls.at(-1)).toEqual({ host: 'files.example', password: fakePassword });
  });

  it('brings the shares back', async () => {
    const sharing = { sharedWith: 'namedContributors' as const, personIds: [contoso.contributor.id] };
    const connection = await setUp({ sharing });
    const options = async () =>
      (
        await contoso.asContributor(contract.listConnectionOptions, {
          params: { environmentId: contoso.environment.id },
        })
      ).body.value.map(({ id }) => id);
    expect(await options()).toContain(connection.id);
    await remove(contoso.asAdmin, connection);
    expect(await options()).not.toContain(connection.id);
    expect((await restore(contoso.asAdmin, connection)).body.connection.sharing).toEqual(connection.sharing);
    expect(await options()).toContain(connection.id);
  });

  it('leaves a paused connection paused, and probes any other soon', async () => {
    const [paused, busy] = [await setUp(), await setUp()];
    const pause = { params: paramsOf(paused), body: { isPaused: true }, ifMatch: '*' };
    await contoso.asAdmin(contract.updateConnection, pause);
    for (const connection of [paused, busy]) await remove(contoso.asAdmin, connection);
    expect((await restore(contoso.asAdmin, paused)).body.connection).toMatchObject({
      isPaused: true,
      status: 'paused',
      nextCheckAt: null,
    });
    const { nextCheckAt } = (await restore(contoso.asAdmin, busy)).body.connection;
    expect(new Date(nextCheckAt ?? 0).getTime()).toBeLessThanOrEqual(house.clock.now().getTime());
  });

  it('needs another name when its own is taken', async () => {
    const connection = await setUp({ name: 'Taken' });
    const lost = await addExport({ connectionId: connection.id });
    await remove(contoso.asAdmin, connection);
    await setUp({ name: 'taken' });
    const refused = await restore(contoso.asAdmin, connection);
    expect(refused.problem).toMatchObject({ status: 409, code: 'nameTaken', errors: [{ field: 'name' }] });
    expect((await restore(contoso.asAdmin, connection, 'TAKEN')).status).toBe(409);
    expect((await restore(contoso.asAdmin, connection, ' ')).problem.errors).toMatchObject([{ field: 'name' }]);
    expect((await exportRow(lost)).connectionId).toBeNull();
    const { body } = await restore(contoso.asAdmin, connection, 'Not taken');
    expect(body).toMatchObject({ connection: { name: 'Not taken' }, reattached: { count: 1 } });
  });

  it('is over with its time, and is nothing for another environment', async () => {
    const connection = await setUp();
    await remove(contoso.asAdmin, connection);
    const elsewhere = { environmentId: other.environment.id, connectionId: connection.id };
    expect((await other.asAdmin(contract.restoreConnection, { params: elsewhere, body: {} })).status).toBe(404);
    expect((await other.asAdmin(contract.getRemovedConnection, { params: elsewhere })).status).toBe(404);
    expect(await removedOf(other.asAdmin, other.environment.id)).toEqual([]);
    const params = paramsOf(connection);
    expect((await contoso.asAdmin(contract.getRemovedConnection, { params })).status).toBe(200);
    const present = await setUp();
    const notRemoved = await contoso.asAdmin(contract.getRemovedConnection, { params: paramsOf(present) });
    expect(notRemoved.status).toBe(404);
    expect((await restore(contoso.asAdmin, present)).status).toBe(404);
    expect((await restore(contoso.asAdmin, { id: newId(), environmentId: contoso.environment.id })).status).toBe(404);
    // Nobody is idle for as long as that: the session is made new.
    const { db } = house;
    house.passSeconds(house.env.JUNCTION_UNDO_DAYS * day);
    const lastSeenAt = house.clock.now();
    await db.session.updateMany({ data: { lastSeenAt, expiresAt: new Date(lastSeenAt.getTime() + day * 1000) } });
    expect((await restore(contoso.asAdmin, connection)).status).toBe(404);
    expect((await contoso.asAdmin(contract.getRemovedConnection, { params })).status).toBe(404);
    expect(await removedOf(contoso.asAdmin, contoso.environment.id)).toEqual([]);
  });
});

describe('the removed connections', () => {
  it('are listed with the last first, searched by name, in pages, without anything of where they lead', async () => {
    const place = await makeEnvironment(house, 'Removed');
    const names = ['First lake', 'Second lake', 'Third'];
    for (const name of names) {
      const connection = await connect(place.asAdmin, place.environment.id, { name });
      await remove(place.asAdmin, connection);
      house.passSeconds(1);
    }
    const params = { environmentId: place.environment.id };
    const list = (query: Record<string, string | number>) =>
      place.asAdmin(contract.listRemovedConnections, { params, query });
    const all = await list({});
    expect(all.body.value.map(({ name }) => name)).toEqual([...names].reverse());
    expect(all.text).not.toContain('files.example');
    expect(Object.keys(all.body.value[0] ?? {}).sort()).toEqual([
      'exports',
      'id',
      'name',
      'removedAt',
      'removedBy',
      'restorableUntil',
      'type',
    ]);
    expect((await list({ search: 'LAKE' })).body.value.map(({ name }) => name)).toEqual(['Second lake', 'First lake']);
    const first = await list({ maxpagesize: 2 });
    const skiptoken = new URL(first.body.nextLink ?? '', house.baseUrl).searchParams.get('skiptoken') ?? '';
    expect((await list({ maxpagesize: 2, skiptoken })).body.value.map(({ name }) => name)).toEqual(['First lake']);
  });
});
