import { StoreError } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, fakePassword } from '../../testing/connections.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { fakeReadings, fakeStores } from '../../testing/fake-connector.ts';
import { fillFakeStore } from '../../testing/fake-model.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { startWorker } from '../../worker/worker.ts';
import { readDueCatalogs } from './read-due-catalogs.ts';
import { claimDue, claimOne, claimSeconds } from './store.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  house = await openTestHouse();
  contoso = await makeEnvironment(house);
});
beforeEach(async () => {
  await house.db.connection.deleteMany();
  fakeStores.clear();
});
afterAll(() => house.close());

const source = (name: string, settings: Record<string, unknown> = {}) =>
  connect(contoso.asAdmin, contoso.environment.id, {
    settings: { host: `${name}.example`, entityFolder: 'ci', ...settings },
    saveAnyway: true,
  });
const paramsOf = ({ id }: { id: string }) => ({ environmentId: contoso.environment.id, connectionId: id });
const edit = async (connection: contract.Connection, body: contract.BodyInput<typeof contract.updateConnection>) => {
  const reply = await contoso.asAdmin(contract.updateConnection, {
    params: paramsOf(connection),
    body,
    ifMatch: connection.etag,
  });
  expect(reply.status).toBe(200);
  return reply.body;
};
const verify = async (connection: contract.Connection) => {
  house.passSeconds(1);
  await contoso.asAdmin(contract.checkConnection, { params: paramsOf(connection), body: {} });
};
const readHosts = async (signal = new AbortController().signal) => {
  const before = fakeReadings.length;
  await readDueCatalogs(house, signal);
  return fakeReadings.slice(before);
};
const catalogOf = async (connection: contract.Connection) =>
  (await contoso.asAdmin(contract.getCatalog, { params: paramsOf(connection) })).body;
const entitiesOf = (connection: contract.Connection) =>
  house.db.entity.findMany({ where: { connectionId: connection.id }, orderBy: { name: 'asc' } });
const liveNames = async (connection: contract.Connection) =>
  (await entitiesOf(connection)).filter(({ goneAt }) => goneAt === null).map(({ name }) => name);

