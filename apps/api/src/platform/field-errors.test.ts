import { NewConnection } from '@junction/contracts';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { fieldErrors, invalidInput, parseInput } from './field-errors.ts';

const errorsOf = (value: unknown) => {
  const parsed = parseInput(NewConnection, value);
  return parsed.success ? [] : fieldErrors(parsed.error);
};

describe('what is wrong with an input', () => {
  it('is said field by field, in plain words', () => {
    expect(
      errorsOf({ name: 5, type: 'fake', settings: [], secrets: {}, planted: 1, consent: { accepted: true } }),
    ).toEqual([
      { field: 'name', code: 'invalid_type', message: 'This must be text.' },
      { field: 'settings', code: 'invalid_type', message: 'This must be an object.' },
      expect.objectContaining({ field: 'consent.textVersion' }),
      { field: 'planted', code: 'unknown_field', message: 'There is no such field.' },
    ]);
  });

  it('names what is missing', () => {
    expect(errorsOf({})).toContainEqual({ field: 'consent', code: 'invalid_type', message: 'This is required.' });
  });

  it('says what is empty, and what is of none of several types', () => {
    const schema = z.object({ column: z.string().min(1), value: z.union([z.string(), z.boolean()]) });
    const parsed = parseInput(schema, { column: '', value: 5 });
    expect(parsed.success ? [] : fieldErrors(parsed.error)).toEqual([
      { field: 'column', code: 'too_small', message: 'This must not be empty.' },
      { field: 'value', code: 'invalid_union', message: 'This is not of a type that is taken here.' },
    ]);
  });

  it("keeps the schema's own words where it has some", () => {
    expect(errorsOf({ name: ' ' })).toContainEqual({ field: 'name', code: 'too_small', message: 'Enter a name.' });
  });

  it('is summed up with each field once', () => {
    const problem = { field: 'name', code: 'x', message: 'x' };
    expect(invalidInput([problem, problem, { ...problem, field: '' }]).message).toBe('Correct name, the request.');
  });
});
