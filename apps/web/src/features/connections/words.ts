import type { SharedWith } from '@junction/contracts';
import { formatNumber } from '../../lib/words.ts';

/** The choices of who can use a connection, in the words of the form. */
export const sharedWithWords: Readonly<Record<SharedWith, string>> = {
  admins: 'Administrators',
  adminsAndContributors: 'Administrators and contributors',
  namedContributors: 'Administrators and named contributors',
};

/** "2 set up". */
export const setUpCount = (count: number): string => `${formatNumber(count)} set up`;

/** The words for what started a check. */
export const triggerWords = {
  setup: 'When it was set up',
  edit: 'When it was changed',
  manual: 'On request',
  probe: 'Scheduled',
} as const;
