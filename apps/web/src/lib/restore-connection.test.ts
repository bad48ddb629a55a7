import type { Restoration } from '@junction/contracts';
import { expect, test } from 'vitest';
import { anId } from '../testing/fixtures.ts';
import { restoredSentence } from './restore-connection.ts';

const group = (...names: string[]) => ({ count: names.length, value: names.map((name) => ({ id: anId(), name })) });
const restoration = (reattached: Restoration['left'], left: Restoration['left'], withSource = 0): Restoration => ({
  connection: { name: 'Contoso lake' } as Restoration['connection'],
  reattached,
  left,
  withSource,
});

test('says which exports are connected again, and which stay and why', () => {
  expect(restoredSentence(restoration(group('A', 'B', 'C'), group('D')))).toBe(
    'Contoso lake is back. 3 exports are connected again: A, B, and C; 1 stays as it is (moved, connected elsewhere or edited since): D.',
  );
  expect(restoredSentence(restoration(group('A'), group()))).toBe(
    'Contoso lake is back. 1 export is connected again: A.',
  );
  expect(restoredSentence(restoration(group(), group('D', 'E')))).toBe(
    'Contoso lake is back. 2 exports stay as they are (moved, connected elsewhere or edited since): D and E.',
  );
  expect(restoredSentence(restoration(group(), group()))).toBe('Contoso lake is back.');
});

test('says that exports stay where the removal moved them, where that is known of all that stay', () => {
  const moved = restoration(group(), group('D', 'E'));
  expect(restoredSentence(moved, 2)).toBe('Contoso lake is back. 2 exports stay where they were moved: D and E.');
  expect(restoredSentence(restoration(group('A'), group('D')), 1)).toContain('; 1 stays where it was moved: D.');
  expect(restoredSentence(moved, 1)).toContain('2 exports stay as they are (moved, connected elsewhere');
});

test('says how many exports have their source again', () => {
  expect(restoredSentence(restoration(group(), group(), 2))).toBe(
    'Contoso lake is back. 2 exports have their source again.',
  );
  expect(restoredSentence(restoration(group('A'), group(), 1))).toBe(
    'Contoso lake is back. 1 export is connected again: A; 1 export has its source again.',
  );
});

test('names only the first of many', () => {
  const many = group('A', 'B', 'C', 'D', 'E', 'F');
  expect(restoredSentence(restoration({ ...many, count: 1000 }, group()))).toContain(
    '1,000 exports are connected again: A, B, C, D, E and 995 more.',
  );
});
