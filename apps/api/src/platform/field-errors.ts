import type { FieldError } from '@junction/contracts';
import type * as z from 'zod';
import { AppError } from './app-error.ts';

const typeWords: Readonly<Record<string, string>> = {
  object: 'an object',
  record: 'an object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** What zod would say in its own words about a value that is missing, of the wrong type, empty, too long or not among the choices; schemas say the rest themselves. */
const inPlainWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_value') return `Choose ${issue.values.join(', ')}.`;
  if (issue.code === 'too_big' && issue.origin === 'string') return `Use at most ${issue.maximum} characters.`;
  if (issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1) return 'This must not be empty.';
  if (issue.code === 'invalid_union') return 'This is not of a type that is taken here.';
  if (issue.code !== 'invalid_type') return undefined;
  if (issue.input === undefined) return 'This is required.';
  const expected = typeWords[issue.expected];
  return expected && `This must be ${expected}.`;
};

/** Parses what came in from outside. */
export const parseInput = <Schema extends z.ZodType>(schema: Schema, value: unknown) =>
  schema.safeParse(value, { error: inPlainWords });

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
  const names = [...new Set(problems.map(({ field }) => field || 'the request'))].slice(0, 5).join(', ');
  return new AppError('invalidInput', `Correct ${names}.`, { errors: problems });
};
