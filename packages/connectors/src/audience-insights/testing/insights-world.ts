import { type LakeEmulator, startLakeEmulator } from '@junction/lake-emulator';
import { containerOf, flatAccount, keylessAccount, lakeAccount, lakeKey } from '../../testing/lake-subject.ts';
import type { RawTarget } from '../../testing/run-check.ts';

export const environmentId = '3f1c8b52-7a4e-4d0b-9c61-5e2a90d7b814';
export const insightsContainer = 'customerinsights';
export const folder = `ci_${environmentId}`;

export const allColumns = ['CustomerId', 'Gender', 'BirthDate', 'Country', 'City', 'PostalCode', 'AnnualIncome'];

type Entity = { name?: string; columns?: readonly string[]; locations?: readonly string[]; $type?: string };

/** A model.json as audience insights wrote it, refreshed when the storage says so. */
export const modelJson = (entities: readonly Entity[], more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    name: 'profileStore',
    version: '1.0',
    entities: entities.map(({ name = 'Customer', columns = allColumns, locations = [], $type = 'LocalEntity' }) => ({
      $type,
      name,
      attributes: columns.map((column) => ({ name: column, dataType: 'string' })),
      partitions: locations.map((location) => ({ location, fileFormatSettings: { $type: 'CsvFormatSettings' } })),
    })),
    ...more,
  });

/** The lake of an environment, and what tests need to change it. */
export type InsightsWorld = {
  lake: LakeEmulator;
  /** Puts files into the container; their content by their path from its top. */
  put(files: Readonly<Record<string, string>>): Promise<void>;
  remove(path: string): Promise<void>;
  /** The URL that metadata gives for a path. */
  urlOf(path: string): string;
  target(settings?: Record<string, unknown>, secrets?: Record<string, string>): RawTarget;
};

export const openInsightsWorld = async (): Promise<InsightsWorld> => {
  const lake = await startLakeEmulator({
    port: 0,
    accounts: [
      { name: lakeAccount, key: lakeKey, hierarchicalNamespace: true },
      { name: flatAccount, key: lakeKey, hierarchicalNamespace: false },
      { name: keylessAccount, key: lakeKey, hierarchicalNamespace: true, sharedKeyAccess: false },
    ],
  });
  const container = containerOf(lake, lakeAccount, insightsContainer);
  await Promise.all([container.create(), containerOf(lake, flatAccount, insightsContainer).create()]);
  const world: InsightsWorld = {
    lake,
    async put(files) {
      for (const [path, text] of Object.entries(files)) {
        const bytes = Buffer.from(text);
        await container.getBlockBlobClient(path).upload(bytes, bytes.length);
      }
    },
    async remove(path) {
      await container.getBlockBlobClient(path).delete();
    },
    urlOf: (path) => `${lake.endpointOf(lakeAccount)}/${insightsContainer}/${path}`,
    target: (settings = {}, secrets = { accountKey: lakeKey }) => ({
      settings: {
        accountName: lakeAccount,
        environmentId,
        environmentFolder: folder,
        authentication: 'sharedKey',
        endpoint: lake.url,
        ...settings,
      },
      secrets,
    }),
  };
  const files = ['a', 'b'].map((name) => `${folder}/profileStore/Customer/${name}.csv`);
  await world.put({
    ...Object.fromEntries(files.map((path) => [path, 'CustomerId\n1\n'])),
    [`${folder}/profileStore/model.json`]: modelJson([{ locations: files.map(world.urlOf) }]),
  });
  return world;
};
