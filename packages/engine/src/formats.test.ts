import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, csvFormat, csvOutput, failureOf, never, openBench, selectionOf } from './testing/bench.ts';
import { askDuckDb, parquetColumns, readCsv, readNdjson, readParquet, unzip } from './testing/read-back.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const types = {
  id: 'integer',
  Name: 'text',
  'Amount, "net"': 'decimal',
  'is ✓': 'boolean',
  day: 'date',
  at: 'dateTime',
};
const names = Object.keys(types);
const selection = selectionOf(types);

/** What every kind of source holds. */
const rows = [
  ['1', 'Ada', '12.50', 'true', '2026-11-22', '2026-11-22T08:30:00Z'],
  ['-2', 'Müller; "Söhne", 李😀\nzweite Zeile', '-0.01', 'false', '1969-12-31', '1969-12-31T23:59:59.250Z'],
  [null, '', null, null, null, null],
  ['4', null, '0', 'true', '9999-12-31', '0001-01-01T00:00:00Z'],
  ['9223372036854775807', ' \t=1+1 ', '99999999999999.99', 'false', '2024-02-29', '2024-02-29 12:00:00'],
];

const quoted = (value: string | null) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`);
const csvOf = (delimiter: string, { header = false, lineEnd = '\n' } = {}) =>
  [...(header ? [names] : []), ...rows].map((row) => row.map(quoted).join(delimiter) + lineEnd).join('');

/** What the rows are as values. */
const objects = rows.map(([id, name, amount, is, day, at]) => ({
  id: id == null ? null : BigInt(id),
  Name: name,
  'Amount, "net"': amount?.replace(/(\.\d*?)0+$/, '$1') ?? null,
  'is ✓': is == null ? null : is === 'true',
  day: day == null ? null : new Date(day),
  at: at == null ? null : new Date(at.includes('T') ? at : `${at.replace(' ', 'T')}Z`),
}));

/** Letters of the alphabets that an encoding knows. */
const latin = (text: string) => Buffer.from(text.replaceAll('李😀', 'é'), 'latin1');
const swapped = (text: string) => Buffer.from(text, 'utf16le').swap16();

const sources = {
  'CSV with commas': () => bench.file('a.csv', csvOf(',')),
  'CSV with semicolons and a header': () =>
    bench.file('b.csv', csvOf(';', { header: true }), csvFormat({ delimiter: ';', hasHeader: true })),
  'CSV with tabs and carriage returns': () =>
    bench.file('c.tsv', csvOf('\t', { lineEnd: '\r\n' }), csvFormat({ delimiter: '\t' })),
  'CSV with a delimiter that is not ASCII': () => bench.file('d.csv', csvOf('§'), csvFormat({ delimiter: '§' })),
  'CSV with two characters for a delimiter': () => bench.file('e.csv', csvOf('||'), csvFormat({ delimiter: '||' })),
  'CSV with a byte order mark': () =>
    bench.file('f.csv', `\ufeff${csvOf(',', { header: true })}`, csvFormat({ hasHeader: true })),
  'CSV without a last line end': () => bench.file('g.csv', csvOf(',').trimEnd()),
  'compressed CSV': () => bench.file('h.csv.gz', gzipSync(csvOf(',')), csvFormat({ compression: 'gzip' })),
  'CSV in two members of gzip': () => {
    const bytes = Buffer.from(csvOf(','));
    const halves = Buffer.concat([gzipSync(bytes.subarray(0, 20)), gzipSync(bytes.subarray(20))]);
    return bench.file('i.csv.gz', halves, csvFormat({ compression: 'gzip' }));
  },
  'CSV in UTF-16, little end first': () =>
    bench.file('j.csv', Buffer.from(`\ufeff${csvOf(',')}`, 'utf16le'), csvFormat({ encoding: 'UTF-16' })),
  'CSV in UTF-16, big end first': () => bench.file('k.csv', swapped(csvOf(',')), csvFormat({ encoding: '1201' })),
  'CSV with a mark of UTF-16 that the metadata does not know of': () =>
    bench.file('l.csv', swapped(`\ufeff${csvOf(',')}`), csvFormat()),
  'compressed CSV in UTF-16': () =>
    bench.file(
      'm.csv.gz',
      gzipSync(Buffer.from(csvOf(','), 'utf16le')),
      csvFormat({ compression: 'gzip', encoding: 'utf-16le' }),
    ),
  Parquet: async () => {
    const { content } = await bench.transform([await bench.file('a.csv', csvOf(','))], selection, { type: 'parquet' });
    return bench.file('n.parquet', content, { type: 'parquet' });
  },
};

/** What comes out of Parquet is written the way DuckDB has it, not the way a file had it before. */
const normalized = (csv: (string | null)[][]) =>
  csv.map(([id, name, amount, is, day, at]) => [
    id,
    name,
    amount == null ? null : Number(amount),
    is,
    day,
    at == null ? null : new Date(at.includes('T') ? at : `${at.replace(' ', 'T')}Z`).toISOString(),
  ]);

describe.each(Object.entries(sources))('%s', (name, source) => {
  const same = (csv: (string | null)[][]) => (name === 'Parquet' ? normalized(csv) : csv);

  it('becomes CSV', async () => {
    const { content, rows: written } = await bench.transform(
      [await source()],
      selection,
      csvOutput({ hasHeader: true }),
    );
    const [header, ...read] = readCsv(content);
    expect(header).toEqual(names);
    expect(same(read)).toEqual(same(rows));
    expect(written).toBe(rows.length);
  });

  it('becomes compressed CSV with another delimiter', async () => {
    const { content } = await bench.transform(
      [await source()],
      selection,
      csvOutput({ type: 'csvGzip', delimiter: '|' }),
    );
    expect(same(readCsv(unzip(content), '|'))).toEqual(same(rows));
  });

  it('becomes Parquet', async () => {
    const { content } = await bench.transform([await source()], selection, { type: 'parquet' });
    expect(await readParquet(content)).toEqual(objects);
  });

  it('becomes NDJSON', async () => {
    const { content } = await bench.transform([await source()], selection, { type: 'ndjson' });
    const read = readNdjson(content).map((row) =>
      Object.values(row).map((value) => (value === null ? null : String(value))),
    );
    const asText = rows.map((row) =>
      row.map((value, index) => (index === 2 && value !== null ? String(Number(value)) : value)),
    );
    // JSON.parse has no larger whole numbers; the text has all digits.
    (asText[4] ?? [])[0] = String(Number('9223372036854775807'));
    expect(content.toString()).toContain(':9223372036854775807,');
    expect(same(read)).toEqual(same(asText));
  });

  it('becomes what DuckDB reads too', async () => {
    const file = await source();
    const [csv, zipped, parquet, lines] = [
      await bench.transform([file], selection, csvOutput({ hasHeader: true })),
      await bench.transform([file], selection, csvOutput({ type: 'csvGzip' })),
      await bench.transform([file], selection, { type: 'parquet' }),
      await bench.transform([file], selection, { type: 'ndjson' }),
    ];
    const texts = names.map((column) => `'${column}': 'VARCHAR'`).join(', ');
    const options = `auto_detect = false, columns = {${texts}}, delim = ',', quote = '"', escape = '"', allow_quoted_nulls = false`;
    expect(same(await askDuckDb(`FROM read_csv('${csv.path}', header = true, ${options})`))).toEqual(same(rows));
    const unzipped = `FROM read_csv('${zipped.path}', header = false, compression = 'gzip', ${options})`;
    expect(same(await askDuckDb(unzipped))).toEqual(same(rows));
    const stored = `SELECT id::VARCHAR, "Name", "Amount, ""net"""::VARCHAR, "is ✓"::VARCHAR, day::VARCHAR,
      strftime("at" AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%gZ') FROM read_parquet('${parquet.path}')`;
    expect(normalized(await askDuckDb(stored))).toEqual(normalized(rows));
    const sent = await askDuckDb(`FROM read_json('${lines.path}', format = 'newline_delimited', columns = {${texts}})`);
    expect(normalized(sent)).toEqual(normalized(rows));
  });

  it('is filtered', async () => {
    const filter = {
      match: 'any' as const,
      of: [
        { column: 'Name', is: 'contains' as const, value: 'Zeile' },
        { column: 'id', is: 'atLeast' as const, value: '5' },
      ],
    };
    const choice = [{ name: 'at' }, { name: 'id', as: 'Nr. "1"' }];
    const filtered = { ...selection, choice, filter };
    const { content } = await bench.transform([await source()], filtered, { type: 'parquet' });
    expect(await readParquet(content)).toEqual(
      [objects[1], objects[4]].map((object) => ({ at: object?.at, 'Nr. "1"': object?.id })),
    );
    expect(
      await bench.engine.count({ files: [await source()], selection: filtered, malformed: { policy: 'fail' } }, never),
    ).toEqual({ rows: 2, rejected: 0 });
  });
});

