import { describe, expect, it } from 'vitest';
import { checksAtOnce, createCheckLimits } from './check-limits.ts';

/** Work that ends when it is told to. */
const openEnded = () => {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => ended, end };
};
const never = new AbortController().signal;
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('checks at once', () => {
  it('are limited; the next in line runs when one ends, even when that one fails', async () => {
    const limits = createCheckLimits();
    const running = Array.from({ length: checksAtOnce }, openEnded);
    const runs = running.map(({ work }) => limits.inTurn(never, work));
    const order: string[] = [];
    const first = limits.inTurn(never, async () => {
      order.push('first');
      throw new Error('broken');
    });
    const second = limits.inTurn(never, async () => order.push('second'));
    await settle();
    expect(order).toEqual([]);
    running[0]?.end();
    await expect(first).rejects.toThrow('broken');
    await second;
    expect(order).toEqual(['first', 'second']);
    for (const { end } of running) end();
    await Promise.all(runs);
  });

  it('let somebody leave the line, who then takes nobody’s turn', async () => {
    const limits = createCheckLimits();
    const running = Array.from({ length: checksAtOnce }, openEnded);
    const runs = running.map(({ work }) => limits.inTurn(never, work));
    const leaving = new AbortController();
    const left = limits.inTurn(leaving.signal, async () => 'ran');
    const stayed = limits.inTurn(never, async () => 'ran');
    leaving.abort();
    await expect(left).rejects.toThrow();
    running[0]?.end();
    expect(await stayed).toBe('ran');
    for (const { end } of running) end();
    await Promise.all(runs);
    expect(await limits.inTurn(never, async () => 'free again')).toBe('free again');
  });

  it('are refused when the line is too long', async () => {
    const limits = createCheckLimits();
    const { work, end } = openEnded();
    const all = Array.from({ length: checksAtOnce + 65 }, () => limits.inTurn(never, work));
    await expect(all.at(-1)).rejects.toMatchObject({ code: 'unavailable' });
    end();
    await Promise.all(all.slice(0, -1));
  });
});
