/** Where a failure is, for people. Never holds a value of a row: those are personal data. */
export type FailurePlace = {
  /** The source's file, as people call it. */
  file: string;
  /** From 1, as editors count; the row's number in a Parquet file. */
  line?: number;
  /** A stable word. */
  reason: string;
  /** Whose value it is about. */
  column?: string;
};

/** Why rows could not be read or written. */
export class EngineError extends Error {
  /** A stable word. */
  readonly code: string;
  readonly remedy: string | undefined;
  /** May pass by itself. */
  readonly isTransient: boolean;
  readonly details: FailurePlace | undefined;
  constructor(failure: {
    code: string;
    message: string;
    remedy?: string;
    isTransient?: boolean;
    details?: FailurePlace;
  }) {
    super(failure.message);
    this.name = 'EngineError';
    this.code = failure.code;
    this.remedy = failure.remedy;
    this.isTransient = failure.isTransient ?? false;
    this.details = failure.details;
  }
}
