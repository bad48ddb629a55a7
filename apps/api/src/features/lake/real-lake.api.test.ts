import { connectors } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import {
  DEMO_ACCOUNT,
  type LakeEmulator,
  type SampleLake,
  seedSampleLake,
  startLakeEmulator,
} from '@junction/lake-emulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect } from '../../testing/connections.ts';
import { makeEnvironment } from '../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../testing/house.ts';
import { readDueCatalogs } from './read-due-catalogs.ts';

/** Customers of the sample: enough for two partitions. */
const customers = 6_000;
const { name: account, key } = DEMO_ACCOUNT;
let lake: LakeEmulator;
let sample: SampleLake;
let house: TestHouse;
let contoso: Awaited<ReturnType<typeof makeEnvironment>>;
beforeAll(async () => {
  lake = await startLakeEmulator({ accounts: [DEMO_ACCOUNT] });
  sample = await seedSampleLake({ endpoint: lake.endpointOf(account), account, key }, { customers });
  house = await openTestHouse({ connectors, env: { JUNCTION_ALLOWED_HOSTS: lake.url } });
  contoso = await makeEnvironment(house);
});
afterAll(async () => {
  await house.close();
  await lake.close();
});

const readDue = () => readDueCatalogs(house, new AbortController().signal);
const entities = async () =>
  (await contoso.asViewer(contract.listEntities, { params: { environmentId: contoso.environment.id } })).body.value;

it.each(['adls-gen2', 'azure-blob'])('the entities of a lake appear, and stay while it breaks: %s', async (type) => {
  const connection = await connect(contoso.asAdmin, contoso.environment.id, {
    type,
    name: type,
    settings: {
      accountName: account,
      container: sample.container,
      authentication: 'sharedKey',
      endpoint: lake.endpointOf(account),
      readsEntities: true,
      entityFolder: sample.folder,
    },
    secrets: { accountKey: key },
  });
  const params = { environmentId: contoso.environment.id, connectionId: connection.id };
  const refresh = async () => {
    house.passSeconds(1);
    const { status, body } = await contoso.asAdmin(contract.refreshCatalog, { params });
    expect(status).toBe(200);
    return body;
  };
  expect(connection.readsEntities).toBe(true);
  await readDue();
  const before = await entities();
  expect(before.map(({ group, name }) => `${group}/${name}`)).toEqual([
    'activity/UnifiedActivity',
    'measures/Customer_Measure',
    'profileStore/Customer',
    'segmentation/HighValueCustomers',
    'segmentation/NorthernEurope',
  ]);
  const customer = before.find(({ name }) => name === 'Customer');
  expect(customer).toMatchObject({ rowCount: customers, partitionCount: 2, columnCount: 18, problem: null });
  for (const { bytes, refreshedAt, rowCount } of before) {
    expect(bytes).toBeGreaterThan(10_000);
    expect(rowCount).toBeGreaterThan(100);
    expect(refreshedAt).toBe('2021-07-15T02:30:00.000Z');
  }

  lake.addFault({ match: { account }, fault: { code: 'AuthenticationFailed' } });
  expect(await refresh()).toMatchObject({
    entities: 5,
    problem: { code: expect.stringMatching(/key/i), message: expect.any(String), remedy: expect.any(String) },
  });
  expect(await entities()).toEqual(before);
  lake.clearFaults();

  lake.addFault({
    match: { method: 'GET', path: 'profileStore/model.json' },
    fault: { body: '{"name": "profileStore", ' },
  });
  const broken = await refresh();
  expect(broken).toMatchObject({ entities: 5, problem: null });
  expect(broken.models.filter(({ problem }) => problem !== null)).toEqual([
    {
      path: 'profileStore/model.json',
      entities: 0,
      problem: { code: expect.any(String), message: expect.any(String), remedy: expect.any(String) },
    },
  ]);
  expect(await entities()).toEqual(before);
  lake.clearFaults();

  expect(await refresh()).toMatchObject({ entities: 5, unreadableEntities: 0, problem: null });
  expect(await entities()).toEqual(before);
  expect(
    JSON.stringify(await house.db.entity.findMany(), (_key, value) =>
      typeof value === 'bigint' ? Number(value) : value,
    ),
  ).not.toContain(key);
  await house.db.connection.delete({ where: { id: connection.id } });
});
