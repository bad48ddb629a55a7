import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineError } from './engine-error.ts';
import { engineLimits } from './limits.ts';
import { type Bench, csvFormat, csvOutput, failureOf, never, openBench, selectionOf } from './testing/bench.ts';
import { readCsv } from './testing/read-back.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const selection = selectionOf({ id: 'integer', name: 'text', day: 'date' });

/** Lines, reasons and columns of what was set aside, and the rows that were written. */
const sorted = async (content: string | Uint8Array, format = csvFormat()) => {
  const file = await bench.file('rows.csv', content, format);
  const {
    content: written,
    setAside,
    rejected,
    rows,
  } = await bench.transform([file], selection, undefined, 'setAside');
  const [header, ...aside] = setAside === undefined ? [] : readCsv(Buffer.from(setAside));
  if (header) expect(header).toEqual(['file', 'line', 'reason', 'column', 'row']);
  expect(rejected?.rows ?? 0).toBe(aside.length);
  expect(rows).toBe(readCsv(written).length);
  return {
    written: readCsv(written).map(([id]) => id),
    aside: aside.map(([, line, reason, column]) => [Number(line), reason, ...(column === null ? [] : [column])]),
    rows: aside.map((row) => row[4]),
  };
};

describe('what is malformed', () => {
  it.each([
    ['too few values', '1,a,\n2,b\n3,c,\n', [[2, 'tooFewValues']]],
    ['too many values', '1,a,\n2,b,,x\n3,c,\n', [[2, 'tooManyValues']]],
    ['a value of the wrong type', '1,a,\ntwo,b,\n3,c,\n', [[2, 'wrongType', 'id']]],
    ['a value that is of no day', '1,a,\n2,b,2026-02-30\n3,c,\n', [[2, 'wrongType', 'day']]],
    ['a quote that never ends', '1,a,\n2,"b,\n3,c,\n', [[2, 'unclosedQuote']]],
    ['a quote that ends within its value', '1,a,\n2,"b"c,\n3,c,\n', [[2, 'unclosedQuote']]],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from('1,a,\n2,'), Buffer.of(0xc3, 0x28), Buffer.from(',\n3,c,\n')]),
      [[2, 'encoding']],
    ],
  ])('is %s', async (_, content, aside) => {
    expect(await sorted(content)).toMatchObject({ written: ['1', '3'], aside });
  });

  it('is a row that is too long', async () => {
    const long = 'x'.repeat(engineLimits.rowBytes);
    const found = await sorted(`1,a,\n2,${long},\n3,c,\n4,"${long}",\n5,e,\n`);
    expect({ ...found, written: found.written.toSorted() }).toMatchObject({
      written: ['1', '3', '5'],
      aside: [
        [2, 'tooLong'],
        [4, 'tooLong'],
      ],
    });
    expect(found.rows[0]).toHaveLength(engineLimits.setAsideBytes);
  });

  it('is not a row as long as a row may be', async () => {
    const long = 'x'.repeat(engineLimits.rowBytes - '1,,'.length);
    const { written, aside } = await sorted(`1,${long},\n2,b,`);
    // Several threads may read it, and rows of CSV come in any order.
    expect({ written: written.toSorted(), aside }).toEqual({ written: ['1', '2'], aside: [] });
  });

  it('is a quote that would swallow more than a row may have, but only the line it is in', async () => {
    const rows = Array.from({ length: 60_000 }, (_, index) => `${index + 3},${'x'.repeat(40)},\n`).join('');
    const { written, aside } = await sorted(`1,a,\n2,"b,\n${rows}`);
    expect(written).toHaveLength(60_001);
    expect(aside).toEqual([[2, 'unclosedQuote']]);
  });

  it('is neither a blank line, nor a line with a delimiter at its end, nor nothing for a value', async () => {
    expect(await sorted('1,a,2026-01-01,\n\n2,,\n\n\n,,\n')).toEqual({
      written: ['1', '2', null],
      aside: [],
      rows: [],
    });
  });

  it('is judged by the columns that are sent or filtered by', async () => {
    const file = await bench.file('rows.csv', 'one,a,2026-02-30\n');
    const only = (choice: string) => bench.transform([file], { ...selection, choice: [{ name: choice }] });
    expect((await only('name')).content.toString()).toBe('a\n');
    await expect(only('day')).rejects.toMatchObject({ details: { column: 'day' } });
    const filter = { match: 'all' as const, of: [{ column: 'id', is: 'isNotEmpty' as const }] };
    await expect(bench.transform([file], { ...selection, choice: [{ name: 'name' }], filter })).rejects.toMatchObject({
      details: { column: 'id' },
    });
  });

  it('is set aside before the filter is asked', async () => {
    const file = await bench.file('rows.csv', '1,a,\n2,b,never\n');
    const filter = { match: 'all' as const, of: [{ column: 'name', is: 'equals' as const, value: 'a' }] };
    const { rows, rejected } = await bench.transform([file], { ...selection, filter }, undefined, 'setAside');
    expect({ rows, rejected: rejected?.rows }).toEqual({ rows: 1, rejected: 1 });
  });

  it('has no formulas where they are to be escaped', async () => {
    const file = await bench.file('=rows.csv', '=1+1,a\n+,b\n');
    const asideOf = async (escapeFormulas: boolean) => {
      const { setAside = '' } = await bench.transform([file], selection, csvOutput({ escapeFormulas }), 'setAside');
      return readCsv(Buffer.from(setAside))
        .slice(1)
        .map((row) => [row[0], row[4]]);
    };
    expect(await asideOf(true)).toEqual([
      ["'=rows.csv", "'=1+1,a"],
      ["'=rows.csv", "'+,b"],
    ]);
    expect(await asideOf(false)).toEqual([
      ['=rows.csv', '=1+1,a'],
      ['=rows.csv', '+,b'],
    ]);
  });
});

