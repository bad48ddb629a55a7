/** The two services of a storage account that connectors talk to. */
export type StorageService = 'dfs' | 'blob';

/** What a URL of Azure Storage, or of an emulator, points at. */
export type StorageUrl = {
  /** Scheme and host, with the account as the first path segment where the host does not name it; no slash at the end. */
  endpoint: string;
  account: string;
  container?: string;
  folder?: string;
  /** The query, when it holds a SAS. */
  query?: string;
};

/** `account.dfs.core.windows.net`, `account.z12.blob.storage.azure.net`, `account-secondary…`, `account.privatelink.dfs…`. */
const hostWithAccount = /^([^.]+)\.(?:(?:z\d+|privatelink)\.)?(dfs|blob)\.[^.]+/;

/** The account that a host name of Azure Storage begins with; undefined for any other host. */
export const accountInHost = (hostname: string): string | undefined => hostWithAccount.exec(hostname)?.[1];

/** The same host with the service's own label, as `account.blob…` and `account.dfs…` are the same account. */
export const hostFor = (host: string, service: StorageService): string =>
  hostWithAccount.test(host) ? host.replace(/\.(dfs|blob)\./, `.${service}.`) : host;

const segmentsOf = (url: URL): string[] =>
  url.pathname
    .split('/')
    .filter((segment) => segment !== '')
    .map(decoded);

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const parsedUrl = (text: string): URL | undefined => {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
};

/** Reads `https://account.dfs…/container/folder?sas`, the path-style `http://127.0.0.1:10004/account/container`, and `abfss://container@account.dfs…/folder`. */
export const readStorageUrl = (text: string): StorageUrl | undefined => {
  const abfs = /^abfss?:\/\/([^@/]+)@(.+)$/i.exec(text.trim());
  const url = parsedUrl(abfs === null ? text.trim() : `https://${abfs[2]}`);
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '') return undefined;
  const hostAccount = accountInHost(url.hostname);
  const segments = [...(abfs?.[1] === undefined ? [] : [abfs[1]]), ...segmentsOf(url)];
  const account = hostAccount ?? segments.shift();
  if (account === undefined) return undefined;
  const [container, ...folder] = segments;
  return {
    endpoint: hostAccount === undefined ? `${url.origin}/${account}` : url.origin,
    account,
    container,
    folder: folder.length > 0 ? folder.join('/') : undefined,
    query: url.searchParams.has('sig') ? url.search.slice(1) : undefined,
  };
};

/** The fields of a connection string with lower-case names; undefined when the text is none. */
export const readConnectionString = (text: string): ReadonlyMap<string, string> | undefined => {
  const pairs = text
    .trim()
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, Math.max(at, 0)).trim().toLowerCase(), pair.slice(at + 1).trim()];
    });
  const fields = new Map(pairs);
  const names = ['accountname', 'blobendpoint', 'dfsendpoint', 'usedevelopmentstorage'];
  return names.some((name) => fields.has(name)) ? fields : undefined;
};
