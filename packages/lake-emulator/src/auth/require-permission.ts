import { storageError } from '../storage-error.ts';
import { type Access, covers } from './access.ts';

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
