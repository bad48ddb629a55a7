import { expect, test } from 'vitest';
import { changeWords, matchingWords, shareWords } from './shares.ts';

test.each([
  [0, '0%'],
  [0.0004, '<0.1%'],
  [0.0421, '4.2%'],
  [0.1, '10%'],
  [0.514, '51%'],
  [0.994, '99.4%'],
  [0.9996, '>99.9%'],
  [1, '100%'],
])('a share of %d is %s', (share, words) => expect(shareWords(share)).toBe(words));

test.each([
  [20_000, null, 'The first import.'],
  [20_000, 20_000, 'As many as at the previous import.'],
  [20_000, 18_766, '+1,234 (+6.6%) since the previous import'],
  [9_000, 10_000, '-1,000 (-10%) since the previous import'],
  [5, 0, '+5 since the previous import'],
])('%d profiles after %s: %s', (profiles, before, words) => expect(changeWords(profiles, before)).toBe(words));

test.each([
  [{ profiles: 20_000, matching: 20_000 }, false, '20,000 profiles'],
  [{ profiles: 1, matching: 1 }, false, '1 profile'],
  [{ profiles: 20_000, matching: 1_234 }, true, '1,234 of 20,000 profiles'],
  [{ profiles: 20_000, matching: null }, true, 'Fewer than 5 of 20,000 profiles'],
])('%o, filtered: %s → %s', (numbers, isFiltered, words) =>
  expect(matchingWords({ ...numbers, threshold: 5 }, isFiltered)).toBe(words),
);
