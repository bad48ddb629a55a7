import { Timestamp } from '@junction/contracts';

/**
 * Whether a text is an RFC 3339 time that PostgreSQL reads too: it has no year 0 and no offset of sixteen hours or more, both
 * of which RFC 3339 allows.
 */
export const isStorableTime = (text: string): boolean =>
  Timestamp.safeParse(text).success && !text.startsWith('0000') && !/[+-](?:1[6-9]|2\d):\d\d$/.test(text);
