import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { holdLease, LeaseLost, startWatch } from './lease.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const renewal = () => vi.fn(async (): Promise<boolean> => true);
const hold = (renew: ReturnType<typeof renewal>, stopping: AbortSignal = new AbortController().signal) =>
  holdLease({ sinceClaim: startWatch(), renew, warn: async () => {}, fix: async () => null, stopping });

describe('a lease', () => {
  it('is renewed every five seconds while there is nothing to tell', async () => {
    const renew = renewal();
    const lease = hold(renew);
    await vi.advanceTimersByTimeAsync(16_000);
    expect(renew).toHaveBeenCalledTimes(3);
    expect(lease.isHeld()).toBe(true);
    lease.end();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(renew).toHaveBeenCalledTimes(3);
  });

  it('is renewed every second while there is something to tell', async () => {
    const renew = renewal();
    const lease = hold(renew);
    for (let second = 1; second <= 4; second += 1) {
      lease.progress({ bytesRead: second, bytesWritten: 0 });
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(renew.mock.calls).toEqual([1, 2, 3, 4].map((bytesRead) => [{ bytesRead, bytesWritten: 0 }]));
  });

  it('is lost when somebody else has the step', async () => {
    const renew = renewal().mockResolvedValue(false);
    const lease = hold(renew);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(lease.signal.aborted).toBe(true);
    expect(() => lease.require()).toThrow(LeaseLost);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(renew).toHaveBeenCalledTimes(1);
  });

  it('outlasts a database that is away for some seconds, and is lost before others may take the step', async () => {
    const renew = renewal().mockRejectedValue(new Error('away'));
    const lease = hold(renew);
    await vi.advanceTimersByTimeAsync(17_000);
    expect(lease.isHeld()).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(lease.signal.aborted).toBe(true);
  });

  it('outlasts a database that answers again', async () => {
    const renew = renewal().mockRejectedValueOnce(new Error('away')).mockRejectedValueOnce(new Error('away'));
    const lease = hold(renew);
    await vi.advanceTimersByTimeAsync(25_000);
    expect(lease.isHeld()).toBe(true);
  });

  it('is lost by a renewal that hangs', async () => {
    const lease = hold(renewal().mockReturnValue(new Promise(() => {})));
    await vi.advanceTimersByTimeAsync(19_000);
    expect(lease.signal.aborted).toBe(true);
  });

  it('is known to be lost right after having stood still, before any timer has run', () => {
    const renew = renewal();
    const lease = hold(renew);
    vi.setSystemTime(Date.now() + 60_000);
    expect(lease.signal.aborted).toBe(false);
    expect(() => lease.require()).toThrow(LeaseLost);
    expect(lease.signal.aborted).toBe(true);
    expect(renew).not.toHaveBeenCalled();
  });

  it('that a renewal came too late for stays lost', async () => {
    let answer = (_isOurs: boolean) => {};
    const lease = hold(
      renewal().mockReturnValueOnce(
        new Promise((resolve) => {
          answer = resolve;
        }),
      ),
    );
    await vi.advanceTimersByTimeAsync(6_000);
    vi.setSystemTime(Date.now() + 60_000);
    answer(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(lease.isHeld()).toBe(false);
  });

  it('ends its signal when the worker stops, though it is still held', () => {
    const stopping = new AbortController();
    const lease = hold(renewal(), stopping.signal);
    stopping.abort();
    expect(lease.signal.aborted).toBe(true);
    expect(lease.isHeld()).toBe(true);
    expect(() => lease.require()).toThrow();
  });
});

describe('a watch', () => {
  it('takes the clock that has gone on further', () => {
    const elapsed = startWatch();
    vi.setSystemTime(Date.now() - 3_600_000);
    vi.advanceTimersByTime(4_000);
    expect(elapsed()).toBe(4_000);
    vi.setSystemTime(Date.now() + 7_200_000);
    expect(elapsed()).toBeGreaterThan(3_600_000);
  });
});
