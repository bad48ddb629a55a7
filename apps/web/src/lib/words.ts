import { manifestOf } from '@junction/connectors/manifests';
import type { Environment, Role } from '@junction/contracts';

export const roleWords: Readonly<Record<Role, string>> = {
  viewer: 'Viewer',
  contributor: 'Contributor',
  admin: 'Admin',
};

/** What each role is for, in one sentence. */
export const roleHelp: Readonly<Record<Role, string>> = {
  viewer: 'Sees what is shared with them; changes nothing.',
  contributor: 'Decides what is exported and how often, over connections that admins share.',
  admin: 'Manages connections, members and the environment itself.',
};

export const environmentTypeWords: Readonly<Record<Environment['type'], string>> = {
  production: 'Production',
  sandbox: 'Sandbox',
};

/** What a type of connection is called; a type this version does not know keeps its own name. */
export const connectorLabel = (type: string): string => manifestOf(type)?.label ?? type;

// Made once: toLocaleString would make one for each row of a list.
const numbers = new Intl.NumberFormat();

/** "1,200". */
export const formatNumber = (value: number): string => numbers.format(value);

/** "1 connection", "1,200 connections". */
export const connectionCount = (count: number): string =>
  `${formatNumber(count)} ${count === 1 ? 'connection' : 'connections'}`;

/** "1 export", "1,200 exports". */
export const exportCount = (count: number): string => `${formatNumber(count)} ${count === 1 ? 'export' : 'exports'}`;

/** "Name, Container and Account key". */
export const listOfWords = (words: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(words);

/** "Account key" → "account key", while "SAS token" stays: a label inside a sentence. */
export const inSentence = (label: string): string =>
  /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

/** "the run fails" → "The run fails": words that begin a sentence. */
export const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** How many names a sentence has room for. */
const namedAtMost = 5;

/** "Lake and Archive", "Lake, Archive, … and 12 more". */
export const someNames = (names: readonly string[]): string =>
  names.length <= namedAtMost
    ? listOfWords(names)
    : `${names.slice(0, namedAtMost).join(', ')} and ${names.length - namedAtMost} more`;
