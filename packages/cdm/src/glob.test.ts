import { expect, it } from 'vitest';
import { matchesGlob } from './glob.ts';

it.each([
  ['a.csv', '*.csv', true],
  ['a.csv', '/*.csv', true],
  ['x/a.csv', '*.csv', false],
  ['x/a.csv', '*/*.csv', true],
  ['x/a.csv', '**/*.csv', true],
  ['a.csv', '**/*.csv', true],
  ['x/y/z/a.csv', '**/*.csv', true],
  ['x/y/a.csv', 'x/**/a.csv', true],
  ['x/a.csv', 'x/**/a.csv', true],
  ['y/x/a.csv', 'x/**/a.csv', false],
  ['x/y/a.csv', '**', true],
  ['year=2026/a.parquet', 'year=*/*.parquet', true],
  ['a1.csv', 'a?.csv', true],
  ['a12.csv', 'a?.csv', false],
  ['a.csv.bak', '*.csv', false],
  ['A.csv', 'a.csv', false],
  ['a+b(1).csv', 'a+b(*).csv', true],
  ['abcabcabd', '*abd', true],
  ['_SUCCESS', '*.csv', false],
])('%s against %s: %s', (path, pattern, matches) => {
  expect(matchesGlob(path, pattern)).toBe(matches);
});

it('takes no longer for a pattern that nearly matches in very many ways', () => {
  expect(matchesGlob('a'.repeat(1_000), `${'*a'.repeat(200)}b`)).toBe(false);
});
