import { expect, it } from 'vitest';
import { RequestRefused, statusOf } from './status.ts';

const answered = (code: number, message = 'Failure'): Error => Object.assign(new Error(message), { code });

it.each([
  [1, 'end'],
  [2, 'missing'],
  [3, 'denied'],
  [4, 'failure'],
  [5, 'failure'],
  [6, 'lost'],
  [7, 'lost'],
  [8, 'unsupported'],
  [10, 'missing'],
  [11, 'exists'],
  [12, 'denied'],
  [14, 'full'],
  [15, 'full'],
  [99, 'failure'],
])('takes status %d for %s', (code, status) => {
  expect(statusOf(answered(code))).toBe(status);
});

it.each(['No space left on device', 'Disk full', 'The disk is full', 'Disk quota exceeded', 'User over quota'])(
  'believes a server that says %j',
  (message) => {
    expect(statusOf(answered(4, message))).toBe('full');
    expect(statusOf(answered(3, message))).toBe('denied');
  },
);

it('takes an error without a number for a lost connection', () => {
  expect(statusOf(new Error('No response from server'))).toBe('lost');
});

it('does not repeat what the server says', () => {
  const refused = new RequestRefused(answered(4, 'hunter2'), { deed: 'write', path: '/a' });
  expect(JSON.stringify([refused.message, refused.about, refused.stack])).not.toContain('hunter2');
});
