import { expect, test } from 'vitest';
import { endsSoon } from './ends-soon.ts';

const now = new Date('2026-11-21T12:00:00Z');

test.each([
  ['2026-11-21T12:00:00Z', { hasEnded: true }],
  ['2026-11-21T12:00:01Z', { hasEnded: false, when: 'in less than a day' }],
  ['2026-11-22T12:00:00Z', { hasEnded: false, when: 'in 1 day' }],
  ['2026-12-05T11:59:59Z', { hasEnded: false, when: 'in 13 days' }],
  ['2026-12-05T12:00:00Z', undefined],
])('what ends at %s', (at, soon) => expect(endsSoon(at, now)).toEqual(soon));
