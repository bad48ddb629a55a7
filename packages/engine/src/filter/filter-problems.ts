import { EngineError } from '../engine-error.ts';

export const unknownColumn = (name: string): EngineError =>
  new EngineError({
    code: 'unknownColumn',
    message: `The entity has no column "${name}" any more.`,
    remedy: 'Take the column out of the export, or see whether the entity was renamed.',
  });

/** The catalog may have another type for a column than when the filter was written. */
export const unfitFilter = (): EngineError =>
  new EngineError({
    code: 'filterUnfit',
    message: 'The filter compares a column with something that is not of its type.',
    remedy: 'Open the filter of the export and save it again.',
  });
