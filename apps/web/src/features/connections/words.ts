import type { SharedWith } from '@junction/contracts';

/** The words for who can use a connection. */
export const sharedWithWords: Readonly<Record<SharedWith, string>> = {
  admins: 'Administrators',
  adminsAndContributors: 'Administrators and contributors',
};

// Made once: toLocaleString would make one for each row of a list.
const numbers = new Intl.NumberFormat();

/** "1 connection", "1,200 connections". */
export const connectionCount = (count: number): string =>
  `${numbers.format(count)} ${count === 1 ? 'connection' : 'connections'}`;

/** "1 export", "1,200 exports". */
export const exportCount = (count: number): string => `${numbers.format(count)} ${count === 1 ? 'export' : 'exports'}`;

/** "2 set up". */
export const setUpCount = (count: number): string => `${numbers.format(count)} set up`;

/** The words for what started a check. */
export const triggerWords = {
  setup: 'When it was set up',
  edit: 'When it was changed',
  manual: 'On request',
  probe: 'Scheduled',
} as const;

/** "Name, Container and Account key". */
export const listOfWords = (words: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(words);

/** "Account key" → "account key", while "SAS token" stays: a label inside a sentence. */
export const inSentence = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

/** How many names a sentence has room for. */
const namedAtMost = 5;

/** "Lake and Archive", "Lake, Archive, … and 12 more". */
export const someNames = (names: readonly string[]): string =>
  names.length <= namedAtMost
    ? listOfWords(names)
    : `${names.slice(0, namedAtMost).join(', ')} and ${names.length - namedAtMost} more`;
