import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Failed sign-ins are counted over this time, so that nobody is locked out for ever. */
const windowSeconds = 15 * 60;
/** Somebody who mistypes gets this many tries for one account from one address. */
const perAccountAndAddress = 8;
/** An office behind one address shares these; a guesser with many accounts is stopped. */
const perAddress = 50;
/** Guessing one account from many addresses is slowed to this; its owner may have to wait, but only minutes. */
const perAccount = 100;

/** Seconds to wait, or undefined when one may try. */
type Wait = number | undefined;

/** Counts failed sign-ins per account, per address and per both. An account that does not exist is counted just the same. */
export type SignInLimits = {
  wait(email: string, address: string): Promise<Wait>;
  failed(email: string, address: string): Promise<void>;
  succeeded(email: string, address: string): Promise<void>;
};

/** Makes the counters; they live in this process and start anew with it. */
export const createSignInLimits = (): SignInLimits => {
  const make = (points: number) => new RateLimiterMemory({ points, duration: windowSeconds });
  const both = make(perAccountAndAddress);
  const addresses = make(perAddress);
  const accounts = make(perAccount);
  const keyed = (email: string, address: string) =>
    [
      [both, `${email} ${address}`],
      [addresses, address],
      [accounts, email],
    ] as const;
  return {
    wait: async (email, address) => {
      const states = await Promise.all(
        keyed(email, address).map(async ([limiter, key]) => ({
          state: await limiter.get(key),
          points: limiter.points,
        })),
      );
      const waits = states
        .filter(({ state, points }) => state !== null && state.consumedPoints >= points)
        .map(({ state }) => Math.ceil((state?.msBeforeNext ?? 0) / 1000));
      return waits.length === 0 ? undefined : Math.max(...waits);
    },
    failed: async (email, address) => {
      await Promise.all(
        keyed(email, address).map(([limiter, key]) =>
          limiter.consume(key).catch((refusal: unknown) => {
            if (!(refusal instanceof RateLimiterRes)) throw refusal;
          }),
        ),
      );
    },
    succeeded: async (email, address) => {
      await both.delete(`${email} ${address}`);
    },
  };
};
