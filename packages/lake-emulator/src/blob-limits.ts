import { type LakeRequest, param } from './lake-request.ts';
import { storageError } from './storage-error.ts';

/** `comp` values that Azurite would take for another operation or answer without doing anything. */
const UNSUPPORTED_OPERATIONS: Readonly<Record<string, string>> = {
  expiry: 'Set Blob Expiry',
  undelete: 'Undelete (soft delete is never on here)',
  query: 'Query Blob Contents',
  immutabilityPolicies: 'Immutability policies',
  legalhold: 'Legal hold',
  rename: 'Rename Container',
};

/**
 * Refuses Blob requests that would succeed without doing what they ask.
 * @throws StorageError `NotImplemented` that names the operation; `AuthenticationFailed` for a user delegation key.
 */
export const refuseUnsupportedBlobOperation = (request: LakeRequest): void => {
  const comp = param(request, 'comp') ?? '';
  // Tokens have been refused before, so whoever arrives here signed with the key or a SAS, which Azure refuses like this.
  if (comp === 'userdelegationkey') {
    throw storageError('AuthenticationFailed', { detail: 'Only authentication scheme Bearer is supported' });
  }
  const operation = UNSUPPORTED_OPERATIONS[comp];
  if (operation) throw storageError('NotImplemented', { message: `${operation} is not implemented by this emulator.` });
  if (request.query.has('showonly')) {
    throw storageError('NotImplemented', { message: 'showonly is not implemented by this emulator.' });
  }
};
