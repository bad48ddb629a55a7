import {
  type ColumnType,
  type Comparison,
  comparisonsOf,
  type RowCondition,
  type RowFilter,
} from '@junction/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceFile } from '../index.ts';
import { type Bench, csvOutput, failureOf, openBench, selectionOf } from '../testing/bench.ts';
import { readCsv, readParquet } from '../testing/read-back.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

type Comparable = string | number | bigint;

/** A column with odd values, what filters compare it with, and what its texts mean. */
type Column = {
  values: (string | null)[];
  against: string[];
  read: (text: string) => Comparable;
  /** What a value of the filter stands for, from the first that equals it to the first that is above; itself when undefined. */
  span?: (value: string) => [Comparable, Comparable] | undefined;
};

const decimalOf = (text: string): bigint => {
  const [, sign, whole = '', fraction = ''] = /^([+-]?)(\d*)[.]?(\d*)$/.exec(text) ?? [];
  const value = BigInt(whole + fraction.padEnd(30, '0'));
  return sign === '-' ? -value : value;
};
const momentOf = (text: string): number => Date.parse(/T|^.{10}$/.test(text) ? text : `${text.replace(' ', 'T')}Z`);
const guid = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';

const columns: Readonly<Record<string, Column>> = {
  text: {
    values: [
      null,
      '',
      ' ',
      'a',
      'A',
      'ab',
      'ba',
      'aba',
      '%',
      '_',
      "it's",
      'é',
      '😀x',
      '007',
      'NULL',
      'a\nb',
      '"',
      '\\',
      'x'.repeat(9_000),
    ],
    against: ['a', '', '%', '_', "'", 'é', '😀', '\n', '7', 'null', '"', '\\', '$1', 'x'.repeat(2_000)],
    read: (text) => text,
  },
  guid: {
    values: [null, '', guid, guid.toUpperCase(), `{${guid}}`, '00000000-0000-0000-0000-000000000000'],
    against: [guid, guid.toUpperCase()],
    read: (text) => text.replace(/[{}]/g, '').toLowerCase(),
  },
  integer: {
    values: [
      null,
      '',
      '0',
      '-0',
      '+5',
      '007',
      '5.0',
      '-1',
      '9007199254740993',
      '9007199254740992',
      '9223372036854775807',
      '-9223372036854775808',
    ],
    against: ['0', '5', '-1', '9007199254740993', '999999999999999999', '-999999999999999999'],
    read: (text) => BigInt(text.replace(/^[+]|[.]0*$/g, '')),
  },
  decimal: {
    values: [
      null,
      '',
      '0',
      '-0.0',
      '12.5',
      '+12.50',
      '12.500000000000000001',
      '-0.000000000000000001',
      '99999999999999999999.999999999999999999',
      '.5',
      '5.',
    ],
    against: [
      '0',
      '12.5',
      '12.5000000000000000001',
      '-12.5',
      '0.5',
      '5',
      '-0.0000000000000000001',
      '9'.repeat(30),
      `-${'9'.repeat(30)}.5`,
      '99999999999999999999.999999999999999999',
    ],
    read: decimalOf,
  },
  'decimal:double': {
    values: [null, '', '0', '-0', '12.5', '1e300', '-1E-300', 'NaN', 'Infinity', '-inf'],
    against: ['0', '12.5', '-1', '999999999999999999999999999999'],
    // As PostgreSQL has it: NaN equals itself and is above everything.
    read: (text) => {
      if (/nan/i.test(text)) return Number.MAX_VALUE;
      if (/inf/i.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.MAX_VALUE / 2;
      return Number(text);
    },
  },
  date: {
    values: [
      null,
      '',
      '2026-11-22',
      '2026-11-22T00:00:00Z',
      '11/22/2026',
      '1969-12-31',
      '0001-01-01',
      '9999-12-31',
      '2024-02-29',
    ],
    against: ['2026-11-22', '1970-01-01', '0001-01-01', '9999-12-31'],
    read: (text) => (text.includes('/') ? '2026-11-22' : text.slice(0, 10)),
  },
  time: {
    values: [null, '', '08:30', '08:30:00', '8:30:00 AM', '23:59:59.999999', '00:00', '12:00 AM'],
    against: ['08:30:00', '00:00:00', '23:59:59.999999', '12:00:00'],
    read: (text) =>
      ({ '8:30:00 AM': '08:30:00', '12:00 AM': '00:00:00' })[text] ?? (text.length === 5 ? `${text}:00` : text),
  },
  dateTime: {
    values: [
      null,
      '',
      '2026-11-22T08:30:00Z',
      '2026-11-22 08:30:00',
      '2026-11-22T10:30:00+02:00',
      '2026-11-22T23:59:59.999Z',
      '2026-11-23T00:00:00Z',
      '2026-11-22',
      '2026-11-23T01:30:00+02:00',
      '1969-12-31T23:59:59.5Z',
    ],
    against: [
      '2026-11-22T08:30:00Z',
      '2026-11-22T09:30:00+01:00',
      '2026-11-22',
      '1970-01-01',
      '1969-12-31T23:59:59.5Z',
    ],
    read: momentOf,
    span: (value) => {
      const start = Date.parse(value);
      return value.length === 10 ? [start, start + 24 * 60 * 60 * 1_000] : undefined;
    },
  },
  boolean: {
    values: [null, '', 'true', 'False', '1', '0', 'TRUE'],
    against: [],
    read: (text) => (/true|1/i.test(text) ? 1 : 0),
  },
  json: { values: [null, '', '{}', 'null', '[]'], against: [], read: (text) => text },
  other: { values: [null, '', ' ', 'x'], against: [], read: (text) => text },
};

const holds = (
  is: Comparison,
  text: string | null,
  values: string[],
  isText: boolean,
  { read, span }: Column,
): boolean => {
  if (is === 'isEmpty' || is === 'isNotEmpty') return (text === null || text === '') === (is === 'isEmpty');
  if (is === 'notEquals') return !holds('equals', text, values, isText, { read, span } as Column);
  if (is === 'notOneOf') return !holds('oneOf', text, values, isText, { read, span } as Column);
  if (text === null || (text === '' && !isText)) return false;
  const found = read(text);
  if (is === 'isTrue' || is === 'isFalse') return (found === 1) === (is === 'isTrue');
  return values.some((value) => {
    if (is === 'contains') return text.includes(value);
    if (is === 'startsWith') return text.startsWith(value);
    if (is === 'endsWith') return text.endsWith(value);
    const spanned = span?.(value);
    const first = spanned?.[0] ?? read(value);
    const isBelow = found < first;
    const isAbove = spanned ? found >= spanned[1] : found > first;
    if (is === 'lessThan') return isBelow;
    if (is === 'atMost') return !isAbove;
    if (is === 'greaterThan') return isAbove;
    if (is === 'atLeast') return !isBelow;
    return !isBelow && !isAbove;
  });
};

const conditionsOf = (type: ColumnType, against: string[]): RowCondition[] =>
  comparisonsOf[type].flatMap((is): RowCondition[] => {
    if (is === 'oneOf' || is === 'notOneOf')
      return [against.slice(0, 1), against].map((values) => ({ column: 'value', is, values }));
    if (is === 'isEmpty' || is === 'isNotEmpty' || is === 'isTrue' || is === 'isFalse')
      return [{ column: 'value', is }];
    return against.map((value) => ({ column: 'value', is, value }));
  });

const valuesOf = (condition: RowCondition): string[] => {
  if ('values' in condition) return condition.values;
  return 'value' in condition ? [condition.value] : [];
};

const quoted = (value: string | null) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`);

describe.each(Object.entries(columns))('a filter of %s', (stated, column) => {
  const type = (stated.split(':')[0] ?? '') as ColumnType;
  const selection = selectionOf({ id: 'integer', value: stated });

  const csv = () => bench.file('values.csv', column.values.map((value, id) => `${id},${quoted(value)}\n`).join(''));
  const parquet = async () => {
    const { content } = await bench.transform([await csv()], selection, { type: 'parquet' });
    return bench.file('values.parquet', content, { type: 'parquet' });
  };

  it.each(['CSV', 'Parquet'])('lets through what it says, of %s', async (source) => {
    const file: SourceFile = await (source === 'CSV' ? csv() : parquet());
    const against = source === 'CSV' ? column.against : column.against.slice(0, 3);
    for (const condition of conditionsOf(type, against)) {
      const filter: RowFilter = { match: 'all', of: [condition] };
      const { content } = await bench.transform(
        [file],
        { ...selection, choice: [{ name: 'id' }], filter },
        { type: 'parquet' },
      );
      const expected = column.values.flatMap((text, id) =>
        holds(condition.is, text, valuesOf(condition), type === 'text', column) ? [BigInt(id)] : [],
      );
      const found = (await readParquet(content)).map(({ id }) => id);
      expect({ condition, found }).toEqual({ condition, found: expected });
    }
  });
});

describe('a filter of several conditions', () => {
  const selection = selectionOf({ id: 'integer', a: 'text', b: 'integer', c: 'boolean' });
  const rows: [string, string | null, string | null][] = ['x', 'y', '', null].flatMap((a) =>
    ['1', '2', null].flatMap((b) =>
      ['true', 'false', null].map((c): [string, string | null, string | null] => [quoted(a), b, c]),
    ),
  );
  const file = () =>
    bench.file(
      'several.csv',
      rows.map((row, id) => `${[id, ...row.map((value) => value ?? '')].join(',')}\n`).join(''),
    );

  it.each([
    ['all', (one: boolean, other: boolean) => one && other],
    ['any', (one: boolean, other: boolean) => one || other],
  ] as const)('asks for %s of them, also in groups', async (match, both) => {
    const isOther = match === 'all' ? 'any' : 'all';
    const filter: RowFilter = {
      match,
      of: [
        { column: 'a', is: 'notEquals', value: 'x' },
        {
          match: isOther,
          of: [
            { column: 'b', is: 'atLeast', value: '2' },
            {
              match,
              of: [
                { column: 'c', is: 'isTrue' },
                { column: 'a', is: 'isEmpty' },
              ],
            },
          ],
        },
      ],
    };
    const other = (one: boolean, two: boolean) => (match === 'all' ? one || two : one && two);
    const expected = rows.flatMap(([a, b, c], id) =>
      both(a !== '"x"', other(b === '2', both(c === 'true', a === '' || a === '""'))) ? [String(id)] : [],
    );
    const { content } = await bench.transform(
      [await file()],
      { ...selection, choice: [{ name: 'id' }], filter },
      csvOutput(),
    );
    expect(readCsv(content).map(([id]) => id)).toEqual(expected);
  });

  it('takes as many values as a filter may have', async () => {
    const values = Array.from({ length: 200 }, (_, index) => `'); DROP TABLE x; -- ${index}`).concat('x');
    const filter: RowFilter = {
      match: 'all',
      of: Array.from({ length: 50 }, () => ({ column: 'a', is: 'oneOf' as const, values })),
    };
    const { rows: written } = await bench.transform([await file()], { ...selection, filter });
    expect(written).toBe(9);
  });
});

it.each([
  ['a column that is not there any more', { column: 'gone', is: 'isEmpty' as const }, 'unknownColumn'],
  [
    'a value that is not of the type of the column',
    { column: 'id', is: 'equals' as const, value: 'SECRET' },
    'filterUnfit',
  ],
  ['a comparison that the type does not have', { column: 'id', is: 'isTrue' as const }, 'filterUnfit'],
])('refuses %s', async (_, condition, code) => {
  const file = await bench.file('one.csv', '1\n');
  const failure = await failureOf(
    bench.transform([file], selectionOf({ id: 'integer' }, { filter: { match: 'all', of: [condition] } })),
  );
  expect(failure).toMatchObject({ code, isTransient: false });
  expect(String(failure)).not.toContain('SECRET');
});
