import { storageError } from '../storage-error.ts';
import { type Access, covers } from './access.ts';
import { isAllowed, type StorageAction } from './roles.ts';

/** What a DFS operation touches, and which SAS permissions (any one of them) it needs. */
export type Demand = {
  container: string;
  /** Empty for the filesystem itself. */
  path: string;
  /** Account SAS resource type: `s`ervice, `c`ontainer or `o`bject. */
  resourceType: 's' | 'c' | 'o';
  /** Any one of these letters of `sp` will do. */
  anyOf: string;
  /** Operations on the filesystem itself are closed to service SAS, except listing. */
  isClosedToServiceSas?: boolean;
};

const ON_FILESYSTEM: Readonly<Record<string, StorageAction>> = {
  l: 'blobServices/containers/read',
  r: 'blobServices/containers/read',
  w: 'blobServices/containers/write',
  c: 'blobServices/containers/write',
  d: 'blobServices/containers/delete',
};

const ON_PATH: Readonly<Record<string, StorageAction>> = {
  l: 'blobServices/containers/blobs/read',
  r: 'blobServices/containers/blobs/read',
  e: 'blobServices/containers/blobs/read',
  w: 'blobServices/containers/blobs/write',
  c: 'blobServices/containers/blobs/write',
  a: 'blobServices/containers/blobs/add/action',
  d: 'blobServices/containers/blobs/delete',
  m: 'blobServices/containers/blobs/move/action',
  o: 'blobServices/containers/blobs/manageOwnership/action',
  p: 'blobServices/containers/blobs/modifyPermissions/action',
};

/** The actions of roles that do what the letters of a SAS do. Listing a directory is about its paths. */
const actionsFor = ({ resourceType, anyOf, isClosedToServiceSas }: Demand): StorageAction[] => {
  const isOfFilesystem = resourceType === 's' || isClosedToServiceSas === true;
  const table = isOfFilesystem ? ON_FILESYSTEM : ON_PATH;
  return [...anyOf].flatMap((letter) => table[letter] ?? []);
};

const hasAny = (permissions: string, anyOf: string): boolean =>
  [...anyOf].some((letter) => permissions.includes(letter));

/**
 * Lets a DFS operation pass or refuses it.
 * @throws StorageError `NoAuthenticationInformation`, `AuthorizationServiceMismatch`, `AuthorizationResourceTypeMismatch`,
 *   `AuthorizationPermissionMismatch` or `AuthorizationFailure`.
 */
export const requirePermission = (access: Access, demand: Demand): void => {
  switch (access.kind) {
    case 'key':
      return;
    case 'anonymous':
      throw storageError('NoAuthenticationInformation');
    case 'principal':
      if (!actionsFor(demand).some((action) => isAllowed(access.roles, action, demand.container))) {
        throw storageError('AuthorizationPermissionMismatch');
      }
      return;
    case 'account-sas':
      if (!access.services.includes('b')) throw storageError('AuthorizationServiceMismatch');
      if (!access.resourceTypes.includes(demand.resourceType)) throw storageError('AuthorizationResourceTypeMismatch');
      if (!hasAny(access.permissions, demand.anyOf)) throw storageError('AuthorizationPermissionMismatch');
      return;
    case 'service-sas':
      if (demand.isClosedToServiceSas || !covers(access, demand.container, demand.path)) {
        throw storageError('AuthorizationFailure');
      }
      if (!hasAny(access.permissions, demand.anyOf)) throw storageError('AuthorizationPermissionMismatch');
  }
};
