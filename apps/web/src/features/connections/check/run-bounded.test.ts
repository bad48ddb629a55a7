import { expect, it } from 'vitest';
import { runBounded } from './run-bounded.ts';

it('runs a few at a time, goes on after a failure and names it', async () => {
  let running = 0;
  let most = 0;
  const counts: number[] = [];
  const outcomes = await runBounded(
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    async (item) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running -= 1;
      if (item === 3) throw new Error('No.');
    },
    (count) => counts.push(count),
  );
  expect(most).toBe(4);
  expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(outcomes.map(({ item }) => item)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(outcomes.filter(({ error }) => error !== undefined).map(({ item }) => item)).toEqual([3]);
});

it('does nothing for nothing', async () => {
  expect(await runBounded([], async () => {})).toEqual([]);
});