describe('lines', () => {
  const messy = ['1,"a', 'b', '', 'c",', '', 'two,b,', '3,"x', 'y"z,', '4,"c', 'd",2026-02-30', '5,e', '6,"f""', 'g",'];
  const found = {
    written: ['1', '6'],
    aside: [
      [6, 'wrongType', 'id'],
      [7, 'unclosedQuote'],
      [9, 'wrongType', 'day'],
      [11, 'tooFewValues'],
    ],
  };

  it.each([
    ['line feeds', '\n'],
    ['carriage returns and line feeds', '\r\n'],
    ['carriage returns', '\r'],
  ])('count as editors count them, with %s', async (_, end) => {
    expect(await sorted(messy.join(end) + end)).toMatchObject(found);
  });

  it('count where they end differently', async () => {
    const mixed = messy.map((line, index) => line + (['\n', '\r\n', '\r'][index % 3] ?? '')).join('');
    expect(await sorted(mixed)).toMatchObject(found);
  });

  it('count behind a header and a byte order mark, compressed and in another encoding', async () => {
    const text = `\ufeffid,name,day\n${messy.join('\n')}`;
    const later = found.aside.map(([line, ...rest]) => [Number(line) + 1, ...rest]);
    const format = csvFormat({ hasHeader: true, encoding: 'utf-16le' });
    expect(await sorted(Buffer.from(text, 'utf16le'), format)).toMatchObject({ ...found, aside: later });
  });

  it('are whole in what is set aside', async () => {
    expect((await sorted(messy.join('\n'))).rows).toEqual(['two,b,', '3,"x\ny"z,', '4,"c\nd",2026-02-30', '5,e']);
  });

  it('break a value where the metadata says that they do', async () => {
    const format = csvFormat({ quoteStyle: 'QuoteStyle.None' });
    expect(await sorted('1,"a,b",\n2,"b\nc",\n3,d,\n', format)).toMatchObject({
      written: ['1', '3'],
      aside: [
        [2, 'unclosedQuote'],
        [3, 'tooFewValues'],
      ],
    });
  });
});

describe('a file of many buffers', () => {
  /** Larger than what DuckDB and Node.js take at a time, with rows that begin and end everywhere. */
  const build = (lineEnd: string) => {
    const lines: string[] = [];
    const aside: unknown[] = [];
    let line = 1;
    let rows = 0;
    for (let index = 0; index < 120_000; index += 1) {
      const odd = index % 9_973;
      const row =
        odd === 0 ? 'x,y' : odd === 1 ? 'x,y,' : odd === 2 ? '' : `${index},"${'text '.repeat(index % 41)}\n\n""",`;
      if (odd === 0) aside.push([line, 'tooFewValues']);
      else if (odd === 1) aside.push([line, 'wrongType', 'id']);
      else if (odd !== 2) rows += 1;
      lines.push(row.replaceAll('\n', lineEnd) + lineEnd);
      line += odd > 2 ? 3 : 1;
    }
    return { text: lines.join(''), aside, rows };
  };

  it.each([['\n'], ['\r\n']])('is read whole, lines ended by %j', async (lineEnd) => {
    const { text, aside, rows } = build(lineEnd);
    const found = await sorted(text);
    expect(found.aside).toEqual(aside);
    expect(found.written).toHaveLength(rows);
    expect(new Set(found.written).size).toBe(rows);
  });
});

