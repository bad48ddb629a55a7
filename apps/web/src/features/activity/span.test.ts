import { expect, test } from 'vitest';
import { spanStart } from './span.ts';

const now = Date.parse('2026-11-21T12:00:00Z');

test.each([
  ['day', '2026-11-20T12:00:00.000Z'],
  ['week', '2026-11-14T12:00:00.000Z'],
  ['month', '2026-10-22T12:00:00.000Z'],
  ['', undefined],
  ['toString', undefined],
])('%s begins at %s', (span, start) => expect(spanStart(span, now)).toBe(start));
