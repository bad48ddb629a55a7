import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LakeAccount } from '../accounts.ts';
import type { Access } from '../auth/access.ts';
import type { BlobDocument, ExtentStore } from '../azurite/azurite-types.ts';
import { isDirectory, type LakeStore, type Place } from '../azurite/lake-store.ts';
import { header, type LakeRequest } from '../lake-request.ts';
import { storageError } from '../storage-error.ts';

/** Everything a DFS operation works with. */
export type DfsCall = {
  request: LakeRequest;
  message: IncomingMessage;
  response: ServerResponse;
  account: LakeAccount;
  access: Access;
  store: LakeStore;
  extents: ExtentStore;
  /** Proves the SAS that a rename carries for its source, and answers what it allows. */
  authenticateSource(query: string, container: string, path: string): Access;
};

/** The path the request names. */
export const placeOf = ({ request }: DfsCall): Place => ({
  account: request.account,
  container: request.container,
  path: request.path,
});

/** @throws StorageError `FilesystemNotFound`. */
export const requireFilesystem = ({ store, request }: DfsCall) => {
  const found = store.findContainer(request.account, request.container);
  if (!found) throw storageError('FilesystemNotFound');
  return found;
};

/** @throws StorageError `FilesystemNotFound` or `PathNotFound`. */
export const requirePath = (call: DfsCall): BlobDocument => {
  requireFilesystem(call);
  const found = call.store.findPath(placeOf(call));
  if (!found) throw storageError('PathNotFound');
  return found;
};

/** @throws StorageError also `PathConflict` when the path is a directory. */
export const requireFile = (call: DfsCall): BlobDocument => {
  const found = requirePath(call);
  if (isDirectory(found)) throw storageError('PathConflict');
  return found;
};

/** @throws StorageError `HierarchicalNamespaceNotEnabled` on flat accounts, which have no POSIX attributes. */
export const requireHierarchy = (call: DfsCall): void => {
  if (!call.account.hierarchicalNamespace) throw storageError('HierarchicalNamespaceNotEnabled');
};

/** Headers that would change what is stored but are not implemented must not be ignored. */
const UNSUPPORTED = [
  'x-ms-encryption-key',
  'x-ms-encryption-context',
  'x-ms-content-crc64',
  'x-ms-structured-body',
  'x-ms-lease-action',
  'x-ms-expiry-option',
];

/** @throws StorageError `UnsupportedHeader` that names the header. */
export const refuseUnsupportedHeaders = (request: LakeRequest): void => {
  const found = UNSUPPORTED.find((name) => header(request, name) !== undefined);
  if (found)
    throw storageError('UnsupportedHeader', { message: `The header ${found} is not supported by this emulator.` });
};

/** @throws StorageError `ContentLengthMustBeZero` when an operation that takes no body is sent one. */
export const requireEmptyBody = (request: LakeRequest): void => {
  if (Number(header(request, 'content-length') ?? 0) !== 0) throw storageError('ContentLengthMustBeZero');
};
