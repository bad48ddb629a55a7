import { describe, expect, it } from 'vitest';
import { fingerprintOf, idColumn, missingColumn } from './plan.ts';

const column = (name: string) => ({ name, type: 'text' as const, dataType: 'string' });
const csv = {
  type: 'csv' as const,
  hasHeader: true,
  delimiter: ',',
  quoteStyle: 'QuoteStyle.Csv',
  csvStyle: 'CsvStyle.QuoteAlways',
  encoding: 'UTF-8',
};
const file = (name: string, etag = '"1"') => ({ name, path: `Customer/${name}`, etag, bytes: 10, format: csv });
const made = {
  entity: 'Customer',
  model: 'profileStore/model.json',
  columns: [column('CustomerId'), column('Gender'), column('City')],
  mapping: { gender: 'Gender', city: 'City' },
  threshold: 5,
};
const files = [file('a.csv'), file('b.csv')];

describe('the fingerprint of what a report is made of', () => {
  const known = fingerprintOf(made, files);

  it('is the same for the same', () => {
    expect(fingerprintOf({ ...made, mapping: { city: 'City', gender: 'Gender' } }, [...files])).toBe(known);
  });

  it.each<[string, Partial<typeof made>, typeof files]>([
    ['a file was written anew', {}, [file('a.csv'), file('b.csv', '"2"')]],
    ['a file is gone', {}, [file('a.csv')]],
    ['there is one more', {}, [...files, file('c.csv')]],
    ['the metadata names other columns', { columns: [column('CustomerId'), column('Gender'), column('Town')] }, files],
    ['the customers are described elsewhere', { model: 'other/model.json' }, files],
    ['another column is meant', { mapping: { gender: 'City', city: 'City' } }, files],
    ['more is hidden', { threshold: 10 }, files],
  ])('is another one when %s', (_what, over, read) => {
    expect(fingerprintOf({ ...made, ...over }, read)).not.toBe(known);
  });
});

describe('the columns of an import', () => {
  it('are missed by the first trait that has none', () => {
    expect(missingColumn(made.mapping, made.columns)).toBeUndefined();
    expect(missingColumn({ gender: 'Gender', city: 'Town' }, made.columns)).toEqual({ trait: 'city', column: 'Town' });
    // Names are what they are: another case is another column.
    expect(missingColumn({ gender: 'gender' }, made.columns)?.column).toBe('gender');
  });

  it('name a customer when one is called so', () => {
    expect(idColumn(made.columns)).toBe('CustomerId');
    expect(idColumn([column('Id'), column('CUSTOMER_ID')])).toBe('CUSTOMER_ID');
    expect(idColumn([column('Id'), column('OtherCustomerId')])).toBeUndefined();
  });
});
