import type { PersonRef, Sharing, SharingView } from '@junction/contracts';
import { formatNumber, listOfWords, someNames } from '../../../lib/words.ts';
import { sharedWithWords } from '../words.ts';

/** The people who count: those who are named, and only while they are what was chosen. */
const namedIn = ({ sharedWith, people }: SharingView): readonly PersonRef[] =>
  sharedWith === 'namedContributors' ? people : [];

const idsOf = (sharing: SharingView): string[] => namedIn(sharing).map(({ id }) => id);

/** The choice as the API takes it. */
export const sharingInput = (sharing: SharingView): Sharing => ({
  sharedWith: sharing.sharedWith,
  personIds: idsOf(sharing),
});

/** Whether the choice is not complete: named contributors without a name. */
export const needsPeople = (sharing: SharingView): boolean =>
  sharing.sharedWith === 'namedContributors' && sharing.people.length === 0;

/** Whether two choices let the same people use a connection. */
export const isSameSharing = (one: SharingView, other: SharingView): boolean => {
  const others = new Set(idsOf(other));
  return (
    one.sharedWith === other.sharedWith && idsOf(one).length === others.size && idsOf(one).every((id) => others.has(id))
  );
};

/** In the words of the form: "Administrators and contributors", "Administrators, Carl, and Dora". */
export const sharingWords = (sharing: SharingView): string => {
  const names = namedIn(sharing).map(({ name }) => name);
  return names.length === 0 ? sharedWithWords[sharing.sharedWith] : someNames(['Administrators', ...names]);
};

/** Wherever it is shown: "Admins", "Admins and contributors", "Admins and 2 people". */
export const sharingInShort = (sharing: SharingView): string => {
  const count = namedIn(sharing).length;
  if (sharing.sharedWith === 'adminsAndContributors') return 'Admins and contributors';
  if (sharing.sharedWith === 'admins') return 'Admins';
  return `Admins and ${count === 1 ? '1 person' : `${formatNumber(count)} people`}`;
};

/** The same with the names: "Admins, Carl, and Dora". */
export const sharingWithNames = (sharing: SharingView): string => {
  const names = namedIn(sharing).map(({ name }) => name);
  return names.length === 0 ? sharingInShort(sharing) : someNames(['Admins', ...names]);
};

/** Who can use a connection now and could not any more, in words; undefined when nobody loses it. */
export const whoLosesUse = (before: SharingView, after: SharingView): string | undefined => {
  if (before.sharedWith === 'admins' || after.sharedWith === 'adminsAndContributors') return undefined;
  if (before.sharedWith === 'adminsAndContributors')
    return after.sharedWith === 'admins' ? 'contributors' : 'contributors who are not named';
  const kept = new Set(idsOf(after));
  const lost = namedIn(before).filter(({ id }) => !kept.has(id));
  return lost.length === 0 ? undefined : someNames(lost.map(({ name }) => name));
};

/** What becomes of the exports that write to connections when `who` can no longer use them; undefined: nobody knows how many. */
export const unshareSentence = (exports: number | undefined, who: string, connections = 1): string => {
  const over = connections === 1 ? 'this connection' : 'these connections';
  if (exports === undefined) return `Exports over ${over} become view only for ${who}; nothing is deleted or detached.`;
  if (exports === 0) return `No export is over ${over}, so nothing changes for what is there.`;
  const become = exports === 1 ? '1 export' : `${formatNumber(exports)} exports`;
  return `${become} over ${over} ${exports === 1 ? 'becomes' : 'become'} view only for ${who}; nothing is deleted or detached.`;
};

/** Two audiences that several connections lose, as one: "contributors and Carl". */
export const joinAudiences = (audiences: readonly string[]): string => listOfWords([...new Set(audiences)]);
