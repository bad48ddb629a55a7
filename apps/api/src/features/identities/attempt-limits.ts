import { addressKey } from '../../platform/address-key.ts';
import { createAttemptLimit } from '../../platform/attempt-limits.ts';

/** An office behind one address comes in the morning; a program that begins sign-ins for ever is stopped. */
export const attemptsPerAddress = 200;
/** Over this time, so that nobody is locked out for ever. */
const windowSeconds = 15 * 60;

/** Counts sign-ins with a provider that were begun and led nowhere yet, per address. */
export type SignInAttemptLimits = {
  /** Counts one that begins; throws tooManyRequests. */
  begin(address: string): Promise<void>;
  /** It led somewhere after all. */
  succeeded(address: string): Promise<void>;
};

export const createSignInAttemptLimits = (): SignInAttemptLimits => {
  const limit = createAttemptLimit(attemptsPerAddress, windowSeconds, 'sign-ins');
  return {
    begin: (address) => limit.take(addressKey(address)),
    succeeded: (address) => limit.giveBack(addressKey(address)),
  };
};
