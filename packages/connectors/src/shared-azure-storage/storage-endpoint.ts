import { accountInHost, hostFor, type StorageService } from './storage-url.ts';

/** What the two connectors' settings have in common, as far as the place they point at is concerned. */
export type StorageAddress = { accountName: string; endpoint?: string };

/** The public cloud's domain; the sovereign clouds have others, entered as the endpoint. */
export const defaultSuffix = 'core.windows.net';

/** Normalises a custom endpoint: `core.chinacloudapi.cn` stays a suffix, a URL loses its closing slash; anything else comes back trimmed. */
export const endpointFrom = (text: string): string => {
  const trimmed = text.trim().replace(/\/+$/, '');
  if (!trimmed.includes('://'))
    return trimmed
      .toLowerCase()
      .replace(/^\*?\.+/, '')
      .replace(/^(?:dfs|blob)\./, '');
  try {
    const url = new URL(trimmed);
    return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
  } catch {
    return trimmed;
  }
};

const suffixPattern = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z]$/;

/** What is wrong with a custom endpoint, as a sentence that says what to enter; undefined when nothing is. `typed` is the text before it was normalised. */
export const endpointProblem = (endpoint: string, typed: string): string | undefined => {
  if (/[?&]sig=/i.test(typed)) return 'Leave the part from "?" on away here; it goes into SAS token.';
  if (!endpoint.includes('://')) {
    return suffixPattern.test(endpoint)
      ? undefined
      : 'Enter a URL that begins with https:// (or http:// for an emulator), or an endpoint suffix such as core.chinacloudapi.cn.';
  }
  let url: URL;
  try {
    url = new URL(typed.trim());
  } catch {
    return 'Enter a complete URL, such as https://contosolake.dfs.core.chinacloudapi.cn or http://127.0.0.1:10004.';
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'Begin the endpoint with https://.';
  if (url.username !== '' || url.password !== '') return 'Leave the user name and password out of the endpoint.';
  if (url.search !== '' || url.hash !== '') return 'Leave the part from "?" or "#" on out of the endpoint.';
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  const most = accountInHost(url.hostname) === undefined ? 1 : 0;
  return segments.length > most
    ? 'Enter only the address of the account; container and base folder have fields of their own.'
    : undefined;
};

/** A host of its own says which account it is; the others, emulators mostly, take the account as the first path segment. */
const fromUrl = (endpoint: string, accountName: string, service: StorageService): string => {
  const url = new URL(endpoint);
  if (accountInHost(url.hostname) !== undefined || url.hostname.startsWith(`${accountName}.`)) {
    return `${url.protocol}//${hostFor(url.host, service)}`;
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path === '' ? `/${accountName}` : path}`;
};

/** The URL of an account's service: scheme, host and, where the host does not name it, the account; no slash at the end. */
export const storageEndpoint = ({ accountName, endpoint }: StorageAddress, service: StorageService): string => {
  if (endpoint === undefined) return `https://${accountName}.${service}.${defaultSuffix}`;
  return endpoint.includes('://')
    ? fromUrl(endpoint, accountName, service)
    : `https://${accountName}.${service}.${endpoint}`;
};

/** The account that an endpoint belongs to by its own words; a check compares it with the account name. */
export const accountOfEndpoint = (endpoint: string): string | undefined => {
  const url = new URL(endpoint);
  return accountInHost(url.hostname) ?? (url.pathname.split('/').find((segment) => segment !== '') || undefined);
};
