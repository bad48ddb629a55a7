import { addressKey } from '../../platform/address-key.ts';
import { createAttemptLimit } from '../../platform/attempt-limits.ts';

/** Counted over this time, like failed sign-ins. */
const windowSeconds = 15 * 60;
/** A token cannot be guessed, so this only keeps programs with a wrong one from asking for ever. */
export const unknownTokensPerAddress = 50;

/**
 * Counts tokens that nobody has, per address. One that holds is never refused for them: programs of many people share an address, and a
 * guesser learns nothing, as there are 2²⁵⁶ tokens.
 */
export type TokenLimits = {
  /** Throws tooManyRequests when there were too many. */
  failed(address: string): Promise<void>;
};

/** Makes the counter. */
export const createTokenLimits = (): TokenLimits => {
  const limit = createAttemptLimit(unknownTokensPerAddress, windowSeconds, 'tokens that are not valid');
  return { failed: (address) => limit.take(addressKey(address)) };
};
