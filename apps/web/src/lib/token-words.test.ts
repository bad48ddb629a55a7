import { tokenActions } from '@junction/contracts';
import { expect, test } from 'vitest';
import { scopeInWords, scopePresets, tokenActionGroups, tokenActionWords } from './token-words.ts';

test('every action of tokens has words of its own, in one group', () => {
  expect(Object.keys(tokenActionWords).sort()).toEqual([...tokenActions].sort());
  expect(new Set(Object.values(tokenActionWords)).size).toBe(tokenActions.length);
  expect(tokenActionGroups.flatMap(({ actions }) => actions).sort()).toEqual([...tokenActions].sort());
});

test('read only changes nothing, and running exports reaches no connection', () => {
  expect(scopePresets.readOnly.every((action) => /:(list|read)$/.test(action))).toBe(true);
  expect(scopePresets.readOnly).toContain('export:list');
  expect(scopePresets.runExports).toContain('export:run');
  expect(scopePresets.runExports.some((action) => action.startsWith('connection'))).toBe(false);
});

test.each([
  ['a preset, in any order', [...scopePresets.runExports].reverse(), 'Run exports'],
  ['all', tokenActions, 'Everything'],
  ['one', ['activity:list'], 'See the activity'],
  [
    'two, in the order of all',
    ['run:list', 'export:list'],
    'List exports; List runs and see the status of an environment',
  ],
  ['more', ['export:list', 'export:read', 'export:run', 'activity:list'], 'List exports; See one export and 2 more'],
] as const)('names a scope of %s', (_, scope, words) => expect(scopeInWords(scope)).toBe(words));
