import { requirePermission } from '../auth/require-permission.ts';
import { isDirectory } from '../azurite/lake-store.ts';
import { header, param } from '../lake-request.ts';
import { sendResult } from '../respond.ts';
import { storageError } from '../storage-error.ts';
import { requireWriteConditions } from './conditions.ts';
import { type DfsCall, placeOf, requireFilesystem, requirePath } from './dfs-call.ts';
import { isLeased, requireLease } from './leases.ts';

/**
 * Paths that one call removes from a flat account, or from any account when the client asks for `paginated=true`; the
 * answer then carries a continuation. Otherwise a hierarchical account removes a directory at once.
 */
export const DELETE_PAGE = 100;

/** Deleting goes on where it stopped, so the token only has to say that it did. */
const CONTINUATION = 'more';

/** Path - Delete. `recursive=true` is needed for a directory with something in it. */
export const deletePath = async (call: DfsCall): Promise<void> => {
  const { request, store, access, account } = call;
  const place = placeOf(call);
  requirePermission(access, { ...place, resourceType: 'o', anyOf: 'd' });
  const isRecursive = param(request, 'recursive') === 'true';
  const isPaged = !account.hierarchicalNamespace || param(request, 'paginated') === 'true';
  const remaining = await store.exclusive(() => {
    requireFilesystem(call);
    const below = store.findBelow(place);
    const isImplicit = !account.hierarchicalNamespace && below.length > 0 && !store.findPath(place);
    if (!isImplicit) {
      const target = requirePath(call);
      requireWriteConditions(request, target);
      requireLease(target, header(request, 'x-ms-lease-id'), request.receivedAt);
      if (!isDirectory(target)) {
        store.removePath(place);
        return 0;
      }
    }
    if (below.length > 0 && !isRecursive) throw storageError('DirectoryNotEmpty');
    if (below.some((blob) => isLeased(blob, request.receivedAt))) throw storageError('LeaseIdMissing');
    const page = isPaged ? below.sort((a, b) => (a.name < b.name ? 1 : -1)).slice(0, DELETE_PAGE) : below;
    const removed = new Set(page.map(({ name }) => name));
    if (page.length === below.length) removed.add(place.path);
    store.removePaths(place, removed);
    return below.length - page.length;
  });
  sendResult(call.response, request, 200, { 'x-ms-continuation': remaining > 0 ? CONTINUATION : undefined });
};