describe('the rule', () => {
  const bad = '1,a,\n2\n"3\n",b,\n"x\n4",b,\n';

  it('fails at the first row of the wrong shape, and names file, line and reason', async () => {
    const file = await bench.file('rows.csv', bad);
    expect(await failureOf(bench.transform([file], selection))).toMatchObject({
      name: 'EngineError',
      code: 'malformedRow',
      isTransient: false,
      details: { file: 'rows.csv', line: 2, reason: 'tooFewValues' },
    });
  });

  it('fails at the first value of the wrong type', async () => {
    const good = await bench.file('good.csv', '1,a,\n');
    const file = await bench.file('rows.csv', '1,"a\n",\n"x",SECRET,\ny,b,\n');
    const failure = (await failureOf(bench.transform([good, file], selection))) as EngineError;
    expect(failure).toMatchObject({
      code: 'malformedRow',
      details: { file: 'rows.csv', line: 3, reason: 'wrongType', column: 'id' },
    });
    expect(JSON.stringify(failure) + failure.message + failure.stack).not.toContain('SECRET');
    expect(failure.cause).toBeUndefined();
  });

  it.each([
    ['shapes', '1,a,\n2\n3\n4\n'],
    ['types', '1,a,\nx,,\ny,,\nz,,\n'],
    ['both', '1,a,\nx,,\n2\n3\n'],
  ])('sets aside up to its limit, with %s', async (_, content) => {
    const file = await bench.file('rows.csv', content);
    const path = `${bench.folder}/limited`;
    const output = { format: csvOutput(), path };
    const limited = (limit: number) =>
      bench.engine.transform(
        { files: [file], selection, output, malformed: { policy: 'setAside', path: `${path}-aside`, limit } },
        never,
      );
    expect((await limited(3)).rejected?.rows).toBe(3);
    expect(await failureOf(limited(2))).toMatchObject({ code: 'tooManyMalformedRows', isTransient: false });
  });

  it('leaves no file where nothing is set aside', async () => {
    const file = await bench.file('rows.csv', '1,a,\n');
    expect(await bench.transform([file], selection, undefined, 'setAside')).toMatchObject({ rows: 1, rejected: null });
  });

  it('is the same for counting', async () => {
    const file = await bench.file('rows.csv', bad);
    const count = (malformed: Parameters<typeof bench.engine.count>[0]['malformed']) =>
      bench.engine.count({ files: [file], selection, malformed }, never);
    expect(await count({ policy: 'setAside', limit: 3 })).toEqual({ rows: 1, rejected: 3 });
    expect(await failureOf(count({ policy: 'setAside', limit: 2 }))).toMatchObject({ code: 'tooManyMalformedRows' });
    expect(await failureOf(count({ policy: 'fail' }))).toMatchObject({ code: 'malformedRow', details: { line: 2 } });
  });

  it('holds for Parquet files, by the number of the row', async () => {
    const asText = selectionOf({ id: 'text', name: 'text', day: 'text' });
    const source = await bench.file('rows.csv', '1,a,\nx,SECRET,\n3,c,yesterday\n');
    const { content } = await bench.transform([source], asText, { type: 'parquet' });
    const file = await bench.file('rows.parquet', content, { type: 'parquet' });
    const { rows, setAside = '' } = await bench.transform([file], selection, undefined, 'setAside');
    expect(rows).toBe(1);
    expect(readCsv(Buffer.from(setAside)).slice(1)).toEqual([
      ['rows.parquet', '2', 'wrongType', 'id', '{"id":"x","name":"SECRET","day":null}'],
      ['rows.parquet', '3', 'wrongType', 'day', '{"id":"3","name":"c","day":"yesterday"}'],
    ]);
    expect(await failureOf(bench.transform([file], selection))).toMatchObject({
      details: { file: 'rows.parquet', line: 2, reason: 'wrongType', column: 'id' },
    });
  });
});
