import type { StoragePlace } from '../storage-place.ts';
import { accountInHost, hostFor } from '../storage-url.ts';

const parsed = (text: string): URL | undefined => {
  // abfss://container@account.dfs…/path is the same as https://account.dfs…/container/path.
  const abfs = /^abfss?:\/\/([^@/]+)@([^/]+)(.*)$/is.exec(text.trim());
  const url = URL.parse(abfs === null ? text.trim() : `https://${abfs[2]}/${abfs[1]}${abfs[3]}`);
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined;
};

/** One name for the hosts of an account: Data Lake and Blob are the same files, with or without private link. */
const hostOf = (url: URL): string => hostFor(url.host, 'blob').replace('.privatelink.', '.');

/** What follows the account in a URL's path; undefined when the URL is not of this account. */
const pathInAccount = (url: URL, { account, endpoints }: StoragePlace): string | undefined => {
  for (const base of [endpoints.dfs, endpoints.blob].map((endpoint) => new URL(endpoint))) {
    const start = `${base.pathname.replace(/\/+$/, '')}/`;
    if (hostOf(base) === hostOf(url) && url.pathname.startsWith(start)) return url.pathname.slice(start.length);
    // An emulator or a proxy stands for the account; what was written beside it may name the account's own host.
    const isStandIn = accountInHost(base.hostname) === undefined;
    if (isStandIn && accountInHost(url.hostname) === account) return url.pathname.slice(1);
  }
  return undefined;
};

const decoded = (path: string): string[] | undefined => {
  try {
    const segments = path.split('/').map(decodeURIComponent);
    return segments.filter((segment) => segment !== '');
  } catch {
    return undefined;
  }
};

const otherAccount = (url: URL): string => {
  const account = accountInHost(url.hostname);
  return account === undefined ? `another store (${url.host})` : `another account (${account})`;
};

/** Where a URL lies in the container of a place, or what else it points at. Says nothing of its query, which may hold a signature. */
export const locateIn =
  (place: StoragePlace) =>
  (text: string): { path: string } | { elsewhere: string } => {
    const url = parsed(text);
    if (url === undefined) return { elsewhere: 'something that is no http URL' };
    const inside = pathInAccount(url, place);
    if (inside === undefined) return { elsewhere: otherAccount(url) };
    const [container, ...path] = decoded(inside) ?? [];
    if (container === undefined) return { elsewhere: 'no container' };
    return container === place.container ? { path: path.join('/') } : { elsewhere: `another container (${container})` };
  };
