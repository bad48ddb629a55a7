import { expect, it } from 'vitest';
import { longestRetryAfterMs, retryAfterOf } from './retry-after.ts';

const now = new Date('2026-11-21T10:00:00Z');

it.each([
  [undefined, undefined],
  ['0', 0],
  [' 7 ', 7_000],
  ['999999999999999999999', longestRetryAfterMs],
  ['Sat, 21 Nov 2026 10:01:30 GMT', 90_000],
  ['Saturday, 21-Nov-26 10:01:30 GMT', 90_000],
  ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
  ['Sun, 22 Nov 2026 10:00:00 GMT', longestRetryAfterMs],
  ['', undefined],
  ['-5', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['2027', 2_027_000],
  ['2026-11-21T10:01:30Z', undefined],
])('%j → %j', (header, expected) => expect(retryAfterOf(header, now)).toBe(expected));
