import type { FieldError } from '@junction/contracts';

/** No input is nested deeper than settings in a connection; this stops what would exhaust the stack. */
const maximumDepth = 16;

const problemOf = (value: unknown): string | undefined => {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'The number is too large.';
  if (typeof value !== 'string') return undefined;
  if (value.includes('\0')) return 'The text has a NUL character, which cannot be stored.';
  return value.isWellFormed() ? undefined : 'The text has half of a surrogate pair, which is no character.';
};

const join = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

/**
 * The first value that JSON can say but that cannot be kept: text with NUL (PostgreSQL has none) or with lone surrogates
 * (UTF-8 has none), numbers beyond a double, nesting without end, and `__proto__`, which schemas pass over in silence. Undefined when everything is fine.
 */
export const findIllFormed = (value: unknown, path = '', depth = 0): FieldError | undefined => {
  const message = problemOf(value);
  if (message !== undefined) return { field: path, code: 'ill_formed', message };
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === maximumDepth)
    return { field: '', code: 'too_deep', message: `The body is nested deeper than ${maximumDepth} levels.` };
  for (const [name, part] of Object.entries(value)) {
    if (problemOf(name) !== undefined)
      return { field: path, code: 'ill_formed', message: 'The name of a field has a character that cannot be stored.' };
    if (name === '__proto__')
      return { field: join(path, name), code: 'unknown_field', message: 'There is no such field.' };
    const found = findIllFormed(part, join(path, name), depth + 1);
    if (found) return found;
  }
  return undefined;
};
