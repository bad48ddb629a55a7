import { createHash } from 'node:crypto';
import { AppError } from './app-error.ts';

/** The version of a resource as its `etag` field says it, for If-Match. */
export const versionTag = (version: number): string => `"v${version}"`;

/**
 * The ETag header: the version, then a hash of the whole representation. If-Match compares the version alone, so that a
 * health probe does not make an edit stale; If-None-Match compares both, so that a cached copy is never too old.
 */
export const headerTag = (body: string, etag: string | undefined): string => {
  const hash = createHash('sha1').update(body).digest('base64url').slice(0, 16);
  return etag === undefined ? `"${hash}"` : `${etag.slice(0, -1)}.${hash}"`;
};

/** The versions that a change may be made on top of; `any` is whichever there is. */
export type ExpectedVersion = readonly number[] | 'any';

/**
 * The versions that If-Match names, one or a list (RFC 9110 §13.1.1; strong comparison), or `any` for `*`. Throws 428 when it is missing,
 * 412 when none of them can be one of ours.
 */
export const readIfMatch = (header: string | undefined): ExpectedVersion => {
  if (header === undefined || header.trim() === '') {
    throw new AppError('preconditionRequired', 'Send If-Match with the etag of the version you are changing.');
  }
  if (header.trim() === '*') return 'any';
  const versions = header.split(',').flatMap((tag) => {
    const match = /^"v(\d{1,9})(?:\.[\w-]+)?"$/.exec(tag.trim());
    return match ? [Number(match[1])] : [];
  });
  if (versions.length === 0) throw stale();
  return versions;
};

/** What a change gets that was made on top of an older version. */
export const stale = (): AppError =>
  new AppError(
    'preconditionFailed',
    'Somebody changed this since you loaded it. Load it again, compare, and save once more.',
  );

/** Throws 412 unless the change was made on top of the current version, or of whichever (`any`). */
export const requireVersion = (expected: ExpectedVersion, current: number): void => {
  if (expected !== 'any' && !expected.includes(current)) throw stale();
};

/** Whether a cached copy is still good (RFC 9110 §13.1.2; weak comparison). */
export const isFresh = (ifNoneMatch: string | undefined, tag: string): boolean =>
  ifNoneMatch !== undefined &&
  (ifNoneMatch.trim() === '*' ||
    ifNoneMatch.split(',').some((candidate) => candidate.trim().replace(/^W\//, '') === tag));
