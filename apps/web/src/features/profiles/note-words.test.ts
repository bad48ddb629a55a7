import { profileNoteCodes } from '@junction/contracts';
import { expect, test } from 'vitest';
import { noteWords } from './note-words.ts';

test.each([
  [{ code: 'missingIds', rows: 1_204 }, /^1,204 rows have no id\./],
  [{ code: 'missingIds', rows: 1 }, /^1 row has no id\./],
  [{ code: 'rowsMalformed', rows: null }, /^A few rows could not be read\./],
] as const)('%o', (note, words) => expect(noteWords(note)).toMatch(words));

test.each(profileNoteCodes)('%s says what was found and what became of it', (code) => {
  expect(noteWords({ code, rows: 12 })).toMatch(/^12 [^.]+\. (Each|These|They) [^.]+\.$/);
});
