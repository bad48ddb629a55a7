import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';
import { fileName } from './download.ts';

const byteOrderMark = '\uFEFF';

test.each([
  ['plain', 'plain'],
  ['a, b', '"a, b"'],
  ['say "no"', '"say ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['=1+1', "'=1+1"],
  ['+49', "'+49"],
  ['-1', "'-1"],
  ['@home', "'@home"],
  ['\tx', "'\tx"],
  ['=HYPERLINK("x","y")', `"'=HYPERLINK(""x"",""y"")"`],
  ['München', 'München'],
  [-5, '-5'],
  [0.5123, '0.5123'],
  [null, ''],
])('%j is written as %s', (value, written) => expect(csvOf([[value]])).toBe(`${byteOrderMark}${written}\r\n`));

test('each row ends a line, the last one, too', () => {
  expect(
    csvOf([
      ['City', 'People'],
      ['Berlin', 12],
      ['Köln', null],
    ]),
  ).toBe(`${byteOrderMark}City,People\r\nBerlin,12\r\nKöln,\r\n`);
});

test('a file is named by what is in it, without what names cannot have', () => {
  expect(fileName(['Contoso / lake', 'Country or region', '2026-11-20'], 'csv')).toBe(
    'contoso-lake-country-or-region-2026-11-20.csv',
  );
  expect(fileName(['../..', 'Größe'], 'png')).toBe('größe.png');
});
