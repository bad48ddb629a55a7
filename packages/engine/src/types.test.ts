import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, failureOf, openBench, selectionOf } from './testing/bench.ts';
import { parquetColumns, readCsv, readNdjson, readParquet } from './testing/read-back.ts';
import { csvValue } from './write/csv-text.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** Rows with these values in a column of a type; a second column keeps an empty value from being an empty line. */
const fileOf = (values: readonly string[]) =>
  bench.file('values.csv', values.map((value) => `${csvValue(value, ',')},-\n`).join(''));

const written = async (type: string, values: readonly string[]) => {
  const { content } = await bench.transform([await fileOf(values)], selectionOf({ value: type, other: 'text' }));
  return readCsv(content).map(([value]) => value);
};

const stored = async (type: string, values: readonly string[]) => {
  const selection = selectionOf({ value: type, other: 'text' });
  const { content } = await bench.transform([await fileOf(values)], selection, { type: 'parquet' });
  return (await readParquet(content)).map(({ value }) => value);
};

const sent = async (type: string, values: readonly string[]) => {
  const selection = selectionOf({ value: type, other: 'text' });
  const { content } = await bench.transform([await fileOf(values)], selection, { type: 'ndjson' });
  return content.toString().match(/(?<="value":).*(?=,"other")/g);
};

/** Which of these values a column of a type does not take. */
const refused = async (type: string, values: readonly string[]) => {
  const selection = selectionOf({ value: type, other: 'text' });
  const { setAside = '' } = await bench.transform([await fileOf(values)], selection, undefined, 'setAside');
  return readCsv(Buffer.from(setAside))
    .slice(1)
    .map(([, line]) => values[Number(line) - 1]);
};

const time = (text: string) => new Date(text);

describe('text', () => {
  const odd = [
    '007',
    ' padded ',
    'ü😀\u0000',
    'a"b',
    'NULL',
    'null',
    'nan',
    '2020-1-1',
    '1e20',
    '\\N',
    'x'.repeat(5000),
  ];

  it('is written as it is', async () => {
    expect(await written('text', odd)).toEqual(odd);
    expect(await stored('text', odd)).toEqual(odd);
    expect((await sent('text', odd))?.map((value) => JSON.parse(value))).toEqual(odd);
  });

  it.each(['json', 'other', 'guid'])('is how Parquet has the type %s', async (type) => {
    const values = ['3F2504E0-4F89-11D3-9A0C-0305E82C3301'];
    expect(await stored(type, values)).toEqual(values);
  });

  it('tells empty text from none', async () => {
    const file = await bench.file('empty.csv', '"",-\n,-\n');
    const selection = selectionOf({ value: 'text', other: 'text' });
    const { content } = await bench.transform([file], selection);
    expect(content.toString()).toBe('"",-\n,-\n');
    const parquet = await bench.transform([file], selection, { type: 'parquet' });
    expect((await readParquet(parquet.content)).map(({ value }) => value)).toEqual(['', null]);
    const lines = await bench.transform([file], selection, { type: 'ndjson' });
    expect(readNdjson(lines.content).map(({ value }) => value)).toEqual(['', null]);
  });
});

describe.each(['integer', 'decimal', 'decimal:double', 'boolean', 'date', 'time', 'dateTime', 'guid'])('%s', (type) => {
  it('has no value where there is none, with quotes or without', async () => {
    const file = await bench.file('empty.csv', '"",-\n,-\n');
    const selection = selectionOf({ value: type, other: 'text' });
    const { content } = await bench.transform([file], selection);
    expect(content.toString()).toBe(',-\n,-\n');
    const parquet = await bench.transform([file], selection, { type: 'parquet' });
    expect((await readParquet(parquet.content)).map(({ value }) => value)).toEqual([null, null]);
    const lines = await bench.transform([file], selection, { type: 'ndjson' });
    expect(readNdjson(lines.content).map(({ value }) => value)).toEqual([null, null]);
  });
});

