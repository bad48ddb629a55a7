import { storageError } from '../storage-error.ts';
import type { BlobDocument } from './azurite-types.ts';

/** The last of Azurite's parameters for a copy. */
export type CopyOptions = { sourceModifiedAccessConditions?: { sourceIfMatch?: string } };

const bare = (etag: string): string => etag.replaceAll('"', '');

/** Azurite has one code for the conditions of both ends of a copy; Azure names the end. Throws for the source. */
export const requireCopySource = (source: BlobDocument | undefined, options: CopyOptions | undefined): void => {
  if (source === undefined) throw storageError('CannotVerifyCopySource');
  const wanted = options?.sourceModifiedAccessConditions?.sourceIfMatch;
  if (wanted !== undefined && wanted !== '*' && bare(wanted) !== bare(source.properties.etag)) {
    throw storageError('SourceConditionNotMet');
  }
};

/** What is left of conditions that are not met is about the target. */
export const asTargetCondition = (error: unknown): unknown => {
  const isCondition =
    error instanceof Error && 'storageErrorCode' in error && error.storageErrorCode === 'ConditionNotMet';
  return isCondition ? storageError('TargetConditionNotMet') : error;
};
