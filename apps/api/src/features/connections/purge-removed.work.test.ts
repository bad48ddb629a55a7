import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VaultError } from '../../platform/vault.ts';
import { connect, fakePassword } from '../../testing/connections.ts';
import { makeEntity, makeExport } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { paramsOf, remove, removedOf, restore, usageOf } from '../../testing/removals.ts';
import { purgeRemoved } from './purge-removed.ts';
import { newWrappedKey, openSecrets } from './secrets.ts';

type Place = Awaited<ReturnType<typeof makeEnvironment>>;

const purge = (house: TestHouse) => purgeRemoved(house, new AbortController().signal);
const told = async (house: TestHouse, connection: { id: string }) =>
  house.db.activity.findMany({
    where: { subjectId: connection.id, kind: { not: 'connection.created' } },
    orderBy: { id: 'asc' },
  });
/** What a backup of everything but the keys has of a connection. */
const copyOf = async (house: TestHouse, connection: contract.Connection) => {
  const [row, secrets, key] = await Promise.all([
    house.db.connection.findUniqueOrThrow({ where: { id: connection.id } }),
    house.db.connectionSecret.findMany({ where: { connectionId: connection.id } }),
    house.db.connectionKey.findUniqueOrThrow({ where: { connectionId: connection.id } }),
  ]);
  return { ...row, secrets, wrappedKey: key.wrappedKey };
};
const open = (house: TestHouse, copy: Awaited<ReturnType<typeof copyOf>>) =>
  openSecrets(house, copy, ['password'], 'fake://files.example').password;

describe('purging removed connections', () => {
  let house: TestHouse;
  let contoso: Place;
  beforeAll(async () => {
    house = await openTestHouse();
    contoso = await makeEnvironment(house);
  });
  afterAll(() => house.close());
  const setUp = () => connect(contoso.asAdmin, contoso.environment.id);

  it('waits until the removal cannot be undone any more, then destroys the key and the row, and tells both', async () => {
    const [connection, kept] = [await setUp(), await setUp()];
    const place = { environmentId: contoso.environment.id, connectionId: connection.id };
    const entity = await makeEntity(house, place);
    const writer = await makeExport(house, contoso.environment.id, { connectionId: connection.id });
    const reader = await makeExport(house, contoso.environment.id, { connectionId: kept.id, entities: [entity] });
    await remove(contoso.asAdmin, connection);
    const copy = await copyOf(house, connection);
    const ofExports = () => house.db.export.findMany({ where: { environmentId: contoso.environment.id } });
    const before = await ofExports();

    house.passSeconds(house.env.JUNCTION_UNDO_DAYS * 86_400 - 60);
    await purge(house);
    expect(open(house, await copyOf(house, connection))).toBe(fakePassword);

    house.passSeconds(61);
    await purge(house);
    await purge(house);
    expect(await house.db.connectionKey.count({ where: { connectionId: connection.id } })).toBe(0);
    expect(await house.db.connectionSecret.count({ where: { connectionId: connection.id } })).toBe(0);
    expect(await house.db.connection.count({ where: { id: connection.id } })).toBe(0);
    expect(await house.db.connection.count({ where: { id: kept.id } })).toBe(1);
    const subject = { subjectName: connection.name, byId: null, address: null };
    expect(await told(house, connection)).toMatchObject([
      { kind: 'connection.deleted' },
      { kind: 'connection.key-destroyed', ...subject },
      { kind: 'connection.purged', ...subject },
    ]);
    // What depended on it is there as the removal left it.
    expect(await ofExports()).toEqual(before);
    expect(before).toMatchObject([
      { id: writer.id, connectionId: null, lostConnectionName: connection.name },
      { id: reader.id, connectionId: kept.id, lostEntities: 1 },
    ]);
    // Sealed bytes that were copied before open with the key that is gone, and with nothing else there is.
    expect(open(house, copy)).toBe(fakePassword);
    for (const wrappedKey of [new Uint8Array(0), newWrappedKey(house, copy), (await copyOf(house, kept)).wrappedKey]) {
      expect(() => open(house, { ...copy, wrappedKey })).toThrow(VaultError);
    }
  });

  it('gets through any number of them, and stops when it is told to', async () => {
    const many = Array.from({ length: 120 }, (_, index) => index);
    const { id: _, ...row } = await house.db.connection.findFirstOrThrow();
    const removedAt = new Date(house.clock.now().getTime() - (house.env.JUNCTION_UNDO_DAYS + 1) * 86_400_000);
    await house.db.connection.createMany({
      data: many.map((index) => ({
        ...row,
        id: `01a20000-0000-7000-8000-${String(index).padStart(12, '0')}`,
        name: `Old ${index}`,
        settings: {},
        lastReason: undefined,
        removedAt,
      })),
    });
    const left = () => house.db.connection.count({ where: { removedAt } });
    await purgeRemoved(house, AbortSignal.abort());
    expect(await left()).toBe(120);
    await purge(house);
    expect(await left()).toBe(0);
    const kinds = await house.db.activity.groupBy({
      by: ['kind'],
      where: { subjectName: { startsWith: 'Old ' } },
      _count: true,
    });
    expect(kinds.map(({ kind, _count }) => [kind, _count]).sort()).toEqual([
      ['connection.key-destroyed', 120],
      ['connection.purged', 120],
    ]);
  });
});

describe('a Junction that keeps nothing of what is removed', () => {
  let house: TestHouse;
  let contoso: Place;
  beforeAll(async () => {
    house = await openTestHouse({ env: { JUNCTION_UNDO_DAYS: '0' } });
    contoso = await makeEnvironment(house);
  });
  afterAll(() => house.close());

  it('destroys the key and the row with the removal', async () => {
    const connection = await connect(contoso.asAdmin, contoso.environment.id);
    const writer = await makeExport(house, contoso.environment.id, { connectionId: connection.id });
    expect((await usageOf(contoso.asAdmin, connection)).undoDays).toBe(0);
    const { body } = await remove(contoso.asAdmin, connection);
    expect(body).toMatchObject({ inactivated: 1, restorableUntil: null });
    expect(await house.db.connectionKey.count()).toBe(0);
    expect(await house.db.connectionSecret.count()).toBe(0);
    expect(await house.db.connection.count()).toBe(0);
    const by = { byId: contoso.admin.id, address: '127.0.0.1' };
    expect(await told(house, connection)).toMatchObject([
      { kind: 'connection.deleted', ...by, after: { restorableUntil: null } },
      { kind: 'connection.key-destroyed', ...by },
      { kind: 'connection.purged', ...by },
    ]);
    expect(await house.db.export.findMany()).toMatchObject([{ id: writer.id, connectionId: null }]);
    expect(await removedOf(contoso.asAdmin, contoso.environment.id)).toEqual([]);
    expect((await restore(contoso.asAdmin, connection)).status).toBe(404);
    expect((await contoso.asAdmin(contract.getRemovedConnection, { params: paramsOf(connection) })).status).toBe(404);
  });
});
