import { pipeline } from 'node:stream/promises';
import { requirePermission } from '../auth/require-permission.ts';
import type { BlobDocument, ExtentChunk } from '../azurite/azurite-types.ts';
import { isDirectory } from '../azurite/lake-store.ts';
import { type ByteRange, readByteRange } from '../byte-range.ts';
import { type LakeRequest, param } from '../lake-request.ts';
import { sendResult, setServiceHeaders } from '../respond.ts';
import { storageError } from '../storage-error.ts';
import { accessOf } from './access-control-list.ts';
import { requireReadConditions } from './conditions.ts';
import { type DfsCall, placeOf, requireFile, requireFilesystem, requireHierarchy, requirePath } from './dfs-call.ts';
import { pathHeaders, versionHeaders } from './path-headers.ts';

/** The asked range within the file. @throws StorageError `InvalidRange`. */
const rangeWithin = (request: LakeRequest, length: number): ByteRange | undefined => {
  const range = readByteRange(request);
  if (!range) return undefined;
  if (range.start >= length) {
    throw storageError('InvalidRange', { headers: { 'Content-Range': `bytes */${length}` } });
  }
  return { start: range.start, end: Math.min(range.end, length - 1) };
};

const chunksOf = (file: BlobDocument): ExtentChunk[] => {
  if (file.committedBlocksInOrder?.length) return file.committedBlocksInOrder.map((block) => block.persistency);
  return file.persistency ? [file.persistency] : [];
};

/** Path - Read: the content of a file, or a range of it. */
export const readPath = async (call: DfsCall): Promise<void> => {
  const { request, response, access, account, extents } = call;
  requirePermission(access, { ...placeOf(call), resourceType: 'o', anyOf: 'r' });
  const file = requireFile(call);
  requireReadConditions(request, file);
  const length = file.properties.contentLength ?? 0;
  const range = rangeWithin(request, length);
  const { start, end } = range ?? { start: 0, end: length - 1 };
  setServiceHeaders(response, request);
  const headers = pathHeaders(file, account.hierarchicalNamespace, request.receivedAt);
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  response.setHeader('Content-Length', end - start + 1);
  response.statusCode = range ? 206 : 200;
  if (range) response.setHeader('Content-Range', `bytes ${start}-${end}/${length}`);
  const chunks = chunksOf(file);
  if (chunks.length === 0 || length === 0) {
    response.end();
    return;
  }
  await pipeline(await extents.readExtents(chunks, start, end - start + 1, request.id), response);
};

/** Path - Get Properties: everything, the system's part (`getStatus`), or the ACL (`getAccessControl`). */
export const getPathProperties = async (call: DfsCall): Promise<void> => {
  const { request, access, account, store } = call;
  const action = param(request, 'action');
  const place = placeOf(call);
  switch (action) {
    case undefined:
    case 'getStatus': {
      requirePermission(access, { ...place, resourceType: 'o', anyOf: action ? 'er' : 'r' });
      const blob = requirePath(call);
      requireReadConditions(request, blob);
      const headers = pathHeaders(blob, account.hierarchicalNamespace, request.receivedAt);
      if (action === 'getStatus') headers['x-ms-properties'] = undefined;
      sendResult(call.response, request, 200, { ...headers, 'Content-Length': blob.properties.contentLength ?? 0 });
      return;
    }
    case 'getAccessControl': {
      requireHierarchy(call);
      requirePermission(access, { ...place, resourceType: 'o', anyOf: 'er' });
      const filesystem = requireFilesystem(call);
      const found = place.path === '' ? filesystem : store.findPath(place);
      if (!found) throw storageError('PathNotFound');
      requireReadConditions(request, found);
      const resolved = accessOf(found.pathAccess, found === filesystem || isDirectory(found));
      sendResult(call.response, request, 200, {
        ...versionHeaders(found),
        'x-ms-owner': resolved.owner,
        'x-ms-group': resolved.group,
        'x-ms-permissions': resolved.permissions,
        'x-ms-acl': resolved.acl,
      });
      return;
    }
    default:
      throw storageError('NotImplemented', { message: `action=${action} is not implemented by this emulator.` });
  }
};
