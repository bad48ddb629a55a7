import { requirePermission } from '../auth/require-permission.ts';
import type { BlobDocument, ContainerDocument } from '../azurite/azurite-types.ts';
import { touch } from '../azurite/documents.ts';
import { isDirectory } from '../azurite/lake-store.ts';
import { header, param } from '../lake-request.ts';
import { sendResult } from '../respond.ts';
import { storageError } from '../storage-error.ts';
import { accessOf, aclFromPermissions, formatAcl, mergeAcl, parseAcl, removeFromAcl } from './access-control-list.ts';
import { requireWriteConditions } from './conditions.ts';
import { type DfsCall, placeOf, requireFilesystem, requireHierarchy, requirePath } from './dfs-call.ts';
import { requireLease } from './leases.ts';
import { applyContentHeaders, applyProperties, versionHeaders } from './path-headers.ts';

/** Path - Update, `action=setProperties`: replaces metadata and content headers. */
export const setPathProperties = async (call: DfsCall): Promise<void> => {
  const { request, store, access } = call;
  requirePermission(access, { ...placeOf(call), resourceType: 'o', anyOf: 'w' });
  const changed = await store.exclusive(() => {
    const blob = requirePath(call);
    requireWriteConditions(request, blob);
    requireLease(blob, header(request, 'x-ms-lease-id'), request.receivedAt);
    applyContentHeaders(request, blob);
    applyProperties(request, blob);
    touch(blob);
    return store.blobs.update(blob);
  });
  sendResult(call.response, request, 200, versionHeaders(changed));
};

const save = ({ store }: DfsCall, document: BlobDocument | ContainerDocument): void => {
  if ('snapshot' in document) store.blobs.update(document);
  else store.containers.update(document);
};

const requireTarget = (call: DfsCall): BlobDocument | ContainerDocument =>
  call.request.path === '' ? requireFilesystem(call) : requirePath(call);

/** Path - Update, `action=setAccessControl`: owner, group and either permissions or ACL of one path. */
export const setAccessControl = async (call: DfsCall): Promise<void> => {
  const { request, store, access } = call;
  requireHierarchy(call);
  const owner = header(request, 'x-ms-owner');
  const group = header(request, 'x-ms-group');
  requirePermission(access, { ...placeOf(call), resourceType: 'o', anyOf: owner === undefined ? 'p' : 'o' });
  const permissions = header(request, 'x-ms-permissions');
  const acl = header(request, 'x-ms-acl');
  if (permissions !== undefined && acl !== undefined) {
    throw storageError('InvalidHeaderValue', { message: 'Give x-ms-permissions or x-ms-acl, not both.' });
  }
  const newAcl =
    acl === undefined
      ? permissions === undefined
        ? undefined
        : aclFromPermissions(permissions)
      : formatAcl(parseAcl(acl));
  const changed = await store.exclusive(() => {
    const target = requireTarget(call);
    requireWriteConditions(request, target);
    requireLease(target, header(request, 'x-ms-lease-id'), request.receivedAt);
    const before = target.pathAccess ?? {};
    target.pathAccess = {
      owner: owner ?? before.owner,
      group: group ?? before.group,
      acl: newAcl ?? before.acl,
    };
    save(call, target);
    return target;
  });
  sendResult(call.response, request, 200, versionHeaders(changed));
};

/** Path - Update, `action=setAccessControlRecursive`: sets, modifies or removes ACL entries on a whole tree at once. */
export const setAccessControlRecursive = async (call: DfsCall): Promise<void> => {
  const { request, store, access } = call;
  requireHierarchy(call);
  const place = placeOf(call);
  requirePermission(access, { ...place, resourceType: 'o', anyOf: 'p' });
  const mode = param(request, 'mode');
  const text = header(request, 'x-ms-acl');
  if (mode !== 'set' && mode !== 'modify' && mode !== 'remove') {
    throw storageError('InvalidQueryParameterValue', { message: 'mode must be set, modify or remove.' });
  }
  if (text === undefined) throw storageError('MissingRequiredHeader', { message: 'x-ms-acl is mandatory.' });
  const entries = parseAcl(text, mode !== 'remove');
  const counts = await store.exclusive(() => {
    const root = requireTarget(call);
    let directoriesSuccessful = 0;
    let filesSuccessful = 0;
    for (const target of [root, ...store.findBelow(place)]) {
      const isFolder = !('snapshot' in target) || isDirectory(target);
      const wanted = isFolder ? entries : entries.filter((entry) => !entry.isDefault);
      const current = parseAcl(accessOf(target.pathAccess, isFolder).acl);
      const next =
        mode === 'set' ? wanted : mode === 'modify' ? mergeAcl(current, wanted) : removeFromAcl(current, wanted);
      target.pathAccess = { ...target.pathAccess, acl: formatAcl(next) };
      save(call, target);
      if (isFolder) directoriesSuccessful += 1;
      else filesSuccessful += 1;
    }
    return { directoriesSuccessful, filesSuccessful, failureCount: 0, failedEntries: [] };
  });
  sendResult(call.response, request, 200, {}, counts);
};
