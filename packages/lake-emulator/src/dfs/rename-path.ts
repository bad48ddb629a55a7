import type { Access } from '../auth/access.ts';
import { requirePermission } from '../auth/require-permission.ts';
import type { BlobDocument } from '../azurite/azurite-types.ts';
import { isDirectory, type Place, parentOf } from '../azurite/lake-store.ts';
import { header, param, splitResource } from '../lake-request.ts';
import { sendResult } from '../respond.ts';
import { storageError } from '../storage-error.ts';
import { requireSourceConditions, requireWriteConditions } from './conditions.ts';
import { type DfsCall, placeOf, refuseUnsupportedHeaders, requireFilesystem } from './dfs-call.ts';
import { requireLease } from './leases.ts';
import { applyContentHeaders, applyProperties, versionHeaders } from './path-headers.ts';

type Source = { place: Place; access: Access };

/** SDKs that take the source's URL path put the account of a path-style endpoint in front. */
const withoutAccount = ({ store, request }: DfsCall, path: string): string => {
  const isPrefixed = path.startsWith(`/${request.account}/`) && !store.findContainer(request.account, request.account);
  return isPrefixed ? path.slice(request.account.length + 1) : path;
};

/** Reads `x-ms-rename-source`: `/filesystem/path`, optionally with a SAS of its own. */
const readSource = (call: DfsCall, text: string): Source => {
  const [path = '', query = ''] = text.split('?');
  if (!path.startsWith('/')) throw storageError('InvalidSourceUri');
  const source = splitResource(withoutAccount(call, path));
  if (source.container === '' || source.path === '') throw storageError('InvalidSourceUri');
  const access =
    query.includes('sig=') && call.access.kind !== 'key'
      ? call.authenticateSource(query, source.container, source.path)
      : call.access;
  return { place: { account: call.request.account, ...source }, access };
};

/** The directory a new name goes into must be there; unlike create, rename does not make it. */
const requireTargetParent = (call: DfsCall, target: Place): void => {
  const path = parentOf(target.path);
  if (path === '' || !call.account.hierarchicalNamespace) return;
  const parent = call.store.findPath({ ...target, path });
  if (parent && !isDirectory(parent)) throw storageError('InvalidDestinationPath');
  if (!parent) throw storageError('RenameDestinationParentPathNotFound');
};

/** Paths that one call renames on a flat account, where a directory is renamed name by name; the answer then carries a continuation. */
export const RENAME_PAGE = 100;

/** Renaming goes on where it stopped, so the token only has to say that it did. */
const CONTINUATION = 'more';

/** What the first call for a rename looks at. */
const requireRename = (call: DfsCall, source: Place, target: Place, moving: BlobDocument): void => {
  const { request, store } = call;
  const leaseId = header(request, 'x-ms-lease-id');
  requireSourceConditions(request, moving);
  requireLease(moving, header(request, 'x-ms-source-lease-id'), request.receivedAt);
  const isBelowSelf = source.container === target.container && `${target.path}/`.startsWith(`${source.path}/`);
  if (isDirectory(moving) && isBelowSelf) throw storageError('InvalidRenameSourcePath');
  requireTargetParent(call, target);
  const replaced = store.findPath(target);
  requireWriteConditions(request, replaced);
  // Azure breaks a lease on the destination unless the request names one, which then must match.
  if (leaseId !== undefined) requireLease(replaced, leaseId, request.receivedAt);
  if (replaced && isDirectory(replaced) !== isDirectory(moving)) {
    throw storageError('InvalidSourceOrDestinationResourceType');
  }
  if (replaced && isDirectory(replaced) && store.findBelow(target).length > 0) throw storageError('PathAlreadyExists');
};

/**
 * Path - Create with `x-ms-rename-source`: renames a file, or a directory with everything in it, also into another
 * filesystem of the account. One synchronous step inside the store's gate: readers see the old name or the new one.
 * On a flat account a large directory takes several calls.
 */
export const renamePath = async (call: DfsCall, sourceText: string): Promise<void> => {
  const { request, store, access, account } = call;
  refuseUnsupportedHeaders(request);
  const source = readSource(call, sourceText);
  const target = placeOf(call);
  const { renamed, isDone } = await store.exclusive(() => {
    requirePermission(source.access, { ...source.place, resourceType: 'o', anyOf: 'md' });
    requirePermission(access, { ...target, resourceType: 'o', anyOf: 'wc' });
    requireFilesystem(call);
    const moving = store.findPath(source.place);
    if (!moving) throw storageError('SourcePathNotFound');
    const isFirst = account.hierarchicalNamespace || param(request, 'continuation') === undefined;
    const isSelf = source.place.container === target.container && source.place.path === target.path;
    if (isFirst) {
      requireRename(call, source.place, target, moving);
      if (!isSelf) store.removePath(target);
    }
    const below = account.hierarchicalNamespace ? [] : store.findBelow(source.place);
    if (below.length > RENAME_PAGE) {
      // The directory itself comes last: it is what the next call finds.
      const page = below.slice(0, RENAME_PAGE).map(({ name }) => name);
      store.movePath(source.place, target, new Set(page));
      return { renamed: moving, isDone: false };
    }
    if (!isSelf) store.movePath(source.place, target);
    applyContentHeaders(request, moving);
    applyProperties(request, moving);
    return { renamed: store.blobs.update(moving), isDone: true };
  });
  sendResult(call.response, request, 201, {
    ...versionHeaders(renamed),
    'x-ms-continuation': isDone ? undefined : CONTINUATION,
  });
};
