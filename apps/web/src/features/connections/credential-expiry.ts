import { credentialWarningDays, daysUntil } from '@junction/contracts';

/** A credential that ends soon or has ended; `text` is "Expires in 9 days". Undefined when there is nothing to warn of. */
export const expiryWarning = (
  expiresAt: string | null,
  now: Date,
): { text: string; hasExpired: boolean } | undefined => {
  if (expiresAt === null) return undefined;
  const days = daysUntil(expiresAt, now);
  if (days >= credentialWarningDays) return undefined;
  if (Date.parse(expiresAt) <= now.getTime()) return { text: 'Credential expired', hasExpired: true };
  const when = days === 0 ? 'in less than a day' : `in ${days} ${days === 1 ? 'day' : 'days'}`;
  return { text: `Credential expires ${when}`, hasExpired: false };
};
