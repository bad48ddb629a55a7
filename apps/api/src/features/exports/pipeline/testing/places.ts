import { startLakeEmulator } from '@junction/lake-emulator';

/** A place to write to, as a connection is set up for it. */
export type Place = {
  type: string;
  settings: Record<string, unknown>;
  secrets: Record<string, string>;
  env: Record<string, string>;
  close(): Promise<void>;
};

export type PlaceKind = 'local-folder' | 'adls-gen2' | 'azure-blob';

const accountKey = Buffer.alloc(64, 1).toString('base64');
const accounts = { 'adls-gen2': 'contosolake', 'azure-blob': 'contosofiles' };

/** Opens a folder of this machine, or a lake: with a hierarchical namespace for ADLS Gen2, a flat one for Blob Storage. */
export const openPlace = async (kind: PlaceKind): Promise<Place> => {
  const folder = { type: kind, settings: { folder: 'destination' }, secrets: {}, env: {}, close: async () => {} };
  if (kind === 'local-folder') return folder;
  const accountName = accounts[kind];
  const lake = await startLakeEmulator({
    accounts: [{ name: accountName, key: accountKey, hierarchicalNamespace: kind === 'adls-gen2' }],
  });
  const endpoint = lake.endpointOf(accountName);
  return {
    type: kind,
    settings: { accountName, endpoint, authentication: 'sharedKey', container: 'exports', baseFolder: 'destination' },
    secrets: { accountKey },
    env: { JUNCTION_ALLOWED_HOSTS: lake.url },
    close: () => lake.close(),
  };
};
