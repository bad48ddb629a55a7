import { credentialWarningDays, daysUntil } from '@junction/contracts';

/** A warning of a credential that ends: short for a cell ("Expires in 9 days"), and as a sentence. */
export type ExpiryWarning = { short: string; sentence: string; hasExpired: boolean };

/** Warns of a credential that has ended or ends within `credentialWarningDays`; undefined for any other. */
export const expiryWarning = (expiresAt: string | null, now: Date): ExpiryWarning | undefined => {
  if (expiresAt === null) return undefined;
  if (Date.parse(expiresAt) <= now.getTime())
    return { short: 'Expired', sentence: 'The credential has expired.', hasExpired: true };
  const days = daysUntil(expiresAt, now);
  if (days >= credentialWarningDays) return undefined;
  const when = days === 0 ? 'in less than a day' : `in ${days} ${days === 1 ? 'day' : 'days'}`;
  return { short: `Expires ${when}`, sentence: `The credential expires ${when}.`, hasExpired: false };
};
