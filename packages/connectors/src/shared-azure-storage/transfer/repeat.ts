import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../../connector.ts';

/** How often a request is sent, and how long it waits in between. */
export type Patience = {
  maxTries: number;
  /** Before the second try; it doubles from try to try. */
  firstPauseMs: number;
  /** Who is asked to stay away for longer does not wait here: the caller decides then. */
  longestPauseMs: number;
};

/** A long file should not start over for one reset, and a store that is down should be reported within a minute or two. */
export const patience: Patience = { maxTries: 4, firstPauseMs: 300, longestPauseMs: 15_000 };

/** What a moment later may be gone. A file that was changed, or a container that is being deleted, is not. */
const passing = new Set([
  'connectionReset',
  'noAnswer',
  'throttled',
  'serverError',
  'authorityUnreachable',
  'authorityThrottled',
  'authorityError',
]);

/** The pause before the next try, spread so that what failed together does not come back together; undefined to give up. */
const pauseAfter = (error: unknown, tried: number, limits: Patience): number | undefined => {
  if (!(error instanceof StoreError) || !passing.has(error.code) || tried >= limits.maxTries) return undefined;
  const longest = limits.firstPauseMs * 2 ** (tried - 1);
  const spread = (longest / 2) * (1 + Math.random());
  const waitMs = error.retryAfterMs === undefined ? spread : error.retryAfterMs + spread;
  return waitMs > limits.longestPauseMs ? undefined : waitMs;
};

/** Sends a request until it succeeds, fails for good, or was sent as often as it may be. */
export const repeat = async <Value>(
  send: () => Promise<Value>,
  signal: AbortSignal,
  limits: Patience,
): Promise<Value> => {
  for (let tried = 1; ; tried += 1) {
    try {
      return await send();
    } catch (error) {
      const waitMs = pauseAfter(error, tried, limits);
      if (waitMs === undefined) throw error;
      await pause(waitMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
};
