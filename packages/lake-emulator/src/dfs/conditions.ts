import type { BlobDocument } from '../azurite/azurite-types.ts';
import { header, type LakeRequest } from '../lake-request.ts';
import { StorageError, type StorageErrorCode, storageError } from '../storage-error.ts';

type Names = { match: string; noneMatch: string; modified: string; unmodified: string; failure: StorageErrorCode };

const TARGET: Names = {
  match: 'if-match',
  noneMatch: 'if-none-match',
  modified: 'if-modified-since',
  unmodified: 'if-unmodified-since',
  failure: 'ConditionNotMet',
};
const SOURCE: Names = {
  match: 'x-ms-source-if-match',
  noneMatch: 'x-ms-source-if-none-match',
  modified: 'x-ms-source-if-modified-since',
  unmodified: 'x-ms-source-if-unmodified-since',
  failure: 'SourceConditionNotMet',
};

const bare = (etag: string): string => etag.trim().replace(/^W\//, '').replaceAll('"', '');

const matches = (list: string, blob: Versioned | undefined): boolean =>
  blob !== undefined && list.split(',').some((one) => one.trim() === '*' || bare(one) === bare(blob.properties.etag));

/** HTTP dates have no milliseconds. */
const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

type Versioned = Pick<BlobDocument, 'properties'> | { properties: { etag: string; lastModified: Date } };

const firstFailure = (
  request: LakeRequest,
  blob: Versioned | undefined,
  names: Names,
): 'changed' | 'unchanged' | undefined => {
  const match = header(request, names.match);
  if (match !== undefined && !matches(match, blob)) return 'changed';
  const unmodified = header(request, names.unmodified);
  if (unmodified !== undefined && blob && seconds(blob.properties.lastModified) > Date.parse(unmodified) / 1000) {
    return 'changed';
  }
  const noneMatch = header(request, names.noneMatch);
  if (noneMatch !== undefined && matches(noneMatch, blob)) return 'unchanged';
  const modified = header(request, names.modified);
  if (modified !== undefined && blob && seconds(blob.properties.lastModified) <= Date.parse(modified) / 1000) {
    return 'unchanged';
  }
  return undefined;
};

/** Conditional headers of a reading request: 412 when it changed, 304 when it did not. */
export const requireReadConditions = (request: LakeRequest, blob: Versioned): void => {
  const failure = firstFailure(request, blob, TARGET);
  if (failure === 'changed') throw storageError('ConditionNotMet');
  if (failure === 'unchanged') {
    throw new StorageError('ConditionNotMet', 304, 'Not modified.', { headers: { ETag: blob.properties.etag } });
  }
};

/** Conditional headers of a writing request: 412, or 409 `PathAlreadyExists` for `If-None-Match: *` on what exists. */
export const requireWriteConditions = (request: LakeRequest, blob: Versioned | undefined): void => {
  if (blob && header(request, 'if-none-match')?.trim() === '*') throw storageError('PathAlreadyExists');
  if (firstFailure(request, blob, TARGET)) throw storageError('ConditionNotMet');
};

/** `x-ms-source-if-*` of a rename, on the source. */
export const requireSourceConditions = (request: LakeRequest, blob: Versioned): void => {
  if (firstFailure(request, blob, SOURCE)) throw storageError('SourceConditionNotMet');
};
