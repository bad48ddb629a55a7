import { expect, test } from 'vitest';
import { waitWords } from './wait-words.ts';

test.each([
  [0.4, 'Too many attempts. Try again in 1 second.'],
  [45, 'Too many attempts. Try again in 45 seconds.'],
  [121, 'Too many attempts. Try again in 3 minutes.'],
  [undefined, 'Too many attempts. Wait some minutes, then try again.'],
])('%s seconds', (seconds, words) => expect(waitWords(seconds)).toBe(words));