describe('integers', () => {
  const values = ['0', '-1', '+5', '007', '42.0', '9223372036854775807', '-9223372036854775808'];

  it('keep their digits in CSV', async () => {
    expect(await written('integer', values)).toEqual(values);
  });

  it('are 64 bits in Parquet and numbers in NDJSON', async () => {
    const numbers = [0n, -1n, 5n, 7n, 42n, 9223372036854775807n, -9223372036854775808n];
    expect(await stored('integer', values)).toEqual(numbers);
    expect(await sent('integer', values)).toEqual(numbers.map(String));
  });

  it('are whole, and not larger than 64 bits', async () => {
    const wrong = [
      '1.5',
      '1e3',
      '0x1F',
      '1_000',
      ' 42',
      '1,000',
      'abc',
      '-',
      '٣',
      '9223372036854775808',
      '1'.repeat(40),
    ];
    expect(await refused('integer', [...wrong, '1'])).toEqual(wrong);
  });
});

describe('decimals', () => {
  const values = [
    '12.50',
    '-0.5',
    '+1',
    '1e3',
    '1E-05',
    '.5',
    '5.',
    '000.10',
    '12345678901234567890.123456789012345678',
  ];

  it('keep their digits in CSV', async () => {
    expect(await written('decimal', values)).toEqual(values);
  });

  it('have 18 digits after the point in Parquet', async () => {
    const file = await fileOf(['-0.5', '12345678901234567890.123456789012345678', '123456789.0123456789', '1e3']);
    const { content } = await bench.transform([file], selectionOf({ value: 'decimal', other: 'text' }), {
      type: 'parquet',
    });
    expect(parquetColumns(content).value).toContain('"scale":18,"precision":38');
    const digits = ['-0.5', '12345678901234567890.123456789012345678', '123456789.0123456789', '1000'];
    expect((await readParquet(content)).map(({ value }) => value)).toEqual(digits);
    const parquet = await bench.file('decimals.parquet', content, { type: 'parquet' });
    const back = await bench.transform([parquet], selectionOf({ value: 'decimal', other: 'text' }));
    expect(readCsv(back.content).map(([value]) => value)).toEqual(digits);
  });

  it('are refused where a Parquet file has more digits than can be read, in the columns that are chosen', async () => {
    const types = selectionOf({ value: 'decimal', other: 'text' });
    const { content } = await bench.transform([await fileOf(['1.5'])], types, { type: 'parquet' });
    // Scale and precision stand beside each other in the metadata, zigzag: 38 digits become 39.
    const longer = Buffer.from(content.toString('latin1').replaceAll('\x15\x24\x15\x4c', '\x15\x24\x15\x4e'), 'latin1');
    expect(longer).not.toEqual(content);
    const parquet = await bench.file('long.parquet', longer, { type: 'parquet' });
    for (const columns of [types, { ...types, choice: [{ name: 'value' }] }]) {
      const failure = await failureOf(bench.transform([parquet], columns));
      const details = { file: 'long.parquet', column: 'value' };
      expect(failure).toMatchObject({ code: 'tooManyDigits', message: expect.stringContaining('39 digits'), details });
    }
    const { rows } = await bench.transform([parquet], { ...types, choice: [{ name: 'other' }] });
    expect(rows).toBe(1);
  });

  it('are rounded where they have more', async () => {
    const small = ['5e-999', '0E-25', '6e-19', '4e-19', '0.0000000000000000005', '-1.5e-18'];
    const read = ['0', '0', '0.000000000000000001', '0', '0.000000000000000001', '-0.000000000000000002'];
    expect(await written('decimal', small)).toEqual(small);
    expect(await stored('decimal', small)).toEqual(read);
  });

  it('are numbers of JSON with the same digits', async () => {
    expect(await sent('decimal', values)).toEqual([
      '12.50',
      '-0.5',
      '1',
      '1e3',
      '1E-05',
      '0.5',
      '5',
      '0.1',
      '12345678901234567890.123456789012345678',
    ]);
  });

  it('have up to 20 digits before the point', async () => {
    const wrong = ['123456789012345678901', '1e400', '1e20', 'NaN', '1,5', '1.2.3', '.', '0x1', '1_0', ' 1', '--1'];
    expect(await refused('decimal', [...wrong, '99999999999999999999'])).toEqual(wrong);
  });

  it('are judged alike whatever is written', async () => {
    const edges = [
      '9999999999999999999.9999999999999999999',
      '99999999999999999999.9999999999999999999',
      '0.0000000000000000001',
    ];
    const asCsv = await refused('decimal', edges);
    const { rejected } = await bench.transform(
      [await fileOf(edges)],
      selectionOf({ value: 'decimal', other: 'text' }),
      { type: 'parquet' },
      'setAside',
    );
    expect(rejected?.rows ?? 0).toBe(asCsv.length);
  });
});

