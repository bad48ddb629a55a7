import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  BlobServiceClient,
  type ContainerClient,
  ContainerSASPermissions,
  generateAccountSASQueryParameters,
  generateBlobSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import { type LakeEmulator, startLakeEmulator } from '@junction/lake-emulator';
import type { Connector } from '../connector.ts';
import type { ContractSubject } from '../connector-contract.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { serveBreaking } from './breaking-proxy.ts';
import { freePort, serveTcp } from './servers.ts';

/** Canaries: nothing that comes out of a check may contain them. */
export const lakeKey = Buffer.from('canary-account-key-'.padEnd(64, '*')).toString('base64');
export const wrongKey = Buffer.from('canary-wrong-key-'.padEnd(64, '*')).toString('base64');

/** Accounts of the emulator: a lake, a flat one, and one that allows no keys. */
export const lakeAccount = 'contosolake';
export const flatAccount = 'contosofiles';
export const keylessAccount = 'contosokeyless';

export const container = 'exports';

export const startLake = async (): Promise<LakeEmulator> => {
  const lake = await startLakeEmulator({
    port: 0,
    accounts: [
      { name: lakeAccount, key: lakeKey, hierarchicalNamespace: true },
      { name: flatAccount, key: lakeKey, hierarchicalNamespace: false },
      { name: keylessAccount, key: lakeKey, hierarchicalNamespace: true, sharedKeyAccess: false },
    ],
  });
  for (const account of [lakeAccount, flatAccount]) await containerOf(lake, account).create();
  return lake;
};

/** The SDK's own client, past guard and check, to prepare and to look. */
export const containerOf = (lake: LakeEmulator, account: string, name = container) =>
  new BlobServiceClient(lake.endpointOf(account), new StorageSharedKeyCredential(account, lakeKey)).getContainerClient(
    name,
  );

/** The names of everything in a container. */
export const namesIn = async (store: ContainerClient): Promise<string[]> => {
  const names: string[] = [];
  for await (const { name } of store.listBlobsFlat()) names.push(name);
  return names;
};

/** The names of everything in the container of an account. */
export const contentsOf = (lake: LakeEmulator, account: string): Promise<string[]> =>
  namesIn(containerOf(lake, account));

const inDays = (days: number): Date => new Date(Date.now() + days * 24 * 60 * 60 * 1000);

export type SasOptions = {
  permissions?: string;
  services?: string;
  resourceTypes?: string;
  startsInDays?: number;
  expiresInDays?: number;
  address?: string;
  httpsOnly?: boolean;
  key?: string;
};

/** An account SAS that may do everything, but for what the options say. */
export const accountSas = (options: SasOptions = {}): string =>
  generateAccountSASQueryParameters(
    {
      permissions: AccountSASPermissions.parse(options.permissions ?? 'rwdlac'),
      services: AccountSASServices.parse(options.services ?? 'b').toString(),
      resourceTypes: AccountSASResourceTypes.parse(options.resourceTypes ?? 'sco').toString(),
      startsOn: options.startsInDays === undefined ? undefined : inDays(options.startsInDays),
      expiresOn: inDays(options.expiresInDays ?? 30),
      ipRange: options.address === undefined ? undefined : { start: options.address },
      protocol: options.httpsOnly === true ? SASProtocol.Https : SASProtocol.HttpsAndHttp,
    },
    new StorageSharedKeyCredential(lakeAccount, options.key ?? lakeKey),
  ).toString();

/** A service SAS for the container; with a policy's name it has neither permissions nor an end of its own. */
export const containerSas = ({
  permissions = 'racwdl',
  policy,
}: {
  permissions?: string;
  policy?: string;
} = {}): string =>
  generateBlobSASQueryParameters(
    policy === undefined
      ? { containerName: container, permissions: ContainerSASPermissions.parse(permissions), expiresOn: inDays(30) }
      : { containerName: container, identifier: policy },
    new StorageSharedKeyCredential(lakeAccount, lakeKey),
  ).toString();

/** A store that speaks the protocols of Azure Storage, and how its connector is opened with small pages. */
export type StorageStore = {
  url: string;
  port: number;
  account: string;
  key: string;
  container: ContainerClient;
  inSmallPages: {
    source: NonNullable<Connector['openSource']>;
    destination: NonNullable<Connector['openDestination']>;
  };
  close(): Promise<void>;
};

/** What a connector of Azure Storage brings to the contract suite. */
export const openStorageSubject = async (store: StorageStore): Promise<ContractSubject> => {
  const { url, account, key, inSmallPages } = store;
  const silent = await serveTcp(() => undefined);
  const breaking = await serveBreaking(store.port);
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  const target = (endpoint: string, accountKey: string) => ({
    settings: { accountName: account, container, baseFolder: 'a/b', authentication: 'sharedKey', endpoint },
    secrets: { accountKey },
  });
  const put = async (files: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(files)) {
      const bytes = Buffer.from(text);
      await store.container.getBlockBlobClient(path).upload(bytes, bytes.length);
    }
  };
  return {
    outbound: createOutbound({ allowedHosts: [url, silent.url, breaking.url, nowhere] }),
    healthy: target(url, key),
    wrongSecret: { ...target(url, wrongKey), failsAt: 'authenticate' },
    hanging: target(silent.url, key),
    unreachable: target(nowhere, key),
    contents: () => namesIn(store.container),
    source: {
      openInSmallPages: inSmallPages.source,
      put,
      urlOf: (path) => `${url}/${account}/${container}/${path.split('/').map(encodeURIComponent).join('/')}`,
    },
    destination: {
      openInSmallPages: inSmallPages.destination,
      baseFolder: 'a/b',
      put,
      breaking: target(breaking.url, key),
    },
    close: async () => {
      await Promise.all([store.close(), silent.close(), breaking.close()]);
    },
  };
};

/** The same for an account of the lake emulator. */
export const openLakeSubject = async (
  account: string,
  inSmallPages: StorageStore['inSmallPages'],
): Promise<ContractSubject> => {
  const lake = await startLake();
  const { url, port, close } = lake;
  return openStorageSubject({
    url,
    port,
    account,
    key: lakeKey,
    container: containerOf(lake, account),
    inSmallPages,
    close,
  });
};
