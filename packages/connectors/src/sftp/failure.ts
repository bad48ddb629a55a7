import type { Verdict } from '../check-run.ts';
import { StoreError } from '../connector.ts';
import { networkCauseOf } from '../outbound/network-cause.ts';
import { OutboundRefused } from '../outbound/outbound.ts';
import type { Facts } from './findings/finding.ts';
import { type FindingCode, verdictOf } from './findings/findings.ts';

/** Why something did not work, as a row of the table. Holds nothing of what was sent or answered, so no secret can be in it. */
export class SftpFailure extends Error {
  readonly code: FindingCode;
  /** What is known beside the facts of the place. */
  readonly about: Partial<Facts>;
  constructor(code: FindingCode, about: Partial<Facts> = {}) {
    super(code);
    this.name = 'SftpFailure';
    this.code = code;
    this.about = about;
  }
}

/** A failure in words, for a check. */
export const verdictOfFailure = (error: unknown, facts: Facts): Verdict => {
  const { code, about } = error instanceof SftpFailure ? error : new SftpFailure('unexpected');
  return verdictOf(code, { ...facts, ...about });
};

/** A failure in words, for an export. */
export const storeErrorOf = (error: unknown, facts: Facts): StoreError => {
  if (error instanceof StoreError) return error;
  const { code, message, remedy, isTransient = false } = verdictOfFailure(error, facts);
  return new StoreError({ code, message, remedy: remedy?.text, isTransient });
};

/** Why there is no socket: the guard refused it, or nobody answered. */
export const failureOfSocket = (error: unknown): SftpFailure => {
  if (error instanceof OutboundRefused) {
    const { message, remedy, code } = error.refusal;
    return new SftpFailure(code, { refusal: message, refusalRemedy: remedy });
  }
  const cause = networkCauseOf(error);
  switch (cause) {
    case 'connectionRefused':
    case 'connectionReset':
    case 'hostUnreachable':
    case 'noAnswer':
      return new SftpFailure(cause);
    default:
      return new SftpFailure('unexpected');
  }
};