describe('floating-point numbers', () => {
  const values = ['0.1', '1e20', '1.7976931348623157e308', '-5', '4.9e-324', 'NaN', '-Infinity'];

  it('keep their digits in CSV', async () => {
    expect(await written('decimal:double', values)).toEqual(values);
  });

  it('are doubles in Parquet', async () => {
    const numbers = [0.1, 1e20, Number.MAX_VALUE, -5, Number.MIN_VALUE, Number.NaN, Number.NEGATIVE_INFINITY];
    expect(await stored('decimal:double', values)).toEqual(numbers);
  });

  it('are text in NDJSON where JSON has no number for them', async () => {
    expect((await sent('decimal:double', values))?.slice(-2)).toEqual(['"NaN"', '"-Infinity"']);
  });

  it('are no words, and not too large', async () => {
    const wrong = ['1e400', 'one', '1,5', '1_0'];
    expect(await refused('decimal:double', [...wrong, '1'])).toEqual(wrong);
  });

  it('come out of Parquet without an exponent where their digits have room', async () => {
    const source = await bench.transform(
      [await fileOf(['1e20', '1.5e-7', '123456789.125', '1e300'])],
      selectionOf({ value: 'decimal:double', other: 'text' }),
      { type: 'parquet' },
    );
    const parquet = await bench.file('doubles.parquet', source.content, { type: 'parquet' });
    const { content } = await bench.transform([parquet], selectionOf({ value: 'decimal:double', other: 'text' }));
    expect(readCsv(content).map(([value]) => value)).toEqual([
      '100000000000000000000',
      '0.00000015',
      '123456789.125',
      '1e+300',
    ]);
  });
});

describe('booleans', () => {
  it('are written in one way, however the source has them', async () => {
    const values = ['true', 'false', 'True', 'FALSE', '1', '0'];
    const truths = [true, false, true, false, true, false];
    expect(await written('boolean', values)).toEqual(truths.map(String));
    expect(await stored('boolean', values)).toEqual(truths);
    expect(await sent('boolean', values)).toEqual(truths.map(String));
  });

  it('are nothing else', async () => {
    const wrong = ['yes', 't', '2', 'wahr', '-1'];
    expect(await refused('boolean', [...wrong, '1'])).toEqual(wrong);
  });
});

describe('dates', () => {
  const values = ['2026-11-22', '1969-12-31', '9999-12-31', '0001-01-01', '2024-02-29'];

  it('stay as they are', async () => {
    expect(await written('date', values)).toEqual(values);
    expect(await stored('date', values)).toEqual(values.map(time));
  });

  it('may be moments at midnight, and in the notation of the US', async () => {
    const moments = [
      '2026-11-22T00:00:00Z',
      '2026-11-22 00:00:00',
      '2026-11-22T00:00:00.0000000+02:00',
      '11/22/2026 12:00:00 AM',
      '11/22/2026',
    ];
    expect(await written('date', moments)).toEqual(moments.map(() => '2026-11-22'));
    expect(await stored('date', moments)).toEqual(moments.map(() => time('2026-11-22')));
  });

  it('are days of the calendar', async () => {
    const wrong = [
      '2026-02-30',
      '2026-11-22T10:00:00Z',
      '22.11.2026',
      '13/1/2026',
      '2026-1-1',
      '1/2/26',
      'today',
      'epoch',
      'infinity',
      '10000-01-01',
    ];
    expect(await refused('date', [...wrong, '2026-01-01'])).toEqual(wrong);
  });
});

