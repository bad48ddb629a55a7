import { describe, expect, it } from 'vitest';
import { aDependent, aRemoval, aUsage } from '../testing/connections.ts';
import {
  consequencesOf,
  knownExports,
  needsName,
  removedSentence,
  removeText,
  usageChange,
  usageInShort,
} from './removal-words.ts';

const exports = (count: number, kind: 'writes' | 'reads' = 'writes') =>
  Array.from({ length: count }, () => aDependent({ kind }));

describe('what a removal does, in words', () => {
  it('says what becomes of each kind', () => {
    const usage = aUsage([
      ...exports(11),
      aDependent({ hasLiveRun: true }),
      aDependent({ kind: 'reads' }),
      aDependent({ kind: 'entity' }),
      aDependent({ kind: 'entity' }),
    ]);
    const text = consequencesOf([usage]).join(' ');
    expect(text).toContain('12 exports become inactive: they keep their definition and schedule, stop running');
    expect(text).toContain('1 export that only reads from it keeps its own connection');
    expect(text).toContain('2 entities can no longer be chosen');
    expect(text).toContain('1 run under way is canceled.');
    expect(text).toContain('You can undo this for 30 days. After that its secrets are destroyed.');
    expect(consequencesOf([{ ...usage, undoDays: 0 }]).at(-1)).toMatch(/^This cannot be undone/);
    expect(removeText([usage])).toBe('Remove and inactivate 13 exports');
    expect(usageInShort(usage)).toBe(
      '12 exports write to it · 1 export only reads from it · 2 entities are read from it',
    );
  });

  it('says what becomes of profile data, and that undoing brings it back', () => {
    const profiles = { profiles: 120_000, people: 3, everyHours: 6, isImporting: true };
    const lake = { ...aUsage(), profiles };
    const text = consequencesOf([lake]).join(' ');
    expect(text).not.toContain('Nothing depends on it');
    expect(text).toContain('The report of its 120,000 customer profiles can no longer be seen.');
    expect(text).toContain('3 people lose access to its profile data.');
    expect(text).toContain('The import under way is canceled, and profiles are no longer imported every 6 hours.');
    expect(text).toContain('You can undo this for 30 days, which brings report and access back.');
    expect(usageInShort(lake)).toBe('3 people see its profile data');
    const first = { ...aUsage(), profiles: { profiles: null, people: 1, everyHours: 24, isImporting: false } };
    expect(consequencesOf([first])).toEqual([
      '1 person loses access to its profile data.',
      'Profiles are no longer imported once a day.',
      expect.stringContaining('its secrets, report and access list are destroyed'),
    ]);
    expect(consequencesOf([lake, first]).join(' ')).toContain('1 import under way is canceled');
  });

  it('says so when nothing depends on it', () => {
    expect(consequencesOf([aUsage()])[0]).toBe('Nothing depends on it, so nothing else changes.');
    expect(removeText([aUsage()])).toBe('Remove');
    expect(removeText([aUsage(), aUsage(exports(1))])).toBe('Remove 2 connections and inactivate 1 export');
  });

  it('asks for the name above ten exports, of either kind', () => {
    expect(needsName(aUsage(exports(10)).counts)).toBe(false);
    expect(needsName(aUsage([...exports(10), ...exports(1, 'reads')]).counts)).toBe(true);
    expect(needsName({ writes: 0, reads: 0, entities: 500 })).toBe(false);
  });

  it('says what has become of them', () => {
    expect(removedSentence(['Lake'], [aRemoval({ inactivated: 2, withoutSource: 1, canceledRuns: 1 })])).toBe(
      'Lake is removed. 3 exports are inactive now. 1 run was canceled.',
    );
    expect(removedSentence(['Lake'], [aRemoval({ moved: 1 })])).toBe('Lake is removed. 1 export moved.');
    expect(removedSentence(['Lake', 'Pond'], [aRemoval(), aRemoval()])).toBe(
      '2 connections are removed: Lake and Pond.',
    );
  });
});

describe('what has changed since the list was shown', () => {
  const items = exports(3);

  it('counts what came and what went, one by one where all are known', () => {
    const before = knownExports(aUsage(items));
    const after = knownExports(aUsage([...items.slice(1), ...exports(2)]));
    expect(usageChange(before, after)).toContain('2 exports were added and 1 export was removed or moved');
  });

  it('counts the difference where not all are known', () => {
    const after = knownExports({ ...aUsage(exports(5)), nextLink: '/more' });
    expect(usageChange(knownExports(aUsage(items)), after)).toContain('2 exports were added.');
    expect(usageChange(after, knownExports(aUsage(items)))).toContain('2 exports were removed or moved.');
    expect(usageChange(after, after)).toContain('some exports depend on it in another way');
  });
});
