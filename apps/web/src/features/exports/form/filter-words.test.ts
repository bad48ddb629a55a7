import { expect, test } from 'vitest';
import { comparisonWord, filterInWords } from './filter-words.ts';

test('a filter is a sentence', () => {
  expect(
    filterInWords({
      match: 'all',
      of: [
        { column: 'City', is: 'oneOf', values: ['Berlin', 'Köln'] },
        { column: 'Income', is: 'atLeast', value: '50000' },
      ],
    }),
  ).toBe('City is one of Berlin, Köln and Income is at least 50000');
});

test('groups have brackets where they are needed', () => {
  const old = { column: 'Age', is: 'greaterThan', value: '60' } as const;
  const active = { column: 'IsActive', is: 'isTrue' } as const;
  const either = { match: 'any', of: [old, active] } as const;
  expect(filterInWords({ match: 'all', of: [{ match: 'any', of: [old, active] }, old] })).toBe(
    '(Age is greater than 60 or IsActive is true) and Age is greater than 60',
  );
  expect(filterInWords({ match: 'all', of: [{ ...either, of: [...either.of] }] })).toBe(
    'Age is greater than 60 or IsActive is true',
  );
  expect(filterInWords({ match: 'any', of: [{ match: 'all', of: [old] }, active] })).toBe(
    'Age is greater than 60 or IsActive is true',
  );
});

test('long lists are cut, blanks are shown, no filter is all rows', () => {
  const values = ['1', '2', '3', '4', '5', '6', '7'];
  expect(filterInWords({ match: 'all', of: [{ column: 'Id', is: 'notOneOf', values }] })).toBe(
    'Id is none of 1, 2, 3, 4, 5 and 2 more',
  );
  expect(filterInWords({ match: 'all', of: [{ column: 'Name', is: 'equals', value: ' a' }] })).toBe('Name is “ a”');
  expect(filterInWords(null)).toBe('All rows');
});

test('moments come before and after', () => {
  expect(comparisonWord('atLeast', 'date')).toBe('is at or after');
  expect(comparisonWord('atLeast', 'integer')).toBe('is at least');
  expect(comparisonWord('equals', 'date')).toBe('is');
  const since = (value: string) => filterInWords({ match: 'all', of: [{ column: 'Since', is: 'lessThan', value }] });
  expect(since('2026-01-01')).toBe('Since is before 2026-01-01');
  expect(since('2026')).toBe('Since is less than 2026');
});
