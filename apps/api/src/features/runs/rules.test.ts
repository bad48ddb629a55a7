import { describe, expect, it } from 'vitest';
import { isForGood, waitBefore, waitBeforeCleaning } from './rules.ts';

const seconds = (ms: number) => ms / 1000;

describe('the wait before another attempt', () => {
  it('grows fourfold from a second to five minutes at most', () => {
    const longest = [1, 2, 3, 4, 5, 6].map((failed) => seconds(waitBefore(failed, 0, 1)));
    expect(longest).toEqual([1, 4, 16, 64, 256, 300]);
  });

  it('is any part of that, so that many do not come back at once', () => {
    expect(waitBefore(3, 0, 0)).toBe(0);
    expect(waitBefore(3, 0, 0.25)).toBe(4_000);
  });

  it('is no shorter than the other side asks for, up to a quarter of an hour', () => {
    expect(seconds(waitBefore(1, 90_000, 1))).toBe(90);
    expect(seconds(waitBefore(5, 90_000, 1))).toBe(256);
    expect(seconds(waitBefore(1, 86_400_000, 1))).toBe(900);
  });

  it('to clean doubles from five seconds to an hour', () => {
    expect([1, 2, 3, 12].map((failed) => seconds(waitBeforeCleaning(failed)))).toEqual([5, 10, 20, 3_600]);
  });
});

it.each([
  ['accountKeyWrong', false, true],
  ['connectionReset', true, false],
  // A writer that was at it in that moment; the next run reads what it has written.
  ['sourceChanged', false, false],
])('a failure for %s, transient: %s, is for good: %s', (code, isTransient, forGood) => {
  expect(isForGood({ code, isTransient })).toBe(forGood);
});