describe('a source', () => {
  it('is read as soon as it is saved, after every check that passed, and not otherwise', async () => {
    fillFakeStore('new.example', { 'ci/profileStore': [{ name: 'Customer', files: ['a.csv'] }] });
    const connection = await source('new');
    await connect(contoso.asAdmin, contoso.environment.id, { settings: { host: 'no-source.example' } });
    await source('failing', { outcome: 'failing' });
    await edit(await source('paused'), { isPaused: true });
    expect(await catalogOf(connection)).toMatchObject({ readAt: null, entities: 0, models: [], problem: null });
    expect(await readHosts()).toEqual(['new.example']);
    expect(await readHosts()).toEqual([]);
    expect(await catalogOf(connection)).toMatchObject({
      readAt: expect.any(String),
      entities: 1,
      unreadableEntities: 0,
      models: [{ path: 'profileStore/model.json', entities: 1, problem: null }],
      problem: null,
    });
    expect(await entitiesOf(connection)).toMatchObject([
      { name: 'Customer', model: 'profileStore/model.json', columnCount: 1, partitionCount: 1, bytes: 100n },
    ]);
    await verify(connection);
    expect(await readHosts()).toEqual(['new.example']);
    await edit(connection, { name: 'Renamed' });
    expect(await readHosts()).toEqual(['new.example']);
  });

  it('keeps the ids of its entities, also of one that goes and comes back', async () => {
    const stores = (names: string[]) =>
      fillFakeStore('ids.example', { ci: names.map((name) => ({ name, rows: names.length })) });
    stores(['A', 'B']);
    const connection = await source('ids');
    await readHosts();
    const before = await entitiesOf(connection);
    stores(['B', 'C', 'D']);
    await verify(connection);
    await readHosts();
    const [a, b] = await entitiesOf(connection);
    expect(a).toMatchObject({ id: before[0]?.id, goneAt: expect.any(Date) });
    expect(b).toMatchObject({ id: before[1]?.id, goneAt: null, rowCount: 3n });
    expect(await liveNames(connection)).toEqual(['B', 'C', 'D']);
    stores(['A']);
    await verify(connection);
    await readHosts();
    expect((await entitiesOf(connection))[0]).toMatchObject({ id: before[0]?.id, goneAt: null, rowCount: 1n });
    expect(await liveNames(connection)).toEqual(['A']);
  });

  it('leaves rows alone in which nothing differs', async () => {
    fillFakeStore('same.example', { ci: [{ name: 'A', files: ['a.csv'] }] });
    const connection = await source('same');
    const writtenBy = () =>
      house.db.$queryRaw`SELECT xmin::text FROM "Entity" WHERE "connectionId" = ${connection.id}::uuid`;
    await readHosts();
    const before = await writtenBy();
    await verify(connection);
    expect(await readHosts()).toEqual(['same.example']);
    expect(await writtenBy()).toEqual(before);
  });

  it('that cannot be read shows why, keeps the entities it had, and is not tried again until something happens', async () => {
    fillFakeStore('flaky.example', { ci: [{ name: 'A' }] });
    const connection = await source('flaky');
    await readHosts();
    const { readAt } = await catalogOf(connection);
    const message = `The key ${fakePassword} is not right.`;
    const failures = [
      new StoreError({ code: 'keyRejected', message, remedy: 'Enter it again.', isTransient: false }),
      new Error(message),
    ];
    for (const fails of failures) {
      fakeStores.set('flaky.example', { fails });
      await verify(connection);
      expect(await readHosts()).toEqual(['flaky.example']);
      expect(await readHosts()).toEqual([]);
      const catalog = await catalogOf(connection);
      expect(catalog).toMatchObject({
        entities: 1,
        models: [{ path: 'model.json', entities: 1 }],
        problem:
          fails instanceof StoreError
            ? { code: 'keyRejected', message: 'The key [secret] is not right.', remedy: 'Enter it again.' }
            : { code: 'readBroke', remedy: expect.any(String) },
      });
      expect(new Date(catalog.readAt ?? 0).getTime()).toBeGreaterThan(new Date(readAt ?? 0).getTime());
    }
    expect(house.logLines().join()).toContain('reading a source broke');
    expect(house.logLines().join()).not.toContain(fakePassword);
    fillFakeStore('flaky.example', { ci: [{ name: 'B' }] });
    await verify(connection);
    await readHosts();
    expect(await catalogOf(connection)).toMatchObject({ problem: null });
    expect(await liveNames(connection)).toEqual(['B']);
  });

  it('keeps what stands in a metadata file that is broken now, and no more than that', async () => {
    fillFakeStore('broken.example', { 'ci/one': [{ name: 'A' }], 'ci/two': [{ name: 'B' }, { name: 'C' }] });
    const connection = await source('broken');
    await readHosts();
    fillFakeStore('broken.example', { 'ci/two': [{ name: 'C' }] });
    fakeStores.set('broken.example', {
      files: { ...fakeStores.get('broken.example')?.files, 'ci/one/model.json': '{"name": "one", ' },
    });
    await verify(connection);
    await readHosts();
    expect(await liveNames(connection)).toEqual(['A', 'C']);
    expect((await catalogOf(connection)).models).toMatchObject([
      { path: 'one/model.json', entities: 0, problem: { code: expect.any(String), remedy: expect.any(String) } },
      { path: 'two/model.json', entities: 1, problem: null },
    ]);
  });

  it('is none any more: its entities are gone and its catalog is forgotten, until it is one again', async () => {
    fillFakeStore('unmarked.example', { ci: [{ name: 'A' }] });
    const connection = await source('unmarked');
    await readHosts();
    const [before] = await entitiesOf(connection);
    const unmarked = await edit(connection, { settings: { entityFolder: null } });
    expect(await readHosts()).toEqual([]);
    expect(await liveNames(connection)).toEqual([]);
    expect((await contoso.asAdmin(contract.getCatalog, { params: paramsOf(connection) })).status).toBe(404);
    await edit(unmarked, { settings: { entityFolder: 'ci' } });
    expect(await readHosts()).toEqual(['unmarked.example']);
    expect(await entitiesOf(connection)).toMatchObject([{ id: before?.id, goneAt: null }]);
  });

  it('whose catalog cannot be stored says so, and is not read over and over', async () => {
    fillFakeStore('huge.example', { ci: [{ name: 'A' }] });
    const connection = await source('huge');
    await house.db.$executeRaw`ALTER TABLE "Entity" ADD CONSTRAINT "refused" CHECK ("name" <> 'A')`;
    try {
      expect(await readHosts()).toEqual(['huge.example']);
      expect(await readHosts()).toEqual([]);
      expect((await catalogOf(connection)).problem).toMatchObject({ code: 'keepBroke', remedy: expect.any(String) });
    } finally {
      await house.db.$executeRaw`ALTER TABLE "Entity" DROP CONSTRAINT "refused"`;
    }
    await verify(connection);
    await readHosts();
    expect(await catalogOf(connection)).toMatchObject({ problem: null, entities: 1 });
  });

  it('with a stored secret that cannot be opened says what to do', async () => {
    const connection = await source('sealed');
    await house.db.connectionSecret.updateMany({
      where: { connectionId: connection.id },
      data: { sealed: new Uint8Array(60) },
    });
    expect(await readHosts()).toEqual([]);
    expect((await catalogOf(connection)).problem).toMatchObject({
      code: 'secretUnreadable',
      remedy: expect.any(String),
    });
  });
});