describe('Latin-1', () => {
  it.each(['windows-1252', 'ISO-8859-1', '1252', 'latin1'])('is read as %s', async (encoding) => {
    const file = await bench.file('latin.csv', latin(csvOf(',')), csvFormat({ encoding }));
    const { content } = await bench.transform([file], selection);
    expect(readCsv(content)[1]?.[1]).toBe('Müller; "Söhne", é\nzweite Zeile');
  });
});

describe('several files', () => {
  it('are read as one, each in its own way', async () => {
    const files = await Promise.all(Object.values(sources).map((source) => source()));
    const { content, rows: written } = await bench.transform(files, selection, { type: 'ndjson' });
    expect(written).toBe(files.length * rows.length);
    const ids = readNdjson(content).map(({ id }) => id);
    expect(ids).toEqual(files.flatMap(() => rows.map(([id]) => (id == null ? null : Number(id)))));
  });

  it('may be none, or empty', async () => {
    const nothing = await bench.file('nothing.csv', '');
    const header = await bench.file('header.csv', `${names.map(quoted).join(',')}\n`, csvFormat({ hasHeader: true }));
    const emptyHeader = await bench.file('nothing-either.csv', '', csvFormat({ hasHeader: true }));
    for (const files of [[], [nothing], [header], [nothing, header, emptyHeader]]) {
      const csv = await bench.transform(files, selection, csvOutput({ hasHeader: true }));
      expect(readCsv(csv.content)).toEqual([names]);
      const zipped = await bench.transform(files, selection, csvOutput({ type: 'csvGzip' }));
      expect(unzip(zipped.content)).toHaveLength(0);
      const parquet = await bench.transform(files, selection, { type: 'parquet' });
      expect(Object.keys(parquetColumns(parquet.content))).toEqual(names);
      expect(await readParquet(parquet.content)).toEqual([]);
      expect((await bench.transform(files, selection, { type: 'ndjson' })).content).toHaveLength(0);
    }
  });

  it('give the same lines again and again', async () => {
    const many = Array.from({ length: 40_000 }, (_, index) => `${index},${'x'.repeat(index % 300)},,,,\n`);
    const files = [
      await bench.file('1.csv', many.slice(0, 30_000).join('')),
      await bench.file('2.csv', many.slice(30_000).join('')),
    ];
    const first = await bench.transform(files, selection, { type: 'ndjson' });
    const second = await bench.transform(files, selection, { type: 'ndjson' });
    expect(second.sha256).toBe(first.sha256);
    expect(readNdjson(first.content).map(({ id }) => id)).toEqual(many.map((_, index) => index));
  });
});

