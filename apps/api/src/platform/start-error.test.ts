import { expect, it } from 'vitest';
import { linesOf, StartError } from './start-error.ts';

it('says in sentences what prevents a start, and shows the stack of a fault', () => {
  expect(linesOf(new StartError('The port is taken.', 'Set PORT.'))).toEqual(['The port is taken.', 'Set PORT.']);
  const ended = Object.assign(new Error('Raw query failed.'), { code: 'P1017' });
  expect(linesOf(ended)).toEqual([expect.stringContaining('went away in the middle of the start')]);
  expect(linesOf(new TypeError('x is not a function'))[0]).toMatch(/x is not a function[\s\S]*at /);
  expect(linesOf('odd')).toEqual(['odd']);
});
