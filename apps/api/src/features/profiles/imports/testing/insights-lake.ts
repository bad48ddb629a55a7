import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { type Connector, connectors } from '@junction/connectors/runtime';
import * as contract from '@junction/contracts';
import { type LakeEmulator, startLakeEmulator } from '@junction/lake-emulator';
import { connect } from '../../../../testing/connections.ts';
import { makeEnvironment } from '../../../../testing/factories.ts';
import { openTestHouse, type TestHouse } from '../../../../testing/house.ts';

const account = 'contosolake';
const accountKey = Buffer.alloc(64, 3).toString('base64');
const container = 'customerinsights';
const insightsId = '3f1c8b52-7a4e-4d0b-9c61-5e2a90d7b814';
const folder = `ci_${insightsId}`;

/** What every customer of these tests is called: it must be found nowhere but in the lake. */
export const canary = 'Canarienvogel';

const columns = ['CustomerId', 'FullName', 'Gender', 'BirthDate', 'Country', 'City', 'PostalCode', 'AnnualIncome'];
export const mapping: contract.ProfileMapping = {
  gender: 'Gender',
  birthDate: 'BirthDate',
  country: 'Country',
  city: 'City',
  postalCode: 'PostalCode',
  income: 'AnnualIncome',
};

/** Rows of customers from one number up to before another one. */
export const customers = (from: number, to: number): string => {
  const rows = Array.from({ length: to - from }, (_, index) => {
    const id = from + index;
    const gender = id % 2 === 0 ? 'Female' : 'Male';
    return `${id},${canary} ${id},${gender},1980-03-0${1 + (id % 9)},Germany,Bremen,28195,${30_000 + id}`;
  });
  return rows.map((row) => `${row}\n`).join('');
};

const modelOf = (files: readonly string[], names: readonly string[], url: string) =>
  JSON.stringify({
    name: 'profileStore',
    version: '1.0',
    entities: [
      {
        $type: 'LocalEntity',
        name: 'Customer',
        attributes: names.map((name) => ({ name, dataType: 'string' })),
        partitions: files.map((name) => ({
          name,
          location: `${url}/${container}/${folder}/profileStore/Customer/${name}`,
          fileFormatSettings: { $type: 'CsvFormatSettings', columnHeaders: true, delimiter: ',', encoding: 'UTF-8' },
        })),
      },
    ],
  });

/** The lake of an environment of audience insights, and a house with a connection to it. */
export type InsightsHouse = {
  lake: LakeEmulator;
  house: TestHouse;
  place: Awaited<ReturnType<typeof makeEnvironment>>;
  connection: contract.Connection;
  params: { environmentId: string; connectionId: string };
  /** Writes customers, file by file, and the metadata that names these files. */
  write(files: Readonly<Record<string, string>>, names?: readonly string[]): Promise<void>;
  /** Writes one file, and leaves the metadata as it is. */
  put(name: string, rows: string): Promise<void>;
  /** Sets another connection to the same lake up. */
  connectAgain(): Promise<contract.Connection>;
  /** How the profile data stands. */
  read(): Promise<contract.ProfileImport>;
  settings: Record<string, unknown>;
  secrets: { accountKey: string };
  close(): Promise<void>;
};

export const wrongKey = Buffer.alloc(64, 4).toString('base64');

type Options = { wrap?: (connector: Connector) => Connector; env?: Record<string, string> };

/** Opens it; the first import waits for a worker. */
export const openInsightsHouse = async ({ wrap = (one) => one, env = {} }: Options = {}): Promise<InsightsHouse> => {
  const lake = await startLakeEmulator({
    port: 0,
    accounts: [{ name: account, key: accountKey, hierarchicalNamespace: true }],
  });
  const url = lake.endpointOf(account);
  const store = new BlobServiceClient(url, new StorageSharedKeyCredential(account, accountKey)).getContainerClient(
    container,
  );
  await store.create();
  const upload = (path: string, text: string) =>
    store.getBlockBlobClient(`${folder}/${path}`).upload(text, Buffer.byteLength(text));
  const header = `${columns.join()}\n`;
  const put = async (name: string, rows: string) => {
    await upload(`profileStore/Customer/${name}`, header + rows);
  };
  const write: InsightsHouse['write'] = async (files, names = columns) => {
    for (const [name, rows] of Object.entries(files))
      await upload(`profileStore/Customer/${name}`, `${names.join()}\n${rows}`);
    await upload('profileStore/model.json', modelOf(Object.keys(files), names, url));
  };
  await write({ 'a.csv': customers(0, 40), 'b.csv': customers(40, 60) });
  const house = await openTestHouse({
    connectors: connectors.map(wrap),
    env: { JUNCTION_ALLOWED_HOSTS: lake.url, ...env },
  });
  const place = await makeEnvironment(house);
  const { environment, asAdmin } = place;
  const secrets = { accountKey };
  const settings = {
    accountName: account,
    environmentId: insightsId,
    environmentFolder: `${container}/${folder}`,
    authentication: 'sharedKey',
    endpoint: lake.url,
  };
  const connectAgain = () =>
    connect(asAdmin, environment.id, {
      type: 'audience-insights',
      settings,
      secrets,
      profiles: { mapping, everyHours: 6 },
    });
  const connection = await connectAgain();
  const params = { environmentId: environment.id, connectionId: connection.id };
  return {
    lake,
    house,
    place,
    connection,
    params,
    write,
    put,
    connectAgain,
    read: async () => (await asAdmin(contract.getProfileImport, { params })).body,
    settings,
    secrets,
    close: async () => {
      await house.close();
      await lake.close();
    },
  };
};