describe('days of Parquet before the first year', () => {
  it('are ISO 8601, as are those after', async () => {
    const path = join(bench.folder, 'days.parquet');
    const days = [`'0001-12-30 (BC)'`, `'0001-01-01'`, `'9999-12-31'`].map((day) => `(DATE ${day})`);
    await askDuckDb(
      `COPY (SELECT day, day::TIMESTAMP AS at FROM (VALUES ${days.join(', ')}) AS t(day)) TO '${path}' (FORMAT parquet)`,
    );
    const file = { path, name: 'days.parquet', format: { type: 'parquet' as const } };
    for (const types of [
      { day: 'date', at: 'dateTime' },
      { day: 'text', at: 'text' },
    ]) {
      const { content } = await bench.transform([file], selectionOf(types));
      expect(readCsv(content).toSorted()).toEqual([
        ['0000-12-30', '0000-12-30T00:00:00Z'],
        ['0001-01-01', '0001-01-01T00:00:00Z'],
        ['9999-12-31', '9999-12-31T00:00:00Z'],
      ]);
    }
    const seen = { files: [file], selection: selectionOf({ day: 'date', at: 'dateTime' }), limit: 1 };
    const { rows } = await bench.engine.preview({ ...seen, format: { type: 'parquet' } }, never);
    expect(rows).toEqual([['0000-12-30', '0000-12-30T00:00:00Z']]);
  });
});