describe('readers', () => {
  it('of which there are two read each source once', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `shared-${index}`);
    for (const name of names) await source(name);
    const before = fakeReadings.length;
    const { signal } = new AbortController();
    await Promise.all([readDueCatalogs(house, signal), readDueCatalogs(house, signal)]);
    expect(fakeReadings.slice(before).sort()).toEqual(names.map((name) => `${name}.example`).sort());
  });

  it('that crash are followed by another one when their claim has run out', async () => {
    const connection = await source('crashed');
    expect(await claimDue(house.db, house.clock.now(), 5)).toMatchObject([{ connectionId: connection.id }]);
    expect(await claimOne(house.db, house.clock.now(), connection.id)).toBeUndefined();
    expect(await readHosts()).toEqual([]);
    house.passSeconds(claimSeconds);
    expect(await readHosts()).toEqual(['crashed.example']);
  });

  /** A source whose reader is in the middle of reading these names until it may go on. */
  const readSlowly = async (name: string, host: string) => {
    const { promise, resolve } = Promise.withResolvers();
    const connection = await source(host);
    fillFakeStore(`${host}.example`, { ci: [{ name }] }, { waits: promise });
    const before = fakeReadings.length;
    const reading = readDueCatalogs(house, new AbortController().signal);
    await vi.waitFor(() => expect(fakeReadings.length).toBe(before + 1));
    const goOn = () => {
      resolve(undefined);
      return reading;
    };
    return { connection, goOn };
  };

  it('that take long have the source for themselves all the while', async () => {
    const { connection, goOn } = await readSlowly('Customer', 'long');
    const claimedUntil = async () =>
      (await house.db.catalog.findUniqueOrThrow({ where: { connectionId: connection.id } })).claimedUntil?.getTime();
    const first = (await claimedUntil()) ?? 0;
    await expect.poll(claimedUntil, { timeout: 30_000, interval: 200 }).toBeGreaterThan(first);
    await goOn();
    expect(await claimedUntil()).toBeUndefined();
    expect(await liveNames(connection)).toEqual(['Customer']);
  });

  it('that stood still for so long that another one has read change nothing any more', async () => {
    const { connection, goOn } = await readSlowly('Old', 'still');
    house.passSeconds(claimSeconds);
    fillFakeStore('still.example', { ci: [{ name: 'New' }] });
    const refreshed = await contoso.asAdmin(contract.refreshCatalog, { params: paramsOf(connection) });
    await goOn();
    expect(await catalogOf(connection)).toEqual(refreshed.body);
    expect(await liveNames(connection)).toEqual(['New']);
  });

  it('throw away what they read of a connection that was changed or removed meanwhile', async () => {
    const connection = await source('slow');
    const meanwhile = async (name: string, change: () => Promise<unknown>) => {
      const { promise, resolve } = Promise.withResolvers();
      const before = fakeReadings.length;
      fillFakeStore('slow.example', { ci: [{ name }] }, { waits: promise });
      const reading = readDueCatalogs(house, new AbortController().signal);
      await vi.waitFor(() => expect(fakeReadings.length).toBe(before + 1));
      await change();
      resolve(undefined);
      await reading;
      return (await entitiesOf(connection)).map((entity) => entity.name);
    };
    const changed = meanwhile('old', async () => {
      fillFakeStore('slow.example', { ci: [{ name: 'new' }] });
      await edit(connection, { name: 'Changed' });
    });
    expect(await changed).toEqual(['new']);
    await verify(connection);
    const removed = meanwhile('newer', () =>
      house.db.connection.update({ where: { id: connection.id }, data: { removedAt: house.clock.now() } }),
    );
    expect(await removed).toEqual(['new']);
  });

  it('stop with the worker, keep nothing of what was cut off, and let others begin at once', async () => {
    fakeStores.set('hanging.example', { waits: new Promise(() => {}) });
    const connection = await source('hanging');
    const before = fakeReadings.length;
    const worker = startWorker(house);
    await vi.waitFor(() => expect(fakeReadings.slice(before)).toContain('hanging.example'));
    await worker.stop();
    expect(await catalogOf(connection)).toMatchObject({ readAt: null, problem: null });
    fillFakeStore('hanging.example', { ci: [{ name: 'A' }] });
    expect(await readHosts()).toEqual(['hanging.example']);
    expect(await liveNames(connection)).toEqual(['A']);
  });
});
