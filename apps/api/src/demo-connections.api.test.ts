import { connectors } from '@junction/connectors/runtime';
import { DEMO_ACCOUNT, type LakeEmulator, seedSampleLake, startLakeEmulator } from '@junction/lake-emulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seedDemo } from './demo.ts';
import { seedDemoConnections } from './demo-connections.ts';
import { readDueCatalogs } from './features/lake/index.ts';
import { openTestHouse, type TestHouse } from './testing/house.ts';

const { name: accountName, key: accountKey } = DEMO_ACCOUNT;
let lake: LakeEmulator;
let house: TestHouse;
beforeAll(async () => {
  lake = await startLakeEmulator({ accounts: [DEMO_ACCOUNT] });
  house = await openTestHouse({ connectors, env: { JUNCTION_ALLOWED_HOSTS: lake.url } });
});
afterAll(async () => {
  await house.close();
  await lake.close();
});

it('the demo has a source, a destination and a profile report, once, and starts without them when the lake is away', async () => {
  const endpoint = lake.endpointOf(accountName);
  const {
    container,
    exportsContainer,
    folder: entityFolder,
  } = await seedSampleLake({ endpoint, account: accountName, key: accountKey }, { customers: 10 });
  const sample = { accountName, accountKey, endpoint, container, entityFolder, exportsContainer };
  const seed = () => seedDemoConnections(house, sample);
  const names = async () =>
    (await house.db.connection.findMany({ orderBy: { name: 'asc' } })).map(({ name, lastOutcome, sharedWith }) => [
      name,
      lastOutcome,
      sharedWith,
    ]);

  await seed();
  expect(await names()).toEqual([]);
  await seedDemo(house, 'a password of the demo');
  lake.addFault({ match: {}, fault: { code: 'ServerBusy' } });
  await seed();
  expect(await names()).toEqual([]);
  expect(house.logLines().join()).toContain('could not be set up');
  lake.clearFaults();

  await seed();
  const healthy = [
    ['Contoso customers', 'passed', 'admins'],
    ['Contoso exports', 'passed', 'adminsAndContributors'],
    ['Contoso lake', 'passed', 'adminsAndContributors'],
  ];
  expect(await names()).toEqual(healthy);
  await readDueCatalogs(house, new AbortController().signal);
  const entities = await house.db.entity.findMany({ orderBy: { name: 'asc' } });
  expect(entities.map(({ name, problem }) => [name, problem])).toContainEqual(['Customer', null]);

  await seed();
  expect(await names()).toEqual(healthy);
  await house.db.connection.deleteMany();
  await seed();
  expect(await names()).toEqual([]);
});
