import { describe, expect, it } from 'vitest';
import { createBell } from './bell.ts';

const never = new AbortController().signal;
const long = 60_000;

describe('a bell', () => {
  it('wakes everybody who waits, and nobody who comes later', async () => {
    const bell = createBell();
    bell.ring();
    const waiting = [bell.wait(long, never), bell.wait(long, never)];
    bell.ring();
    expect(await Promise.all(waiting)).toEqual([true, true]);
    expect(await bell.wait(1, never)).toBe(false);
  });

  it('lets go of who is told to stop, also before waiting', async () => {
    const bell = createBell();
    const stopping = new AbortController();
    const waiting = bell.wait(long, stopping.signal);
    stopping.abort();
    expect(await waiting).toBe(true);
    expect(await bell.wait(long, stopping.signal)).toBe(true);
  });
});
