import { requirePermission } from '../auth/require-permission.ts';
import type { BlobDocument } from '../azurite/azurite-types.ts';
import { isDirectory } from '../azurite/lake-store.ts';
import { type LakeRequest, param } from '../lake-request.ts';
import { sendResult } from '../respond.ts';
import { storageError } from '../storage-error.ts';
import { accessOf } from './access-control-list.ts';
import { type DfsCall, requireFilesystem } from './dfs-call.ts';
import { versionHeaders } from './path-headers.ts';

/** "If omitted or greater than 5,000, the response will include up to 5,000 items." */
const MAX_PAGE = 5000;

/** Windows file time counts 100 ns steps since 1601. */
const fileTime = (date: Date): string => ((BigInt(date.getTime()) + 11_644_473_600_000n) * 10_000n).toString();

/** Children follow their directory directly, as in a tree, so `/` sorts before every other character. */
const treeOrder = (name: string): string => name.replaceAll('/', '\u0000');

const pageSize = (request: LakeRequest): number => {
  const text = param(request, 'maxresults');
  if (text === undefined) return MAX_PAGE;
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1) {
    throw storageError('InvalidQueryParameterValue', { message: 'maxResults must be a whole number of at least 1.' });
  }
  return Math.min(size, MAX_PAGE);
};

const readContinuation = (request: LakeRequest): string | undefined => {
  const token = param(request, 'continuation');
  return token ? Buffer.from(token, 'base64url').toString('utf8') : undefined;
};

/** A listed path; a flat account also lists directories that exist only as a prefix of names. */
type Listed = { name: string; blob: BlobDocument | undefined };

const listedBelow = (blobs: readonly BlobDocument[], directory: string, isRecursive: boolean): Listed[] => {
  const start = directory === '' ? 0 : directory.length + 1;
  const listed = new Map<string, BlobDocument | undefined>();
  for (const blob of blobs) {
    const slash = isRecursive ? -1 : blob.name.indexOf('/', start);
    if (slash < 0) listed.set(blob.name, blob);
    else if (!listed.has(blob.name.slice(0, slash))) listed.set(blob.name.slice(0, slash), undefined);
  }
  return [...listed].map(([name, blob]) => ({ name, blob }));
};

const toEntry = ({ name, blob }: Listed, isHierarchical: boolean) => {
  if (!blob) return { name, isDirectory: 'true', contentLength: '0' };
  const posix = isHierarchical ? accessOf(blob.pathAccess, isDirectory(blob)) : undefined;
  return {
    name,
    ...(isDirectory(blob) ? { isDirectory: 'true' } : {}),
    contentLength: String(blob.properties.contentLength ?? 0),
    lastModified: blob.properties.lastModified.toUTCString(),
    etag: blob.properties.etag.replaceAll('"', ''),
    creationTime: blob.properties.creationTime && fileTime(blob.properties.creationTime),
    ...(posix && { owner: posix.owner, group: posix.group, permissions: posix.permissions }),
  };
};

/** Path - List: everything below a directory, or one level of it, in tree order, in pages. */
export const listPaths = async (call: DfsCall): Promise<void> => {
  const { request, store, access, account } = call;
  const recursive = param(request, 'recursive');
  if (recursive !== 'true' && recursive !== 'false') {
    throw storageError('MissingRequiredQueryParameter', { message: 'recursive must be true or false.' });
  }
  const directory = (param(request, 'directory') ?? '').replace(/^\/+|\/+$/g, '');
  const place = { account: request.account, container: request.container, path: directory };
  requirePermission(access, { ...place, resourceType: 'c', anyOf: 'l' });
  const size = pageSize(request);
  const after = readContinuation(request);
  const filesystem = requireFilesystem(call);
  const { found, entries } = await store.exclusive(() => ({
    found: directory === '' ? undefined : store.findPath(place),
    entries: listedBelow(store.findBelow(place), directory, recursive === 'true'),
  }));
  if (directory !== '' && !(found && isDirectory(found)) && entries.length === 0) throw storageError('PathNotFound');
  const sorted = entries
    .map((entry) => ({ entry, key: treeOrder(entry.name) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = sorted.slice(0, size);
  const last = sorted.length > page.length ? page.at(-1)?.key : undefined;
  sendResult(
    call.response,
    request,
    200,
    {
      ...versionHeaders(filesystem),
      'x-ms-continuation': last && Buffer.from(last, 'utf8').toString('base64url'),
    },
    { paths: page.map(({ entry }) => toEntry(entry, account.hierarchicalNamespace)) },
  );
};
