import { accountKeyFrom } from './account-key.ts';
import { isSas, sasTokenFrom } from './sas.ts';
import { defaultSuffix } from './storage-endpoint.ts';
import { accountInHost, readConnectionString, readStorageUrl, type StorageUrl } from './storage-url.ts';

/** What a pasted text fills in: raw values for the form, which its schemas judge like typed ones. */
export type Pasted = { settings: Record<string, string>; secrets: Record<string, string> };

/** The account and key that `UseDevelopmentStorage=true` stands for; published by Microsoft, the same everywhere. */
const development = {
  account: 'devstoreaccount1',
  key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
  endpoint: 'http://127.0.0.1:10000',
};

/** An endpoint is only filled in where the public cloud's own does not do. */
const customEndpoint = ({ endpoint, account }: StorageUrl): string | undefined => {
  const isPublic = new RegExp(`^https://${account}\\.(?:dfs|blob)\\.${defaultSuffix.replaceAll('.', '\\.')}$`, 'i');
  return isPublic.test(endpoint) ? undefined : endpoint;
};

/** Drops what is absent. */
const present = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));

const fromUrl = (text: string): Pasted | undefined => {
  const url = readStorageUrl(text);
  if (url === undefined) return undefined;
  const hasSas = url.query !== undefined && isSas(url.query);
  return {
    settings: present({
      accountName: url.account,
      container: url.container,
      baseFolder: url.folder,
      endpoint: customEndpoint(url),
      authentication: hasSas ? 'sas' : undefined,
    }),
    secrets: present({ sasToken: hasSas ? sasTokenFrom(url.query ?? '') : undefined }),
  };
};

const fromConnectionString = (text: string): Pasted | undefined => {
  const fields = readConnectionString(text);
  if (fields === undefined) return undefined;
  if (fields.get('usedevelopmentstorage')?.toLowerCase() === 'true') {
    return {
      settings: { accountName: development.account, authentication: 'sharedKey', endpoint: development.endpoint },
      secrets: { accountKey: development.key },
    };
  }
  const service = readStorageUrl(fields.get('dfsendpoint') ?? fields.get('blobendpoint') ?? '');
  const suffix = fields.get('endpointsuffix')?.toLowerCase();
  const sas = fields.get('sharedaccesssignature');
  const key = fields.get('accountkey');
  return {
    settings: present({
      accountName: fields.get('accountname') ?? service?.account,
      endpoint: service === undefined ? (suffix === defaultSuffix ? undefined : suffix) : customEndpoint(service),
      authentication: key !== undefined ? 'sharedKey' : sas !== undefined ? 'sas' : undefined,
    }),
    secrets: present({
      accountKey: key === undefined ? undefined : accountKeyFrom(key),
      sasToken: key === undefined && sas !== undefined ? sasTokenFrom(sas) : undefined,
    }),
  };
};

/** Reads a connection string, or a URL of an account, container or folder with or without SAS; undefined when the text is neither. */
export const readPasted = (text: string): Pasted | undefined => {
  const trimmed = text.trim().replace(/^["']|["']$/g, '');
  if (/\s/.test(trimmed.replaceAll(';', ''))) return undefined;
  const isBareHost = !trimmed.includes('://') && accountInHost(trimmed.split(/[/?]/)[0] ?? '') !== undefined;
  return fromConnectionString(trimmed) ?? fromUrl(isBareHost ? `https://${trimmed}` : trimmed);
};
