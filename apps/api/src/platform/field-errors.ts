import type { FieldError } from '@junction/contracts';
import type * as z from 'zod';
import { AppError } from './app-error.ts';

/** Which field each zod issue is about, in the words of the API. Unknown fields get an error each. */
export const fieldErrors = (error: z.ZodError, prefix = ''): FieldError[] =>
  error.issues.flatMap((issue) => {
    const path = [prefix, ...issue.path.map(String)].filter((part) => part !== '').join('.');
    if (issue.code !== 'unrecognized_keys') return [{ field: path, code: issue.code, message: issue.message }];
    return issue.keys.map((key) => ({
      field: path === '' ? key : `${path}.${key}`,
      code: 'unknown_field',
      message: 'There is no such field.',
    }));
  });

/** Refuses an input that a schema did not accept. */
export const invalidInput = (problems: FieldError[]): AppError => {
  const names = problems
    .map(({ field }) => field || 'the request')
    .slice(0, 5)
    .join(', ');
  return new AppError('invalidInput', `Correct ${names}.`, { errors: problems });
};
