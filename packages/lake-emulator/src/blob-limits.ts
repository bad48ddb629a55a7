import { type LakeRequest, param } from './lake-request.ts';
import { storageError } from './storage-error.ts';

/** `comp` values that Azurite would take for another operation or answer without doing anything. */
const UNSUPPORTED_OPERATIONS: Readonly<Record<string, string>> = {
  expiry: 'Set Blob Expiry',
  undelete: 'Undelete (soft delete is never on here)',
  query: 'Query Blob Contents',
  immutabilityPolicies: 'Immutability policies',
  legalhold: 'Legal hold',
};

/**
 * Refuses Blob requests that would succeed without doing what they ask.
 * @throws StorageError `NotImplemented` that names the operation.
 */
export const refuseUnsupportedBlobOperation = (request: LakeRequest): void => {
  const operation = UNSUPPORTED_OPERATIONS[param(request, 'comp') ?? ''];
  if (operation) throw storageError('NotImplemented', { message: `${operation} is not implemented by this emulator.` });
  if (request.query.has('showonly')) {
    throw storageError('NotImplemented', { message: 'showonly is not implemented by this emulator.' });
  }
};
