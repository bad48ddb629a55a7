import { expect, test } from 'vitest';
import { dayOf, exactTime, relativeTime, shortDayOf } from './dates.ts';

const viewer = { locale: 'en-GB', timeZone: 'Europe/Berlin' };
const now = new Date('2026-11-21T12:00:00Z');

test.each([
  ['2026-11-21T11:59:40Z', 'now'],
  ['2026-11-21T12:00:20Z', 'now'],
  ['2026-11-21T11:59:00Z', '1 minute ago'],
  ['2026-11-21T11:20:00Z', '40 minutes ago'],
  ['2026-11-21T11:10:00Z', '1 hour ago'],
  ['2026-11-20T13:00:00Z', 'yesterday'],
  ['2026-11-30T12:00:00Z', 'in 9 days'],
  ['2026-10-20T12:00:00Z', 'last month'],
  ['2024-11-20T12:00:00Z', '2 years ago'],
])('%s is %s', (at, words) => expect(relativeTime(at, now, viewer)).toBe(words));

test('the exact time is in the viewer’s zone, and says so', () => {
  expect(exactTime('2026-07-01T22:30:00Z', viewer)).toBe('2 July 2026 at 00:30:00 CEST');
  expect(dayOf('2026-07-01T22:30:00Z', viewer)).toBe('2 July 2026');
});

test('a day in a sentence names the year when it is not this one, by the viewer’s calendar', () => {
  expect(shortDayOf('2026-03-12T09:00:00Z', now, viewer)).toBe('12 March');
  expect(shortDayOf('2025-03-12T09:00:00Z', now, viewer)).toBe('12 March 2025');
  // Already the new year in Berlin.
  expect(shortDayOf('2025-12-31T23:30:00Z', now, viewer)).toBe('1 January');
});
