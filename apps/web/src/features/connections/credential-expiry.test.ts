import { expect, it } from 'vitest';
import { expiryWarning } from './credential-expiry.ts';

const now = new Date('2026-11-21T12:00:00Z');

it.each([
  [null, undefined],
  ['2026-12-05T12:00:01Z', undefined],
  ['2026-12-05T11:59:59Z', 'Expires in 13 days'],
  ['2026-11-22T13:00:00Z', 'Expires in 1 day'],
  ['2026-11-21T13:00:00Z', 'Expires in less than a day'],
  ['2026-11-21T12:00:00Z', 'Expired'],
  ['2026-11-01T12:00:00Z', 'Expired'],
])('warns of %s with %s', (expiresAt, short) => {
  expect(expiryWarning(expiresAt, now)?.short).toBe(short);
});
