import type { ConnectionDraftStep } from '@junction/contracts';
import { ApiProblem, isProblem } from '../../../lib/errors.ts';

/** Something that the server refused, and the step where it can be put right; undefined where it is about none. */
export type Refusal = { message: string; step: ConnectionDraftStep | undefined };

const stepOfField = (field: string): ConnectionDraftStep | undefined => {
  if (field.startsWith('profiles.personIds')) return 'access';
  return /^(name|settings|secrets|profiles\.mapping)\b/.test(field) ? 'settings' : undefined;
};

/** What the server refused, in its words. */
export const refusalsOf = (error: unknown): Refusal[] => {
  const message = error instanceof Error ? error.message : String(error);
  if (isProblem(error, 'checkFailed') || isProblem(error, 'nameTaken') || isProblem(error, 'secretRequired'))
    return [{ message, step: 'settings' }];
  if (error instanceof ApiProblem && error.fieldErrors.length > 0)
    return error.fieldErrors.map(({ field, message: text }) => ({ message: text, step: stepOfField(field) }));
  return [{ message, step: undefined }];
};
