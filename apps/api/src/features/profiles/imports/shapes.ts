import { shownShapes } from '@junction/contracts';

/** A shape that is longer says nothing more. */
const longestShape = 40;

const punctuation = /[\p{P}!-/:-@[-`{-~]/u;

const shapeOfCharacter = (character: string): string => {
  if (/\p{Lu}|\p{Lt}/u.test(character)) return 'A';
  if (/\p{L}/u.test(character)) return 'a';
  if (/\p{N}/u.test(character)) return '9';
  if (/\s/u.test(character)) return ' ';
  return punctuation.test(character) ? character : '';
};

/** What a value looks like, without saying what it is: letters as A and a, digits as 9, and what stands between them. */
export const shapeOf = (value: string): string =>
  [...value.slice(0, 2 * longestShape)].map(shapeOfCharacter).join('').trim().slice(0, longestShape);

/** The shapes that most of the values have, the most frequent first; of equally frequent ones the one that came first. */
export const shapesOf = (values: Iterable<string | null>): string[] => {
  const counts = new Map<string, number>();
  for (const value of values) {
    const shape = shapeOf(value ?? '');
    if (shape !== '') counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, shownShapes)
    .map(([shape]) => shape);
};