describe('a header', () => {
  const withHeader = (header: string, row = '1,2,3') =>
    bench.file('header.csv', `${header}\n${row}\n`, csvFormat({ hasHeader: true }));
  const three = selectionOf({ a: 'text', B: 'text', 'c d': 'text' });

  it.each([
    ['in another order', 'c d,a,B', [['2', '3', '1']]],
    ['in another case, with spaces and quotes', ' A , "b","C D"', [['1', '2', '3']]],
    ['with a delimiter at its end', 'a,B,c d,', [['1', '2', '3']]],
  ])('may be %s', async (_, header, expected) => {
    const { content } = await bench.transform([await withHeader(header)], three);
    expect(readCsv(content)).toEqual(expected);
  });

  it('may be different in each file', async () => {
    const files = [
      await withHeader('a,B,c d'),
      await bench.file('other.csv', 'B,c d,a\n5,6,4\n', csvFormat({ hasHeader: true })),
    ];
    const { content } = await bench.transform(files, three, { type: 'ndjson' });
    expect(readNdjson(content)).toEqual([
      { a: '1', B: '2', 'c d': '3' },
      { a: '4', B: '5', 'c d': '6' },
    ]);
  });

  it.each([
    ['headerTwice', 'a,B,A'],
    ['headerTwice', 'a,B,x,x'],
    ['headerUnknown', 'a,x,x'],
    ['headerUnknown', 'a;B;c d'],
    ['headerUnknown', 'a,B,c d,e'],
    ['headerMissing', 'a,B'],
    ['headerMissing', ''],
    ['headerUnreadable', 'a,B,"c d"x'],
  ])('is an error of its own: %s in %j', async (code, header) => {
    const failure = bench.transform([await withHeader(header)], three);
    expect(await failureOf(failure)).toMatchObject({ code, details: { file: 'header.csv', line: 1 } });
  });

  it.each(['Ada,ada@contoso.example,7', 'a,Ada,Ada', '7,7,7', 'Ada'])(
    'is not quoted where it may be a row: %j',
    async (row) => {
      const failure = await failureOf(bench.transform([await withHeader(row)], three));
      expect(failure).toMatchObject({ code: 'headerUnknown' });
      expect(JSON.stringify(failure, ['message', 'remedy', 'details'])).not.toMatch(/Ada|7/);
    },
  );

  it('tells names apart by case where the metadata does', async () => {
    const { content } = await bench.transform(
      [await withHeader('ID,id', '1,2')],
      selectionOf({ id: 'text', ID: 'text' }),
    );
    expect(readCsv(content)).toEqual([['2', '1']]);
  });
});

