import type { Restoration } from '@junction/contracts';
import { expect, test } from 'vitest';
import { anId } from '../testing/fixtures.ts';
import { restoredSentence } from './restore-connection.ts';

const group = (...names: string[]) => ({ count: names.length, value: names.map((name) => ({ id: anId(), name })) });
const restoration = (reattached: Restoration['left'], left: Restoration['left']): Restoration => ({
  connection: { name: 'Contoso lake' } as Restoration['connection'],
  reattached,
  left,
});

test('says which exports are connected again, and which stay and why', () => {
  expect(restoredSentence(restoration(group('A', 'B', 'C'), group('D')))).toBe(
    'Contoso lake is back. 3 exports are connected again: A, B, and C; 1 stays as it is, because it was connected elsewhere or edited since: D.',
  );
  expect(restoredSentence(restoration(group('A'), group()))).toBe(
    'Contoso lake is back. 1 export is connected again: A.',
  );
  expect(restoredSentence(restoration(group(), group('D', 'E')))).toBe(
    'Contoso lake is back. 2 exports stay as they are, because they were connected elsewhere or edited since: D and E.',
  );
  expect(restoredSentence(restoration(group(), group()))).toBe('Contoso lake is back.');
});

test('names only the first of many', () => {
  const many = group('A', 'B', 'C', 'D', 'E', 'F');
  expect(restoredSentence(restoration({ ...many, count: 1000 }, group()))).toContain(
    '1,000 exports are connected again: A, B, C, D, E and 995 more.',
  );
});
