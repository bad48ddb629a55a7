import type { BlobDocument, ContainerDocument } from '../azurite/azurite-types.ts';
import { storageError } from '../storage-error.ts';

/** True while somebody holds the lease, a breaking one included. */
export const isLeased = (document: BlobDocument | ContainerDocument, now: Date): boolean => {
  const { leaseState } = document.properties;
  if (leaseState === 'leased') return document.leaseExpireTime === undefined || now < document.leaseExpireTime;
  return leaseState === 'breaking' && document.leaseBreakTime !== undefined && now < document.leaseBreakTime;
};

/**
 * Lets a write pass when the path is free or the writer names its lease.
 * @throws StorageError `LeaseIdMissing`, `LeaseIdMismatchWithBlobOperation` or `LeaseNotPresentWithBlobOperation`.
 */
export const requireLease = (
  document: BlobDocument | ContainerDocument | undefined,
  leaseId: string | undefined,
  now: Date,
): void => {
  if (!document) return;
  if (isLeased(document, now)) {
    if (leaseId === undefined) throw storageError('LeaseIdMissing');
    if (leaseId.toLowerCase() !== document.leaseId?.toLowerCase()) {
      throw storageError('LeaseIdMismatchWithBlobOperation');
    }
  } else if (leaseId !== undefined) {
    throw storageError('LeaseNotPresentWithBlobOperation');
  }
};
