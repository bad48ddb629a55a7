import { expect, it } from 'vitest';
import { innerFolder, innerPath } from './inner-path.ts';

it.each(['a', 'a/b.csv', ' a b ', '...', '.hidden', 'a..b', '50%25', 'Käse 東京', 'a:b', 'a\\b'])(
  'takes %j',
  (path) => {
    expect(innerPath(path)).toBe(path);
  },
);

it.each(['.', '..', '../a', 'a/..', 'a/../b', './a', '/a', 'a/', 'a//b', 'a\\..\\b', 'a\0', 'a\nb'])(
  'refuses %j',
  (path) => {
    for (const judge of [innerPath, innerFolder]) expect(() => judge(path)).toThrow('leads out');
  },
);

it('takes nothing for the folder itself alone', () => {
  expect(innerFolder('')).toBe('');
  expect(() => innerPath('')).toThrow('leads out');
});
