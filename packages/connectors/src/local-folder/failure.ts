import type { Verdict } from '../check-run.ts';
import { StoreError } from '../connector.ts';
import { type Facts, type FindingCode, verdictOf } from './findings.ts';

/** A finding that is known before the operating system is asked. */
export class LocalFailure extends Error {
  readonly finding: FindingCode;
  constructor(finding: FindingCode) {
    super(finding);
    this.name = 'LocalFailure';
    this.finding = finding;
  }
}

/** Codes of the operating system. https://man7.org/linux/man-pages/man3/errno.3.html */
const codes: Readonly<Record<string, FindingCode>> = {
  EACCES: 'accessRefused',
  EPERM: 'accessRefused',
  EROFS: 'readOnly',
  ENOSPC: 'diskFull',
  EDQUOT: 'quotaExhausted',
  EFBIG: 'fileTooLong',
  ENAMETOOLONG: 'nameTooLong',
  EILSEQ: 'nameNotAllowed',
  EINVAL: 'nameNotAllowed',
  EEXIST: 'pathConflict',
  ENOTDIR: 'pathConflict',
  EISDIR: 'pathConflict',
  ELOOP: 'leadsOutside',
  EXDEV: 'otherFileSystem',
  // What was just looked at is gone, or what was just emptied has something in it again.
  ENOENT: 'pathBusy',
  ENOTEMPTY: 'pathBusy',
  EBUSY: 'pathBusy',
  ETXTBSY: 'pathBusy',
  EAGAIN: 'pathBusy',
  ESTALE: 'driveAway',
  ENODEV: 'driveAway',
  ENXIO: 'driveAway',
  ENOTCONN: 'driveAway',
  ECONNREFUSED: 'driveAway',
  ECONNRESET: 'driveAway',
  EHOSTDOWN: 'driveAway',
  EHOSTUNREACH: 'driveAway',
  ENETUNREACH: 'driveAway',
  ETIMEDOUT: 'driveAway',
  EIO: 'driveFailed',
  EREMOTEIO: 'driveFailed',
  EMFILE: 'tooManyOpenFiles',
  ENFILE: 'tooManyOpenFiles',
};

/** The operating system's word for an error; empty for any other error. */
export const errnoOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code)
    ? error.code
    : '';

/** Nothing is at the path, or a file where a folder of the path should be. */
export const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(errnoOf(error));

/** What an error of the file system means, as a step's verdict. */
export const verdictOfError = (error: unknown, facts: Facts): Verdict => {
  if (error instanceof LocalFailure) return verdictOf(error.finding, facts);
  const errorCode = errnoOf(error);
  return verdictOf(codes[errorCode] ?? 'unexpected', { ...facts, errorCode: errorCode || undefined });
};

/** The same for whoever reads or writes. */
export const storeErrorOf = (error: unknown, facts: Facts): StoreError => {
  if (error instanceof StoreError) return error;
  const { code, message, remedy, isTransient } = verdictOfError(error, facts);
  return new StoreError({ code, message, remedy: remedy?.text, isTransient: isTransient === true });
};

/** Undefined in place of an error of these kinds. */
export const unless = async <Value>(
  isExpected: (error: unknown) => boolean,
  work: Promise<Value>,
): Promise<Value | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
};
