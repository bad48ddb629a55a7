import { requirePermission } from '../auth/require-permission.ts';
import type { BlobDocument } from '../azurite/azurite-types.ts';
import { newDirectory, newFile } from '../azurite/documents.ts';
import { isDirectory } from '../azurite/lake-store.ts';
import { header, param } from '../lake-request.ts';
import { sendResult } from '../respond.ts';
import { storageError } from '../storage-error.ts';
import { aclFromPermissions } from './access-control-list.ts';
import { requireWriteConditions } from './conditions.ts';
import {
  type DfsCall,
  placeOf,
  refuseUnsupportedHeaders,
  requireEmptyBody,
  requireFilesystem,
  requireHierarchy,
} from './dfs-call.ts';
import { requireLease } from './leases.ts';
import { applyContentHeaders, applyProperties, versionHeaders } from './path-headers.ts';

/** What a umask takes away when the request sets permissions without one. */
const DEFAULT_UMASK = 0o027;

const applyPosix = (call: DfsCall, blob: BlobDocument): void => {
  const { request } = call;
  const permissions = header(request, 'x-ms-permissions');
  const acl = header(request, 'x-ms-acl');
  const owner = header(request, 'x-ms-owner');
  const group = header(request, 'x-ms-group');
  if ((permissions ?? acl ?? owner ?? group) === undefined) return;
  requireHierarchy(call);
  const umask = header(request, 'x-ms-umask');
  const mask = umask === undefined ? DEFAULT_UMASK : Number.parseInt(umask, 8);
  blob.pathAccess = {
    owner,
    group,
    acl: acl ?? (permissions === undefined ? undefined : aclFromPermissions(permissions, mask)),
  };
};

/** Path - Create with `resource=file` or `resource=directory`. */
export const createPath = async (call: DfsCall): Promise<void> => {
  const { request, store, access } = call;
  const resource = param(request, 'resource');
  if (resource !== 'file' && resource !== 'directory') {
    throw storageError('InvalidQueryParameterValue', { message: 'resource must be file or directory.' });
  }
  refuseUnsupportedHeaders(request);
  requireEmptyBody(request);
  const place = placeOf(call);
  const created = await store.exclusive(() => {
    requireFilesystem(call);
    const existing = store.findPath(place);
    const anyOf = existing ? 'w' : 'cw';
    requirePermission(access, { container: place.container, path: place.path, resourceType: 'o', anyOf });
    requireWriteConditions(request, existing);
    requireLease(existing, header(request, 'x-ms-lease-id'), request.receivedAt);
    if (existing && isDirectory(existing) !== (resource === 'directory')) throw storageError('PathConflict');
    store.ensureParents(place);
    if (existing && resource === 'directory') {
      applyProperties(request, existing);
      applyPosix(call, existing);
      return store.blobs.update(existing);
    }
    const fresh = resource === 'directory' ? newDirectory(place) : { ...newFile(place), isMadeByPath: true as const };
    applyContentHeaders(request, fresh);
    applyProperties(request, fresh);
    applyPosix(call, fresh);
    store.removePath(place);
    return store.blobs.insert(fresh);
  });
  sendResult(call.response, request, 201, { ...versionHeaders(created), 'x-ms-request-server-encrypted': 'true' });
};
