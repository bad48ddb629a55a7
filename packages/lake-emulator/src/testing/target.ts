import { randomUUID } from 'node:crypto';
import { StorageSharedKeyCredential as BlobKey, BlobServiceClient } from '@azure/storage-blob';
import {
  type DataLakeFileSystemClient,
  DataLakeServiceClient,
  FileSystemSASPermissions,
  StorageSharedKeyCredential,
} from '@azure/storage-file-datalake';
import { DEMO_ACCOUNT, type LakeAccount } from '../accounts.ts';
import { type LakeEmulator, startLakeEmulator } from '../emulator.ts';

/** The account a conformance test talks to. */
export type Target = {
  account: string;
  key: string;
  dfsUrl: string;
  blobUrl: string;
  lake: DataLakeServiceClient;
  blob: BlobServiceClient;
  close(): Promise<void>;
};

const FLAT_ACCOUNT: LakeAccount = { ...DEMO_ACCOUNT, name: 'contosoflat', hierarchicalNamespace: false };

const connect = (
  account: string,
  key: string,
  dfsUrl: string,
  blobUrl: string,
  close: () => Promise<void>,
): Target => ({
  account,
  key,
  dfsUrl,
  blobUrl,
  lake: new DataLakeServiceClient(dfsUrl, new StorageSharedKeyCredential(account, key), {
    retryOptions: { maxTries: 1 },
  }),
  blob: new BlobServiceClient(blobUrl, new BlobKey(account, key), { retryOptions: { maxTries: 1 } }),
  close,
});

/** Clients for one account of a running emulator. */
export const targetOf = (emulator: LakeEmulator, { name, key }: LakeAccount, close = async () => {}): Target =>
  connect(name, key, emulator.endpointOf(name), emulator.endpointOf(name), close);

const REAL = {
  hierarchical: { account: process.env.AZURE_STORAGE_ACCOUNT, key: process.env.AZURE_STORAGE_KEY },
  flat: { account: process.env.AZURE_STORAGE_FLAT_ACCOUNT, key: process.env.AZURE_STORAGE_FLAT_KEY },
};

/** True when the environment names a real account of that kind; emulator-only tests are then not registered. */
export const isReal = (kind: keyof typeof REAL): boolean => Boolean(REAL[kind].account && REAL[kind].key);

/** The real account that the environment names, else an emulator of its own. */
export const openTarget = async (kind: keyof typeof REAL): Promise<Target> => {
  const { account, key } = REAL[kind];
  if (account && key) {
    const [dfs, blob] = ['dfs', 'blob'].map((service) => `https://${account}.${service}.core.windows.net`);
    return connect(account, key, dfs ?? '', blob ?? '', async () => {});
  }
  const wanted = kind === 'flat' ? FLAT_ACCOUNT : DEMO_ACCOUNT;
  const emulator = await startLakeEmulator({ accounts: [wanted] });
  return targetOf(emulator, wanted, () => emulator.close());
};

/** A new filesystem with a name of its own. */
export const newFilesystem = async (target: Target): Promise<DataLakeFileSystemClient> => {
  const filesystem = target.lake.getFileSystemClient(`t-${randomUUID()}`);
  await filesystem.create();
  return filesystem;
};

/** Writes a text file through DFS, as `upload` of the SDK does. */
export const writeFile = async (filesystem: DataLakeFileSystemClient, path: string, text: string): Promise<void> => {
  await filesystem.getFileClient(path).upload(Buffer.from(text));
};

export const readFile = async (filesystem: DataLakeFileSystemClient, path: string): Promise<string> =>
  (await filesystem.getFileClient(path).readToBuffer()).toString('utf8');

/** Names below a directory in the order of the service, directories with a slash at the end. */
export const listNames = async (
  filesystem: DataLakeFileSystemClient,
  options: { path?: string; recursive?: boolean } = { recursive: true },
): Promise<string[]> => {
  const names: string[] = [];
  for await (const path of filesystem.listPaths(options)) names.push(`${path.name}${path.isDirectory ? '/' : ''}`);
  return names;
};

/** `<status> <storage error code>` of a call that must fail. */
export const failureOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
  } catch (error) {
    const { statusCode, code, details } = error as {
      statusCode?: number;
      code?: string;
      details?: { errorCode?: string };
    };
    return `${statusCode} ${details?.errorCode ?? code}`;
  }
  throw new Error('The call succeeded but should have failed.');
};

/** A plain HTTP request to a path, authorised by a filesystem SAS: for what the SDK does not send or does not show. */
export const fetchWithSas = async (
  filesystem: DataLakeFileSystemClient,
  path: string,
  query: string,
  init: RequestInit,
): Promise<Response> => {
  const signed = await filesystem.generateSasUrl({
    permissions: FileSystemSASPermissions.parse('racwdlmeop'),
    expiresOn: new Date(Date.now() + 600_000),
  });
  const [base, sas] = signed.split('?');
  const target = path === '' ? base : `${base}/${encodeURI(path)}`;
  const headers = { 'x-ms-version': '2023-11-03', accept: 'application/json', ...init.headers };
  return fetch(`${target}?${[query, sas].filter(Boolean).join('&')}`, { ...init, headers });
};
