import { expect, it } from 'vitest';
import { inBreaths, type Work } from './breath.ts';
import { limits } from './limits.ts';

/** Keeps the process for longer than one breath takes, so often. */
function* longWork(times: number, onTurn: (turn: number) => void): Work<string> {
  for (let turn = 0; turn < times; turn++) {
    const since = performance.now();
    while (performance.now() - since <= limits.breathMs);
    onTurn(turn);
    yield;
  }
  return 'done';
}

it('lets others have their turn while it works', async () => {
  const order: string[] = [];
  const work = inBreaths(longWork(3, (turn) => order.push(`work ${turn}`)));
  setImmediate(() => order.push('other'));
  expect(await work).toBe('done');
  expect(order.indexOf('other')).toBeLessThan(order.indexOf('work 2'));
});

it('ends with the reason of its signal', async () => {
  const controller = new AbortController();
  let turns = 0;
  const work = inBreaths(
    longWork(100, () => {
      turns++;
      if (turns === 2) controller.abort(new Error('Enough.'));
    }),
    controller.signal,
  );
  await expect(work).rejects.toThrow('Enough.');
  expect(turns).toBeLessThan(100);
});
