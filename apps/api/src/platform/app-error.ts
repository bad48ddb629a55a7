import type { Action, CheckResult, ConnectionUsage, ErrorCode, FieldError } from '@junction/contracts';

type Details = {
  errors?: FieldError[];
  check?: CheckResult;
  usage?: ConnectionUsage;
  retryAfterSeconds?: number;
  /** What the scope of a token lacks. */
  missing?: Action;
};

/** The one kind of error that a use case throws on purpose. `detail` is shown to people: what happened and what to do, without secrets. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Details;

  constructor(code: ErrorCode, detail: string, details: Details = {}) {
    super(detail);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** Refuses one field of the input. */
export const invalidField = (field: string, code: string, message: string): AppError =>
  new AppError('invalidInput', message, { errors: [{ field, code, message }] });

/** What somebody gets for a thing that is not there, or is not theirs. */
export const notFound = (what: string): AppError => new AppError('notFound', `There is no such ${what}.`);
