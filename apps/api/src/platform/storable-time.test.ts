import { expect, it } from 'vitest';
import { isStorableTime } from './storable-time.ts';

it.each([
  '2026-11-21T23:12:36Z',
  '2024-02-29T00:00:00.123456Z',
  '2026-01-01T00:00:00-15:59',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
])('a time that the database reads: %s', (text) => {
  expect(isStorableTime(text)).toBe(true);
});

it.each([
  '0000-01-01T00:00:00Z',
  '2026-02-31T00:00:00Z',
  '2026-01-01T00:00:00+16:00',
  '2026-01-01T00:00:00-23:59',
  '2026-01-01',
  '',
])('a time that it does not: %s', (text) => {
  expect(isStorableTime(text)).toBe(false);
});
