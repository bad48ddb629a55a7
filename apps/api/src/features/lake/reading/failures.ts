import { StoreError } from '@junction/connectors/runtime';
import type { RunPhase, RunProblem } from '@junction/contracts';
import type { EngineError } from '@junction/engine';
import { AppError } from '../../../platform/app-error.ts';
import { SpoolError } from '../../../platform/spool.ts';
import { redact } from '../../connections/index.ts';
import { StepError } from '../../runs/index.ts';

/** What a step was at when it failed. */
export type Doing = { phase: RunPhase; entity?: string; file?: string };

type Reason = Pick<RunProblem, 'code' | 'message' | 'remedy'>;

/** A failure that no repetition heals. */
export const permanent = (reason: Reason, doing: Doing): StepError =>
  new StepError({ ...reason, ...doing, isTransient: false });

/** A failure that may pass by itself. */
export const transient = (reason: Reason, doing: Doing): StepError =>
  new StepError({ ...reason, ...doing, isTransient: true });

/** The engine is a package that is loaded when it is first needed, so its error is known by name. */
const isEngineError = (error: unknown): error is EngineError => error instanceof Error && error.name === 'EngineError';

const diskFull = {
  code: 'spoolDiskFull',
  message: 'The disk of the worker has no room for files on their way.',
  remedy: 'Free some of it, or set JUNCTION_SPOOL_DIR to a folder on a larger disk.',
};

const sourceChanged = {
  code: 'sourceChanged',
  message: 'The source changed while it was read, and two versions of it must not be mixed.',
  remedy: 'Run it again, best at a time when nobody writes to the source.',
};

/** What a store says of one of its files. */
class FileFailure extends Error {
  readonly file: string;
  readonly failure: StoreError;
  constructor(file: string, failure: StoreError) {
    super(failure.message);
    this.file = file;
    this.failure = failure;
  }
}

/** Does something with one file of a source, so that a failure names it. */
export const withFile = async <T>(file: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof StoreError ? new FileFailure(file, error) : error;
  }
};

/** Whether a store says that a file is not the version that was asked for. */
const isChanged = ({ code }: StoreError) => code === 'fileChanged' || code === 'fileMissing';

/** What stores and the engine say, in the words of a run. Undefined for what none of them says. */
const reasonOf = (error: unknown): (Reason & Pick<RunProblem, 'isTransient' | 'file' | 'line'>) | undefined => {
  if (error instanceof StoreError) {
    const { code, message, remedy, isTransient } = error;
    return { code, message, remedy, isTransient };
  }
  if (error instanceof SpoolError) {
    const { code, message, remedy } = error;
    return { code, message, remedy, isTransient: false };
  }
  if (isEngineError(error)) {
    // A destination's disk can be full as well: that is another matter, and another code.
    if (error.code === 'diskFull') return { ...diskFull, isTransient: true };
    const { code, message, remedy, isTransient, details } = error;
    return { code, message, remedy, isTransient, file: details?.file, line: details?.line };
  }
  if (error instanceof AppError && error.code === 'unavailable')
    return { code: 'busy', message: error.message, isTransient: true };
  if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT'))
    return { ...diskFull, isTransient: true };
  return undefined;
};

const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;

/**
 * A failure as the run's history tells it: what it was at, without any of these secrets. What is no failure of a store, the engine
 * or the spool comes back as it is.
 */
export const asStepError = (error: unknown, doing: Doing, secrets: readonly string[] = []): unknown => {
  if (error instanceof StepError) return error;
  if (error instanceof FileFailure) return asStepError(error.failure, { ...doing, file: error.file }, secrets);
  const reason = reasonOf(error);
  if (reason === undefined) return error;
  const clean = (text: string) => redact(text, secrets);
  const { message, remedy, file, ...rest } = reason;
  return new StepError(
    defined({
      ...doing,
      ...rest,
      message: clean(message),
      remedy: remedy === undefined ? undefined : clean(remedy),
      file: file === undefined ? doing.file : clean(file),
    }),
    error instanceof StoreError ? error.retryAfterMs : undefined,
  );
};

/** The same for what was read from a source at the version that the run began with. */
export const asReadError = (error: unknown, doing: Doing, secrets: readonly string[]): unknown => {
  if (error instanceof FileFailure) return asReadError(error.failure, { ...doing, file: error.file }, secrets);
  return error instanceof StoreError && isChanged(error)
    ? permanent(sourceChanged, doing)
    : asStepError(error, doing, secrets);
};
