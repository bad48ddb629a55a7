import { endsSoon } from '../../lib/ends-soon.ts';

/** A warning of a credential that ends: short for a cell ("Expires in 9 days"), and as a sentence. */
export type ExpiryWarning = { short: string; sentence: string; hasExpired: boolean };

/** Warns of a credential that has ended or ends within `credentialWarningDays`; undefined for any other. */
export const expiryWarning = (expiresAt: string | null, now: Date): ExpiryWarning | undefined => {
  const end = expiresAt === null ? undefined : endsSoon(expiresAt, now);
  if (end === undefined) return undefined;
  if (end.hasEnded) return { short: 'Expired', sentence: 'The credential has expired.', hasExpired: true };
  return { short: `Expires ${end.when}`, sentence: `The credential expires ${end.when}.`, hasExpired: false };
};
