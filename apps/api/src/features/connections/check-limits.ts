import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../platform/app-error.ts';

/** Checks one person may start: enough to fix a connection by trial, too few to scan a network with. */
export const checksPerMinute = 60;
/** Checks that run at the same time in one process, probes included: each holds a few sockets. */
export const checksAtOnce = 16;
/** Checks that may wait for their turn; more would wait longer than their people do. */
const waitingAtMost = 64;

/** Bounds how much checking goes on in this process, or of something else that people have it do while they wait. */
export type CheckLimits = {
  /** Counts one against a person; throws tooManyRequests. */
  count(personId: string): Promise<void>;
  /** Runs the work when it is its turn. Throws `unavailable` when too many wait, and the signal's reason when it fires while waiting. */
  inTurn<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
};

/** Makes the limits, of checks unless something else is named; they live in this process. */
export const createCheckLimits = ({
  what = 'checks',
  perMinute = checksPerMinute,
  atOnce = checksAtOnce,
} = {}): CheckLimits => {
  const perPerson = new RateLimiterMemory({ points: perMinute, duration: 60 });
  const waiting: (() => void)[] = [];
  let running = 0;

  const enter = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (running < atOnce) {
      running += 1;
      return;
    }
    if (waiting.length >= waitingAtMost) {
      throw new AppError('unavailable', `Too many ${what} are waiting. Try again in a moment.`, {
        retryAfterSeconds: 10,
      });
    }
    await new Promise<void>((resolve, reject) => {
      const take = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(take), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(take);
    });
  };
  /** Hands the turn to the next in line, or frees it. */
  const exit = () => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };

  return {
    count: async (personId) => {
      await perPerson.consume(personId).catch((refusal: unknown) => {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const retryAfterSeconds = Math.ceil(refusal.msBeforeNext / 1000);
        throw new AppError('tooManyRequests', `Too many ${what}. Try again in ${retryAfterSeconds} s.`, {
          retryAfterSeconds,
        });
      });
    },
    inTurn: async (signal, work) => {
      await enter(signal);
      try {
        return await work();
      } finally {
        exit();
      }
    },
  };
};
