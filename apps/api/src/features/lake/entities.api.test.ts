import * as contract from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../testing/connections.ts';
import { makeEntity } from '../../testing/exports.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { fillFakeStore } from '../../testing/fake-model.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { allPages } from '../../testing/pages.ts';
import { findEntities, findEntityStates, readDueCatalogs } from './index.ts';

let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
let other: Awaited<ReturnType<typeof makeEnvironment>>;
let north: contract.Connection;
let south: contract.Connection;
beforeAll(async () => {
  house = await openTestHouse();
  [contoso, other] = [await makeEnvironment(house), await makeEnvironment(house)];
  const profiles = [
    {
      name: 'Customer',
      description: 'Unified profiles',
      columns: ['Id', 'Name'],
      rows: 20_000,
      files: ['a.csv', 'b.csv'],
    },
    { name: 'account' },
  ];
  fillFakeStore('north.example', { 'ci/profileStore': profiles, 'ci/activity': [{ name: 'Visit' }] });
  fillFakeStore('south.example', { ci: [{ name: 'Order', columns: [], files: ['../../secret-place/x.csv'] }] });
  const source = (name: string) =>
    connect(contoso.asAdmin, contoso.environment.id, {
      name,
      settings: { host: `${name}.example`.toLowerCase(), entityFolder: 'ci' },
    });
  [south, north] = [await source('South'), await source('North')];
  await readDueCatalogs(house, new AbortController().signal);
});
afterAll(() => house.close());

type Query = { search?: string; filter?: string; skiptoken?: string; maxpagesize?: number };
const list = (query: Query = {}, client = contoso.asViewer, environmentId = contoso.environment.id) =>
  client(contract.listEntities, { params: { environmentId }, query });
const names = async (query: Query = {}) => (await list(query)).body.value.map(({ name }) => name);
const idOf = async (name: string) => (await list({ search: name })).body.value[0]?.id ?? '';
const read = (entityId: string, client = contoso.asViewer, environmentId = contoso.environment.id) =>
  client(contract.getEntity, { params: { environmentId, entityId } });

describe('the list of entities', () => {
  it('has those of all sources, by source, group and name, for every member', async () => {
    const { body } = await list();
    expect(body.value.map(({ source, group, name }) => [source.name, group, name])).toEqual([
      ['North', 'activity', 'Visit'],
      ['North', 'profileStore', 'account'],
      ['North', 'profileStore', 'Customer'],
      ['South', '', 'Order'],
    ]);
    expect(body.value[2]).toEqual({
      id: expect.any(String),
      name: 'Customer',
      description: 'Unified profiles',
      source: { connectionId: north.id, name: 'North' },
      group: 'profileStore',
      columnCount: 2,
      partitionCount: 2,
      rowCount: 20_000,
      bytes: 200,
      refreshedAt: '2026-01-02T03:04:05.000Z',
      problem: null,
    });
    expect((await list({}, other.asAdmin, other.environment.id)).body.value).toEqual([]);
  });

  it('is searched in names, descriptions and sources, and narrowed to sources', async () => {
    expect(await names({ search: 'CUST' })).toEqual(['Customer']);
    expect(await names({ search: 'unified' })).toEqual(['Customer']);
    expect(await names({ search: 'south' })).toEqual(['Order']);
    expect(await names({ search: '%' })).toEqual([]);
    expect(await names({ filter: `source eq '${south.id}'` })).toEqual(['Order']);
    expect(await names({ filter: `source in ('${north.id}','${south.id}')`, search: 'o' })).toHaveLength(4);
    for (const filter of ["source eq 'North'", "name eq 'Customer'", `source ge '${north.id}'`]) {
      const { problem } = await list({ filter });
      expect(problem).toMatchObject({ status: 400, code: 'invalidInput', errors: [{ field: 'filter' }] });
    }
  });

  it('comes in pages in which nothing is twice or missing', async () => {
    const long = 'Ω"\\'.repeat(100);
    for (const suffix of ['1', '2', '3'])
      await makeEntity(
        house,
        { environmentId: contoso.environment.id, connectionId: south.id },
        { model: `${long}/model.json`, name: long + suffix },
      );
    const all = await names({ maxpagesize: 200 });
    const pages = await allPages((skiptoken) => list({ maxpagesize: 1, skiptoken }));
    expect(pages.flat().map(({ name }) => name)).toEqual(all);
    expect(all).toHaveLength(7);
    await house.db.entity.deleteMany({ where: { name: { startsWith: long } } });
  });

  it.each(['x', '{}', '["North"', '[1]', '["\ud800"]', '["\0"]'])(
    'refuses a token that is none of its own: %j',
    async (key) => {
      const token = (order: string) => Buffer.from(JSON.stringify([order, key, north.id])).toString('base64url');
      const { problem } = await list({ skiptoken: token('place') });
      expect(problem).toMatchObject({ status: 400, errors: [{ field: 'skiptoken' }] });
    },
  );
});

