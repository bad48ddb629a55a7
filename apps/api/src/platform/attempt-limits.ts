import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from './app-error.ts';

export type AttemptLimit = {
  /** Counts one attempt before it is made, so that many at once cannot slip through. Throws tooManyRequests. */
  take(key: string): Promise<void>;
  /** Takes one attempt back that turned out well. */
  giveBack(key: string): Promise<void>;
  forget(key: string): Promise<void>;
};

const inWords = (seconds: number) => (seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`);

/** Allows so many attempts per key within a fixed time. The counters live in this process and start anew with it. */
export const createAttemptLimit = (attempts: number, windowSeconds: number, what: string): AttemptLimit => {
  const limiter = new RateLimiterMemory({ points: attempts, duration: windowSeconds });
  return {
    take: async (key) => {
      try {
        await limiter.consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const retryAfterSeconds = Math.ceil(refusal.msBeforeNext / 1000);
        throw new AppError('tooManyRequests', `Too many ${what}. Try again in ${inWords(retryAfterSeconds)}.`, {
          retryAfterSeconds,
        });
      }
    },
    giveBack: async (key) => {
      await limiter.reward(key);
    },
    forget: async (key) => {
      await limiter.delete(key);
    },
  };
};
