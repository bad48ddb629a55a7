import type { RowFilter } from '@junction/contracts';
import { expect, test } from 'vitest';
import { draftOf, filterOf, newCondition, valuesIn, withColumn, withComparison } from './filter-tree.ts';

const filter: RowFilter = {
  match: 'any',
  of: [
    { column: 'City', is: 'oneOf', values: ['Berlin'] },
    {
      match: 'all',
      of: [
        { column: 'Age', is: 'lessThan', value: '9' },
        { column: 'Name', is: 'isEmpty' },
      ],
    },
  ],
};

test('a filter comes back as it was', () => {
  expect(filterOf(draftOf(filter))).toEqual(filter);
});

test('a column of another type takes a comparison that it knows', () => {
  const contains = { ...newCondition(), is: 'contains', value: 'x' } as const;
  expect(withColumn(contains, 'Age', 'integer')).toMatchObject({ column: 'Age', is: 'equals', value: 'x' });
  expect(withColumn(contains, 'City', 'text')).toMatchObject({ is: 'contains' });
  expect(withColumn(contains, 'IsActive', 'boolean')).toMatchObject({ is: 'isTrue' });
});

test('what was entered for one value goes on as the first of several, and back', () => {
  const one = { ...newCondition(), value: 'Berlin' };
  expect(withComparison(one, 'oneOf')).toMatchObject({ is: 'oneOf', values: ['Berlin'] });
  expect(withComparison({ ...newCondition(), is: 'oneOf', values: ['a', 'b'] }, 'equals')).toMatchObject({
    value: 'a',
  });
  expect(withComparison(one, 'isEmpty')).toMatchObject({ value: 'Berlin' });
});

test('values are lines, each once', () => {
  expect(valuesIn(' Berlin\r\n\nKöln \nBerlin')).toEqual(['Berlin', 'Köln']);
});