describe('an entity', () => {
  it('is shown with its columns and partitions, and without where these are', async () => {
    const { body, text } = await read(await idOf('Customer'));
    expect(body.columns).toEqual([
      { name: 'Id', type: 'text', dataType: 'string' },
      { name: 'Name', type: 'text', dataType: 'string' },
    ]);
    expect(body.partitions[0]).toEqual({
      name: 'a.csv',
      format: 'CSV, comma, with header, UTF-8',
      bytes: 100,
      refreshedAt: '2026-01-02T03:04:05.000Z',
      problem: null,
    });
    expect(text).not.toMatch(/profileStore\/|location|etag/i);
  });

  it('shows only the first of very many partitions', async () => {
    const partition = { name: 'p', location: 'p.csv', format: { type: 'parquet' } };
    const at = { environmentId: contoso.environment.id, connectionId: north.id };
    const count = contract.shownPartitions + 1;
    const { id } = await makeEntity(house, at, { partitions: Array(count).fill(partition), partitionCount: count });
    const { body } = await read(id);
    expect([body.partitions.length, body.partitionCount]).toEqual([contract.shownPartitions, count]);
    await house.db.entity.delete({ where: { id } });
  });

  it('that cannot be read says why: places to admins only', async () => {
    const id = await idOf('Order');
    const [asAdmin, asContributor] = [await read(id, contoso.asAdmin), await read(id, contoso.asContributor)];
    expect(asAdmin.body.problem?.message).toContain('../../secret-place');
    expect(asAdmin.body.partitions[0]?.problem?.message).toContain('../../secret-place');
    expect(asContributor.body.problem).toMatchObject({ code: 'partitionsUnreadable', remedy: expect.any(String) });
    expect(asContributor.text).not.toContain('../');
    expect((await list({ search: 'Order' })).text).not.toContain('../');
    expect((await list({ search: 'Order' }, contoso.asAdmin)).text).toContain('../../secret-place');
    const [state] = await findEntityStates(house.db, contoso.environment.id, [id]);
    expect(state?.problem).toEqual(asContributor.body.problem);
  });

  it('that is gone is in no list and still says what it was', async () => {
    const at = { environmentId: contoso.environment.id, connectionId: north.id };
    const { id, name } = await makeEntity(house, at, { goneAt: house.clock.now() });
    expect(await names({ search: name })).toEqual([]);
    expect((await read(id)).body).toMatchObject({ name, problem: { code: 'entityGone' } });
    expect(await findEntities(house.db, contoso.environment.id, [id])).toMatchObject([
      {
        id,
        name,
        connectionId: north.id,
        sourceName: 'North',
        columns: [{}, {}, {}, {}],
        goneAt: expect.any(Date),
        problem: { code: 'entityGone' },
      },
    ]);
  });

  it('is not there for another environment, nor while its source is removed', async () => {
    const id = await idOf('Order');
    expect((await read(id, other.asAdmin, other.environment.id)).status).toBe(404);
    expect(await findEntities(house.db, other.environment.id, [id])).toEqual([]);
    const remove = (removedAt: Date | null) =>
      house.db.connection.update({ where: { id: south.id }, data: { removedAt } });
    await remove(house.clock.now());
    expect((await read(id)).status).toBe(404);
    expect(await names({ search: 'Order' })).toEqual([]);
    expect(await findEntities(house.db, contoso.environment.id, [id])).toEqual([]);
    await remove(null);
    expect((await read(id)).status).toBe(200);
  });
});