describe('what is written', () => {
  it('has the columns that were chosen, in that order and by those names', async () => {
    const file = await bench.file('a.csv', csvOf(','));
    const choice = [{ name: 'Name', as: 'Anzeige;name' }, { name: 'id' }];
    const { content } = await bench.transform(
      [file],
      { ...selection, choice },
      csvOutput({ hasHeader: true, delimiter: ';' }),
    );
    expect(content.toString().split('\n').slice(0, 2)).toEqual(['"Anzeige;name";id', 'Ada;1']);
  });

  it('has no formulas where they are to be escaped', async () => {
    const odd = ['=1+1', '+49 30', '-x', '@a', '\tt', '\rr', "'q", 'a=b', '', 'ü'];
    const file = await bench.file('formulas.csv', odd.map((value) => `${quoted(value)},-5,2026-01-01\n`).join(''));
    const formulas = selectionOf({ '=name': 'text', amount: 'integer', day: 'date' });
    const escaped = ["'=1+1", "'+49 30", "'-x", "'@a", "'\tt", "'\rr", "'q", 'a=b', '', 'ü'];
    for (const delimiter of [',', '§']) {
      const format = csvOutput({ hasHeader: true, escapeFormulas: true, delimiter });
      const { content } = await bench.transform([file], formulas, format);
      expect(readCsv(content, delimiter)).toEqual([
        ["'=name", 'amount', 'day'],
        ...escaped.map((value) => [value, '-5', '2026-01-01']),
      ]);
    }
    const { content } = await bench.transform([file], formulas, csvOutput());
    expect(readCsv(content).map(([value]) => value)).toEqual(odd);
  });

  it.each([',', ';', '\t', '|', '§', '😀', "'"])('is CSV with %j as the delimiter', async (delimiter) => {
    const odd = [`a${delimiter}b`, 'q"q', 'l\nf', 'c\rr', '', null, ' x ', 'é'];
    const file = await bench.file('odd.csv', odd.map((value) => `${quoted(value)},end\n`).join(''));
    const { content } = await bench.transform(
      [file],
      selectionOf({ a: 'text', b: 'text' }),
      csvOutput({ hasHeader: true, delimiter }),
    );
    expect(readCsv(content, delimiter)).toEqual([['a', 'b'], ...odd.map((value) => [value, 'end'])]);
  });

  it('is fingerprinted', async () => {
    const { content, bytes, sha256 } = await bench.transform([await bench.file('a.csv', csvOf(','))], selection);
    const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(content));
    expect({ bytes, sha256 }).toEqual({ bytes: content.length, sha256: Buffer.from(digest).toString('hex') });
  });

  it('is one member of gzip, and the same for the same rows', async () => {
    const many = await bench.file('many.csv', `${'1,Ada,1,1,2026-01-01,2026-01-01\n'.repeat(100_000)}`);
    const zipped = () => bench.transform([many], selection, csvOutput({ type: 'csvGzip' }));
    const [first, second] = [await zipped(), await zipped()];
    expect(second.sha256).toBe(first.sha256);
    expect(unzip(first.content)).toHaveLength('1,Ada,1,true,2026-01-01,2026-01-01\n'.length * 100_000);
    expect(first.content.readUInt32LE(first.content.length - 4)).toBe(
      '1,Ada,1,true,2026-01-01,2026-01-01\n'.length * 100_000,
    );
    expect(first.content.indexOf(Buffer.of(0x1f, 0x8b, 8), 1)).toBe(-1);
  });

  it.each([
    [500, 256],
    [1_000, 512],
  ])('may have %i columns, with %i MB of memory', async (columns, memoryMb) => {
    const kinds = ['text', 'integer', 'decimal', 'dateTime'];
    const wide = selectionOf(
      Object.fromEntries(Array.from({ length: columns }, (_, index) => [`column ${index}`, kinds[index % 4] ?? ''])),
    );
    const values = wide.columns.map(
      (_, index) => [`v${index}`, String(index), `${index}.5`, '2026-11-22T08:30:00Z'][index % 4],
    );
    const own = await openBench({ memoryMb });
    try {
      const file = await own.file('wide.csv', `${values.join(',')}\n`.repeat(3));
      const csv = await own.transform([file], wide, csvOutput({ hasHeader: true }));
      expect(readCsv(csv.content)).toEqual([wide.columns.map(({ name }) => name), values, values, values]);
      const parquet = await own.transform([file], wide, { type: 'parquet' });
      const [first] = await readParquet(parquet.content);
      expect(first).toMatchObject({ 'column 0': 'v0', 'column 497': 497n, 'column 498': '498.5' });
      const lines = await own.transform([file], wide, { type: 'ndjson' });
      expect(Object.keys(readNdjson(lines.content)[2] ?? {})).toHaveLength(columns);
    } finally {
      await own.close();
    }
  });

  it('has no names in Parquet that differ in case only', async () => {
    const file = await bench.file('case.csv', '1,2\n');
    const both = selectionOf({ id: 'text', ID: 'text' });
    expect(await failureOf(bench.transform([file], both, { type: 'parquet' }))).toMatchObject({ code: 'namesAlike' });
    const { content } = await bench.transform([file], both, csvOutput({ hasHeader: true }));
    expect(content.toString()).toBe('id,ID\n1,2\n');
    expect(readNdjson((await bench.transform([file], both, { type: 'ndjson' })).content)).toEqual([
      { id: '1', ID: '2' },
    ]);
  });
});

describe('a Parquet file', () => {
  const stored = async (types: Record<string, string>, content: string) => {
    const source = await bench.file('stored.csv', content);
    const written = await bench.transform([source], selectionOf(types), { type: 'parquet' });
    return bench.file('stored.parquet', written.content, { type: 'parquet' });
  };

  it('is read by the names of its columns, whatever else it has', async () => {
    const file = await stored({ Extra: 'text', NAME: 'text', Id: 'integer' }, 'x,Ada,7\n');
    const { content } = await bench.transform([file], selectionOf({ id: 'integer', Name: 'text' }));
    expect(readCsv(content)).toEqual([['7', 'Ada']]);
  });

  it('has every column of the metadata', async () => {
    const file = await stored({ id: 'integer' }, '1\n');
    expect(await failureOf(bench.transform([file], selectionOf({ id: 'integer', Name: 'text' })))).toMatchObject({
      code: 'columnMissing',
      details: { file: 'stored.parquet', column: 'Name' },
    });
  });

  it('may have other types than the metadata, where its values are of those', async () => {
    const file = await stored(
      { a: 'integer', b: 'decimal:double', c: 'dateTime', d: 'boolean', e: 'text' },
      '1,5,2026-11-22T00:00:00Z,1,2026-01-01\n',
    );
    const { content } = await bench.transform(
      [file],
      selectionOf({ a: 'text', b: 'integer', c: 'date', d: 'text', e: 'dateTime' }),
    );
    expect(readCsv(content)).toEqual([['1', '5.0', '2026-11-22', 'true', '2026-01-01']]);
  });
});
