import type { Access } from '../auth/access.ts';
import { BLOB_ACTIONS } from '../auth/blob-actions.ts';
import { isAllowed } from '../auth/roles.ts';
import { header, type LakeRequest, splitResource } from '../lake-request.ts';
import { storageError } from '../storage-error.ts';
import { type BlobContext, parts } from './azurite-parts.ts';

/** The container that a copy reads from (by a path-style URL), when it is one of this account and no SAS speaks for it. */
const copiedContainer = (request: LakeRequest): string | undefined => {
  const source = header(request, 'x-ms-copy-source');
  if (source === undefined || !URL.canParse(source)) return undefined;
  const { pathname, searchParams } = new URL(source);
  if (searchParams.has('sig')) return undefined;
  const prefix = `/${request.account}`;
  return pathname.startsWith(`${prefix}/`) ? splitResource(pathname.slice(prefix.length)).container : undefined;
};

const requireRole = (access: Access & { kind: 'principal' }, request: LakeRequest, operation: number): void => {
  const needed = BLOB_ACTIONS[parts.operations[operation] ?? ''];
  if (!needed) {
    throw storageError('NotImplemented', { message: 'This emulator does not do this operation with a token.' });
  }
  const source = copiedContainer(request);
  const isGranted =
    isAllowed(access.roles, needed.action, needed.isOnAccount ? '' : request.container) &&
    (source === undefined || isAllowed(access.roles, 'blobServices/containers/blobs/read', source));
  if (!isGranted) throw storageError('AuthorizationPermissionMismatch');
};

/**
 * Checks a Blob request's roles, or its SAS against Azurite's tables of operations and the permissions they need.
 * @param isPublic asks whether the container is open to anonymous readers for this operation.
 * @throws StorageError as Azure answers each mismatch.
 */
export const requireBlobPermission = async (
  { access, request }: { access: Access; request: LakeRequest },
  context: BlobContext,
  isPublic: () => Promise<boolean | undefined>,
): Promise<void> => {
  if (access.kind === 'key') return;
  if (access.kind === 'anonymous') {
    if (await isPublic()) return;
    throw storageError('NoAuthenticationInformation');
  }
  const operation = context.operation ?? -1;
  if (access.kind === 'principal') {
    requireRole(access, request, operation);
    return;
  }
  if (access.kind === 'account-sas') {
    const rule = parts.accountSasRules.get(operation);
    if (!access.services.includes('b')) throw storageError('AuthorizationServiceMismatch');
    if (!rule) throw storageError('AuthorizationFailure');
    if (!rule.validateResourceTypes(access.resourceTypes)) throw storageError('AuthorizationResourceTypeMismatch');
    if (!rule.validatePermissions(access.permissions)) throw storageError('AuthorizationPermissionMismatch');
    return;
  }
  const rules =
    access.scope === 'path'
      ? parts.serviceSasRules.OPERATION_BLOB_SAS_BLOB_PERMISSIONS
      : parts.serviceSasRules.OPERATION_BLOB_SAS_CONTAINER_PERMISSIONS;
  const rule = rules.get(operation);
  if (!rule || rule.permission === '') throw storageError('AuthorizationFailure');
  if (!rule.validatePermissions(access.permissions)) throw storageError('AuthorizationPermissionMismatch');
};
