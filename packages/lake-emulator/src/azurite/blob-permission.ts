import type { Access } from '../auth/access.ts';
import { storageError } from '../storage-error.ts';
import { type BlobContext, parts } from './azurite-parts.ts';

/**
 * Checks a Blob request's SAS against Azurite's tables of operations and the permissions they need.
 * @param isPublic asks whether the container is open to anonymous readers for this operation.
 * @throws StorageError as Azure answers each mismatch.
 */
export const requireBlobPermission = async (
  { access }: { access: Access },
  context: BlobContext,
  isPublic: () => Promise<boolean | undefined>,
): Promise<void> => {
  if (access.kind === 'key') return;
  if (access.kind === 'anonymous') {
    if (await isPublic()) return;
    throw storageError('NoAuthenticationInformation');
  }
  const operation = context.operation ?? -1;
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
