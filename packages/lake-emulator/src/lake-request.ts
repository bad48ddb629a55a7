import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { TLSSocket } from 'node:tls';
import { storageError } from './storage-error.ts';

/** Which of Azure's two HTTP dialects a request speaks: `<account>.dfs.*` or `<account>.blob.*`. */
export type Protocol = 'dfs' | 'blob';

/** A request, taken apart once; everything behind the front server works on this. */
export type LakeRequest = {
  /** x-ms-request-id of the answer. */
  id: string;
  receivedAt: Date;
  method: string;
  /** Percent-encoded path exactly as it was signed, without the query. */
  rawPath: string;
  rawQuery: string;
  /** Names in lower case, values decoded. A parameter given twice keeps all values. */
  query: ReadonlyMap<string, readonly string[]>;
  headers: IncomingHttpHeaders;
  account: string;
  /** Container or filesystem; empty for the account itself. */
  container: string;
  /** Decoded path below the container, no slash at either end; empty for the container itself. */
  path: string;
  /** The account came from the host name, so the URL's path starts with the container. */
  isHostStyle: boolean;
  /** Known when the host name says so (`contosolake.dfs.localhost`). */
  hostProtocol: Protocol | undefined;
  remoteAddress: string;
  /** It came over TLS. */
  isSecure: boolean;
  /** What a 401 says in `WWW-Authenticate`. */
  challenge: string;
};

/** The request's one value for a query parameter (name in lower case). */
export const param = (request: Pick<LakeRequest, 'query'>, name: string): string | undefined =>
  request.query.get(name)?.[0];

/** One header as a string; empty counts as absent, as in Azure. */
export const header = (request: Pick<LakeRequest, 'headers'>, name: string): string | undefined => {
  const value = request.headers[name];
  const text = Array.isArray(value) ? value.join(',') : value;
  return text === '' ? undefined : text;
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw storageError('InvalidUri');
  }
};

/** Parses a query string. `+` is a space, as Go clients write it; only in a signature it is a plus that was not encoded. */
export const parseQuery = (raw: string): Map<string, string[]> => {
  const query = new Map<string, string[]>();
  for (const pair of raw.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at)).toLowerCase();
    const encoded = at < 0 ? '' : pair.slice(at + 1);
    const value = decode(name === 'sig' ? encoded : encoded.replaceAll('+', ' '));
    query.set(name, [...(query.get(name) ?? []), value]);
  }
  return query;
};

/** Splits `/container/some/path` (encoded) into container and path, both decoded. */
export const splitResource = (encodedPath: string): { container: string; path: string } => {
  const [container = '', ...rest] = encodedPath.replace(/^\/+/, '').split('/');
  const path = rest
    .map(decode)
    .join('/')
    .replaceAll('\\', '/')
    .replace(/^\/+|\/+$/g, '');
  return { container: decode(container), path };
};

const HOST_STYLE = /^(?<account>[a-z0-9]{3,24})(?:\.(?<protocol>dfs|blob))?\.localhost$/i;

type Located = { account: string; resourcePath: string; isHostStyle: boolean; hostProtocol: Protocol | undefined };

const firstSegment = (path: string): string => path.replace(/^\/+/, '').split(/[/?]/)[0] ?? '';

/**
 * Finds the account. The JavaScript SDK's `move()` replaces the whole URL path by `/filesystem/path`, which loses the
 * account of a path-style endpoint; the account then stands in front of the source in `x-ms-rename-source`.
 */
const locate = (message: IncomingMessage, rawPath: string, isAccount: (name: string) => boolean): Located => {
  const host = (message.headers.host ?? '').replace(/:\d+$/, '');
  const hostStyle = HOST_STYLE.exec(host)?.groups;
  if (hostStyle) {
    const { account = '', protocol } = hostStyle;
    return {
      account: account.toLowerCase(),
      resourcePath: rawPath,
      isHostStyle: true,
      hostProtocol: protocol?.toLowerCase() as Protocol | undefined,
    };
  }
  const first = decode(firstSegment(rawPath));
  const source = message.headers['x-ms-rename-source'];
  const sourceAccount = typeof source === 'string' ? firstSegment(source) : '';
  if (!isAccount(first) && isAccount(sourceAccount)) {
    return { account: sourceAccount, resourcePath: rawPath, isHostStyle: false, hostProtocol: undefined };
  }
  const resourcePath = rawPath.replace(/^\/+[^/]*/, '');
  return { account: first, resourcePath, isHostStyle: false, hostProtocol: undefined };
};

/** What requests are read with. */
export type Served = {
  isAccount(name: string): boolean;
  /** What a 401 says over TLS. */
  challenge: string;
};

/**
 * Reads a request in path style (`/account/container/path`) or host style (`account[.dfs|.blob].localhost`).
 * @throws StorageError `InvalidUri` when the URL is not well-formed.
 */
export const parseLakeRequest = (message: IncomingMessage, served: Served): LakeRequest => {
  const url = message.url ?? '/';
  const at = url.indexOf('?');
  const rawPath = at < 0 ? url : url.slice(0, at);
  const rawQuery = at < 0 ? '' : url.slice(at + 1);
  const { resourcePath, ...located } = locate(message, rawPath, served.isAccount);
  const isSecure = message.socket instanceof TLSSocket;
  return {
    id: randomUUID(),
    receivedAt: new Date(),
    method: message.method ?? 'GET',
    rawPath,
    rawQuery,
    query: parseQuery(rawQuery),
    headers: message.headers,
    ...located,
    ...splitResource(resourcePath),
    remoteAddress: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    isSecure,
    challenge: isSecure ? served.challenge : 'SharedKey',
  };
};

const BLOB_ONLY_PARAMETERS = ['comp', 'restype', 'snapshot', 'versionid'];
const DFS_ONLY_PARAMETERS = ['resource', 'action', 'recursive'];

/**
 * Tells DFS from Blob requests that arrive at one and the same URL, by what only one of the two dialects sends;
 * where a request could be both (GET, HEAD or DELETE of a path without parameters), the `Accept` header decides:
 * the generated clients ask for JSON on DFS and for XML on Blob.
 */
export const protocolOf = (request: LakeRequest): Protocol => {
  if (request.hostProtocol) return request.hostProtocol;
  if (request.method === 'PATCH') return 'dfs';
  if (BLOB_ONLY_PARAMETERS.some((name) => request.query.has(name))) return 'blob';
  if (DFS_ONLY_PARAMETERS.some((name) => request.query.has(name))) return 'dfs';
  if (request.headers['x-ms-rename-source'] !== undefined) return 'dfs';
  if (request.method === 'PUT' && request.headers['x-ms-blob-type'] !== undefined) return 'blob';
  return /\bapplication\/json\b/.test(request.headers.accept ?? '') ? 'dfs' : 'blob';
};
