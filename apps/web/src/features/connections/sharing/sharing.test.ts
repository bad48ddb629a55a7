import type { SharingView } from '@junction/contracts';
import { describe, expect, it } from 'vitest';
import {
  isSameSharing,
  sharingInput,
  sharingInShort,
  sharingWithNames,
  sharingWords,
  unshareSentence,
  whoLosesUse,
} from './sharing.ts';

const [carl, dora] = [
  { id: '01990000-0000-7000-8000-0000000000c1', name: 'Carl' },
  { id: '01990000-0000-7000-8000-0000000000d1', name: 'Dora' },
];
const admins: SharingView = { sharedWith: 'admins', people: [] };
const all: SharingView = { sharedWith: 'adminsAndContributors', people: [] };
const named = (...people: SharingView['people']): SharingView => ({ sharedWith: 'namedContributors', people });

describe('who can use a connection', () => {
  it('is said in full and in short', () => {
    expect(sharingWords(admins)).toBe('Administrators');
    expect(sharingWords(named(carl, dora))).toBe('Administrators, Carl, and Dora');
    expect([admins, all, named(carl, dora)].map(sharingWithNames)).toEqual([
      'Admins',
      'Admins and contributors',
      'Admins, Carl, and Dora',
    ]);
    expect([admins, all, named(carl), named(carl, dora)].map(sharingInShort)).toEqual([
      'Admins',
      'Admins and contributors',
      'Admins and 1 person',
      'Admins and 2 people',
    ]);
  });

  it('counts people only while they are what was chosen', () => {
    const changedMind: SharingView = { ...admins, people: [carl] };
    expect(sharingInput(changedMind)).toEqual({ sharedWith: 'admins', personIds: [] });
    expect(isSameSharing(changedMind, admins)).toBe(true);
    expect(isSameSharing(named(carl, dora), named(dora, carl))).toBe(true);
    expect(isSameSharing(named(carl), named(dora))).toBe(false);
  });
});

describe('who loses a connection', () => {
  it.each([
    [admins, named(carl), undefined],
    [admins, all, undefined],
    [named(carl), all, undefined],
    [named(carl), named(dora, carl), undefined],
    [all, admins, 'contributors'],
    [all, named(carl), 'contributors who are not named'],
    [named(carl, dora), named(dora), 'Carl'],
    [named(carl, dora), admins, 'Carl and Dora'],
  ])('%j → %j: %s', (before, after, who) => expect(whoLosesUse(before, after)).toBe(who));

  it('is told what becomes of exports', () => {
    expect(unshareSentence(3, 'contributors')).toBe(
      '3 exports over this connection become view only for contributors; nothing is deleted or detached.',
    );
    expect(unshareSentence(1, 'Carl', 2)).toMatch(/^1 export over these connections becomes view only for Carl/);
    expect(unshareSentence(undefined, 'Carl')).toBe(
      'Exports over this connection become view only for Carl; nothing is deleted or detached.',
    );
    expect(unshareSentence(0, 'Carl')).toMatch(/^No export/);
  });
});
