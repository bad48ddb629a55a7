import { credentialWarningDays, daysUntil } from '@junction/contracts';

/** That something has ended, or when it will: "in 9 days". */
export type EndsSoon = { hasEnded: true } | { hasEnded: false; when: string };

/** Whether what ends at a moment has ended or does so within `credentialWarningDays`; undefined where there is time. */
export const endsSoon = (at: string, now: Date): EndsSoon | undefined => {
  if (Date.parse(at) <= now.getTime()) return { hasEnded: true };
  const days = daysUntil(at, now);
  if (days >= credentialWarningDays) return undefined;
  return { hasEnded: false, when: days === 0 ? 'in less than a day' : `in ${days} ${days === 1 ? 'day' : 'days'}` };
};
