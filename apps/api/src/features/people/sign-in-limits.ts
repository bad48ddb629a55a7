import { addressKey } from '../../platform/address-key.ts';
import { createAttemptLimit } from '../../platform/attempt-limits.ts';

/** Failed attempts are counted over this time, so that nobody is locked out for ever. */
export const windowSeconds = 15 * 60;
/** Somebody who mistypes gets this many tries for one account from one address. */
export const perAccountAndAddress = 8;
/** An office behind one address shares these; a guesser with many accounts is stopped. */
export const perAddress = 50;
/** Guessing one account from many addresses is slowed to this; its owner may have to wait, but only minutes. */
export const perAccount = 100;
/** A one-time link's token cannot be guessed, so this only keeps programs from asking for ever. */
export const linksPerAddress = 20;

/** Counts failed sign-ins per account, per address and per both. An account that does not exist is counted just the same. */
export type SignInLimits = {
  /** Counts a try before it is made; throws tooManyRequests. */
  attempt(email: string, address: string): Promise<void>;
  /** The try was right after all. */
  succeeded(email: string, address: string): Promise<void>;
};

/** Makes the counters of sign-ins. The narrowest is asked first: what it refuses does not use up what others share. */
export const createSignInLimits = (): SignInLimits => {
  const make = (attempts: number) => createAttemptLimit(attempts, windowSeconds, 'failed attempts');
  const [both, addresses, accounts] = [make(perAccountAndAddress), make(perAddress), make(perAccount)];
  return {
    attempt: async (email, address) => {
      const from = addressKey(address);
      await both.take(`${email} ${from}`);
      await addresses.take(from);
      await accounts.take(email);
    },
    succeeded: async (email, address) => {
      const from = addressKey(address);
      await Promise.all([both.forget(`${email} ${from}`), addresses.giveBack(from), accounts.giveBack(email)]);
    },
  };
};

/** Counts tries of one-time links that led nowhere, per address. */
export type LinkLimits = {
  attempt(address: string): Promise<void>;
  succeeded(address: string): Promise<void>;
};

/** Makes the counters of one-time links. */
export const createLinkLimits = (): LinkLimits => {
  const limit = createAttemptLimit(linksPerAddress, windowSeconds, 'links that are not valid');
  return {
    attempt: (address) => limit.take(addressKey(address)),
    succeeded: (address) => limit.giveBack(addressKey(address)),
  };
};
