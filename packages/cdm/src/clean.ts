import { catalogLimits } from './limits.ts';

/** Takes the signature out of every SAS in a text: `sig=` and what follows. */
export const withoutSignatures = (text: string): string =>
  text.replace(/(\b|%26|%3F)sig(=|%3D)[^&\s"'#;]*/gi, '$1sig$2removed');

const cleaned = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return withoutSignatures(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= catalogLimits.unknownDepth) return null;
  return Array.isArray(value) ? value.map((one) => cleaned(one, depth + 1)) : cleanedObject(value, depth + 1);
};

const cleanedObject = (value: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value)
      // Copied by assignment anywhere later, it would replace a prototype.
      .filter(([key]) => key !== '__proto__')
      .map(([key, one]) => [withoutSignatures(key), cleaned(one, depth)]),
  );

/** The keys of an object that nothing is made from, without signatures and without keys that could change a prototype. */
export const unknownOf = (value: object, known: ReadonlySet<string>): Record<string, unknown> =>
  cleanedObject(Object.fromEntries(Object.entries(value).filter(([key]) => !known.has(key))), 1);
