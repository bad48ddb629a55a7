import { describe, expect, it } from 'vitest';
import { scheduleExports } from './bulk-exports.ts';
import { ColumnChoice, CsvDelimiter, ExportFolder, maximumExportColumns } from './exports.ts';
import { maximumFilterValues, RowFilter } from './row-filters.ts';

const messageOf = (result: { error?: { issues: { message: string }[] } }) => result.error?.issues[0]?.message;

describe('a folder', () => {
  it.each([
    ['', ''],
    [' /crm/weekly/ ', 'crm/weekly'],
    ['Cafe\u0301/2026 Q1', 'Café/2026 Q1'],
    ['😀', '😀'],
  ])('%j is %j', (written, folder) => expect(ExportFolder.parse(written)).toBe(folder));

  it.each([
    '..',
    'a/../b',
    'a//b',
    '.a',
    'a.',
    'a /b',
    'a/ b',
    'a\u00a0/b',
    'a:b',
    '\u200b',
    'a/\u200b/b',
    '\u202eab',
    'a\u2028b',
    'a\u0085b',
    'x'.repeat(101),
    'a/'.repeat(11),
  ])('%j is refused', (written) => expect(ExportFolder.safeParse(written).success).toBe(false));
});

describe('a delimiter', () => {
  it.each([',', ';', '|', '\t', '~', '^', '§', '='])('%j separates', (text) =>
    expect(CsvDelimiter.parse(text)).toBe(text),
  );

  it.each(['', ',,', 'a', 'é', '1', '١', '_', '"', ' ', '\u00a0', '\n', '\r', '\u200b', '\u0301', '\ufeff'])(
    '%j does not',
    (text) => expect(CsvDelimiter.safeParse(text).success).toBe(false),
  );
});

describe('what a column is called in the files', () => {
  const as = (name: string) => ColumnChoice.safeParse([{ name: 'A', as: name }]);

  it('is composed like other names', () => expect(as('Cafe\u0301 ').data).toEqual([{ name: 'A', as: 'Café' }]));

  it.each(['\u200b', 'a\u2028b', 'a\nb'])('is not %j', (name) => expect(as(name).success).toBe(false));
});

describe('what is wrong with one of several shapes', () => {
  it('is said in a sentence', () => {
    const columns = Array.from({ length: maximumExportColumns + 1 }, () => ({ name: 'A' }));
    expect(messageOf(ColumnChoice.safeParse(columns))).toContain(`1 to ${maximumExportColumns} columns`);
    expect(messageOf(scheduleExports.body?.safeParse({ exportIds: [crypto.randomUUID()], set: 'x' }) ?? {})).toBe(
      'Say on or off, or give a schedule.',
    );
    const values = Array.from({ length: maximumFilterValues + 1 }, () => 'x');
    for (const condition of [{ column: 'A', is: 'oneOf', values }, { column: 'A', is: 'equals', value: 5 }, {}])
      expect(messageOf(RowFilter.safeParse({ match: 'all', of: [condition] }))).toMatch(/^A condition has .*\.$/);
  });
});
