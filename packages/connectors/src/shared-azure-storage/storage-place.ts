import { AnonymousCredential, StorageSharedKeyCredential } from '@azure/storage-blob';
import { readSas, type Sas } from './sas.ts';
import { storageEndpoint } from './storage-endpoint.ts';

/** The settings and secrets of both connectors, as their manifests return them. */
export type StorageTarget = {
  settings: {
    accountName: string;
    container: string;
    baseFolder?: string;
    authentication: 'sharedKey' | 'sas';
    endpoint?: string;
  };
  secrets: { accountKey?: string; sasToken?: string };
};

/** Where files are kept, and with what credential: everything a client of the SDK is made from. */
export type StoragePlace = {
  account: string;
  container: string;
  /** Empty for the container itself. */
  folder: string;
  endpoints: { dfs: string; blob: string };
  credential: StorageSharedKeyCredential | AnonymousCredential;
  /** What the SAS token says about itself, when there is one. */
  sas?: Sas;
  /** `?` and the SAS token, or nothing: the SDK takes it as part of the URL. */
  query: string;
  hasCredential: boolean;
  hasCustomEndpoint: boolean;
};

/** Reads a target whose settings and secrets have been parsed by the manifest. */
export const placeOf = ({ settings, secrets }: StorageTarget): StoragePlace => {
  const token = settings.authentication === 'sas' ? (secrets.sasToken ?? '') : '';
  return {
    account: settings.accountName,
    container: settings.container,
    folder: settings.baseFolder ?? '',
    endpoints: { dfs: storageEndpoint(settings, 'dfs'), blob: storageEndpoint(settings, 'blob') },
    credential:
      settings.authentication === 'sharedKey'
        ? new StorageSharedKeyCredential(settings.accountName, secrets.accountKey ?? '')
        : new AnonymousCredential(),
    sas: settings.authentication === 'sas' ? readSas(token) : undefined,
    query: token === '' ? '' : `?${token}`,
    hasCredential: (settings.authentication === 'sas' ? token : (secrets.accountKey ?? '')) !== '',
    hasCustomEndpoint: settings.endpoint !== undefined,
  };
};