describe('times of day', () => {
  it('stay as they are, those of the US become ISO 8601', async () => {
    const values = ['08:30', '08:30:15', '23:59:59.123456', '8:30:15 AM', '12:00 AM', '1:02:03\u202fPM'];
    expect(await written('time', values)).toEqual([...values.slice(0, 3), '08:30:15', '00:00:00', '13:02:03']);
    const second = 1_000_000n;
    expect(await stored('time', values)).toEqual(
      [30_600n, 30_615n, 86_399n, 30_615n, 0n, 46_923n].map(
        (seconds, index) => seconds * second + (index === 2 ? 123_456n : 0n),
      ),
    );
  });

  it('are within a day, without a zone', async () => {
    const wrong = ['24:00:00', '8:30', '10:00:00Z', '10:00:00+02', '13:00 PM', '10:60'];
    expect(await refused('time', [...wrong, '10:00'])).toEqual(wrong);
  });
});

describe('moments', () => {
  const values = [
    '2026-11-22T08:30:00Z',
    '2026-11-22 08:30:00',
    '2026-11-22T08:30:00.1234567Z',
    '2026-11-22T08:30:00+02:00',
    '2026-11-22T08:30:00-0530',
    '2026-11-22 08:30Z',
    '2026-11-22T08:30+02',
    '2026-11-22',
    '1969-12-31T23:59:59.5Z',
    '9999-12-31T23:59:59Z',
    '0001-01-01T00:00:00',
  ];
  const moments = [
    '2026-11-22T08:30:00Z',
    '2026-11-22T08:30:00Z',
    '2026-11-22T08:30:00.123Z',
    '2026-11-22T06:30:00Z',
    '2026-11-22T14:00:00Z',
    '2026-11-22T08:30:00Z',
    '2026-11-22T06:30:00Z',
    '2026-11-22T00:00:00Z',
    '1969-12-31T23:59:59.5Z',
    '9999-12-31T23:59:59Z',
    '0001-01-01T00:00:00Z',
  ];

  it('stay as they are in CSV, with all digits and their zone', async () => {
    expect(await written('dateTime', values)).toEqual(values);
  });

  it('are moments in UTC in Parquet', async () => {
    expect(await stored('dateTime', values)).toEqual(moments.map(time));
  });

  it('become ISO 8601 where the source writes as the US does', async () => {
    const us = [
      '11/22/2026 8:30:00 AM',
      '1/2/2026 12:00:00 AM',
      '1/2/2026 1:02:03\u202fPM',
      '1/2/2026 13:05',
      '1/2/2026',
    ];
    const iso = [
      '2026-11-22T08:30:00Z',
      '2026-01-02T00:00:00Z',
      '2026-01-02T13:02:03Z',
      '2026-01-02T13:05:00Z',
      '2026-01-02T00:00:00Z',
    ];
    expect(await written('dateTime', us)).toEqual(iso);
    expect(await stored('dateTime', us)).toEqual(iso.map(time));
  });

  it('are moments that there are', async () => {
    const wrong = [
      '2026-02-30T00:00:00Z',
      '2026-11-22T25:00:00Z',
      '22.11.2026 08:30',
      '13/1/2026 8:00:00 AM',
      '1/2/26',
      '1/2/2026 020:00',
      '1/2/2026 13:05:00.5',
      'now',
      'epoch',
      'infinity',
      '1763800200',
      '2026-11-22 8:30 PM',
      '10000-01-01T00:00:00Z',
      '-123-01-01',
    ];
    expect(await refused('dateTime', [...wrong, '2026-01-01'])).toEqual(wrong);
  });
});

describe('guids', () => {
  it('stay as they are, with braces and without', async () => {
    const values = ['3F2504E0-4F89-11D3-9A0C-0305E82C3301', '{3f2504e0-4f89-11d3-9a0c-0305e82c3301}'];
    expect(await written('guid', values)).toEqual(values);
  });

  it('have 32 hexadecimal digits in five groups', async () => {
    const wrong = [
      '3F2504E04F8911D39A0C0305E82C3301',
      '3F2504E0-4F89-11D3-9A0C',
      'GF2504E0-4F89-11D3-9A0C-0305E82C3301',
    ];
    expect(await refused('guid', [...wrong, '00000000-0000-0000-0000-000000000000'])).toEqual(wrong);
  });
});
