import { expect, test } from 'vitest';
import { pathPattern } from './path-pattern.ts';

const parts = {
  environmentId: '0199',
  folder: 'crm/weekly',
  exportName: 'High value',
  entityName: 'Customer',
  format: { type: 'csvGzip' },
} as const;

test('says where the files go', () => {
  expect(pathPattern(parts)).toBe(
    'Junction_0199/crm/weekly/High value/Customer/<yyyy>/<MM>/<dd>/<HHmm>/Customer_<n>.csv.gz',
  );
});

test('no folder leaves no gap; the ending follows the format', () => {
  expect(pathPattern({ ...parts, folder: '', format: { type: 'parquet' } })).toBe(
    'Junction_0199/High value/Customer/<yyyy>/<MM>/<dd>/<HHmm>/Customer_<n>.parquet',
  );
  expect(pathPattern({ ...parts, format: { type: 'csv' } })).toMatch(/Customer_<n>\.csv$/);
});
