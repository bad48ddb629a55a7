import { expect, test } from 'vitest';
import { chosenTwice, isSameMapping, mappingOver, withColumn } from './mapping.ts';

const read = { columns: [{ name: 'Sex', shapes: ['A'] }], proposed: { gender: 'Sex' } };

test('takes what is proposed until something is chosen, and then what of it is there', () => {
  expect(mappingOver(read, null)).toEqual({ gender: 'Sex' });
  expect(mappingOver(read, {})).toEqual({});
  expect(mappingOver(read, { city: 'Sex', country: 'Gone' })).toEqual({ city: 'Sex' });
});

test('gives a trait another column, or none', () => {
  expect(withColumn({ gender: 'Sex' }, 'city', 'Town')).toEqual({ gender: 'Sex', city: 'Town' });
  expect(withColumn({ gender: 'Sex', city: 'Town' }, 'gender', undefined)).toEqual({ city: 'Town' });
});

test('knows a column that has two traits, and mappings that say the same', () => {
  expect(chosenTwice({ gender: 'Sex', city: 'Town' })).toEqual([]);
  expect(chosenTwice({ gender: 'Sex', city: 'Sex', country: 'Sex' })).toEqual(['Sex']);
  expect(isSameMapping({ gender: 'Sex', city: 'Town' }, { city: 'Town', gender: 'Sex' })).toBe(true);
  expect(isSameMapping({ gender: 'Sex' }, {})).toBe(false);
});
