import type { CheckResult, ErrorCode, FieldError, Problem } from '@junction/contracts';

/** The API refused a request and said why (RFC 9457). `message` is the sentence to show. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  /** How long the server asks to wait, from Retry-After; undefined when it does not say. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Problem, retryAfterSeconds?: number) {
    super(problem.detail || problem.title);
    this.name = 'ApiProblem';
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get code(): ErrorCode {
    return this.problem.code;
  }

  get fieldErrors(): readonly FieldError[] {
    return this.problem.errors ?? [];
  }

  /** The steps of the check that led to the refusal, when there was one. */
  get check(): CheckResult | undefined {
    return this.problem.check;
  }

  get traceId(): string {
    return this.problem.traceId;
  }
}

/** The server could not be reached, or something on the way answered in its place. */
export class Offline extends Error {
  constructor(options?: ErrorOptions) {
    super('Junction cannot be reached. Check the network and that the server is running, then try again.', options);
    this.name = 'Offline';
  }
}

/** The server answered with something this version of the page does not understand. */
export class UnexpectedAnswer extends Error {
  constructor(options?: ErrorOptions) {
    super(
      'The server answered in a way this page does not understand. Reload the page to get its current version.',
      options,
    );
    this.name = 'UnexpectedAnswer';
  }
}

/** An address leads to nothing, or to nothing for this person, as is known without asking the server. */
export class NothingHere extends Error {
  constructor() {
    super('There is nothing here, or not for you.');
    this.name = 'NothingHere';
  }
}

/** Whether an error is the API's refusal with this code. */
export const isProblem = (error: unknown, code: ErrorCode): error is ApiProblem =>
  error instanceof ApiProblem && error.code === code;
