import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { engineLimits } from './limits.ts';
import { type Bench, csvFormat, csvOutput, failureOf, never, openBench, selectionOf } from './testing/bench.ts';
import { readCsv } from './testing/read-back.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const selection = selectionOf({ id: 'integer', '=name': 'text', amount: 'decimal', at: 'dateTime' });
const text = '1,=a,12.50,11/22/2026 8:30 AM\n2,"b\nb",007,2026-11-22T10:30:00+02:00\n3,,,\n';
const source = () => bench.file('source.csv', text);

it.each([
  [
    'CSV',
    csvOutput(),
    [
      ['1', '=a', '12.50', '2026-11-22T08:30:00Z'],
      ['2', 'b\nb', '007', '2026-11-22T10:30:00+02:00'],
      ['3', null, null, null],
    ],
  ],
  [
    'Parquet',
    { type: 'parquet' as const },
    [
      ['1', '=a', '12.5', '2026-11-22T08:30:00Z'],
      ['2', 'b\nb', '7', '2026-11-22T08:30:00Z'],
      ['3', null, null, null],
    ],
  ],
])('a preview shows rows as %s would have them', async (_, format, rows) => {
  const shown = await bench.engine.preview({ files: [await source()], selection, format, limit: 10 }, never);
  expect(shown).toEqual({ columns: ['id', '=name', 'amount', 'at'], rows });
});

it('a preview shows what a file of CSV would have, with its choice, its filter and without formulas', async () => {
  const chosen = {
    ...selection,
    choice: [{ name: '=name' }, { name: 'id', as: 'Number' }],
    filter: { match: 'all' as const, of: [{ column: 'amount', is: 'atLeast' as const, value: '7' }] },
  };
  const format = csvOutput({ escapeFormulas: true, hasHeader: true });
  const file = await source();
  const { columns, rows } = await bench.engine.preview({ files: [file], selection: chosen, format, limit: 10 }, never);
  const { content } = await bench.transform([file], chosen, format);
  expect([columns, ...rows]).toEqual(readCsv(content));
  expect(columns).toEqual(["'=name", 'Number']);
});

it('a preview leaves malformed rows out', async () => {
  const file = await bench.file('bad.csv', '1,a,,\nx,b,,\n2\n3,c,,2026-02-30\n4,d,,\n');
  const { rows } = await bench.engine.preview({ files: [file], selection, format: csvOutput(), limit: 10 }, never);
  expect(rows.map(([id]) => id)).toEqual(['1', '4']);
});

it('a preview has as many rows as are asked for, from as few files as have them', async () => {
  const missing = { ...(await source()), path: `${bench.folder}/missing.csv`, name: 'missing.csv' };
  const ask =
    (limit: number, files = [missing]) =>
    async () =>
      bench.engine.preview({ files: [await source(), ...files], selection, format: csvOutput(), limit }, never);
  expect((await ask(2)()).rows).toHaveLength(2);
  expect(await failureOf(ask(4)())).toMatchObject({ code: 'fileMissing', details: { file: 'missing.csv' } });
  const many = await bench.file('many.csv', '1,a,,\n'.repeat(engineLimits.previewRows + 1));
  expect((await ask(1_000_000, [many])()).rows).toHaveLength(engineLimits.previewRows);
});

it.each([
  ['plain', (whole: string) => Buffer.from(whole), {}],
  ['compressed', (whole: string) => gzipSync(whole), { compression: 'gzip' as const }],
  ['in UTF-16', (whole: string) => Buffer.from(whole, 'utf16le'), { encoding: 'utf-16le' }],
])('a preview of the beginning of a file knows no cut row, wherever it was cut: %s', async (_, bytes, format) => {
  const lines = Array.from({ length: 300 }, (__, id) => `${id},"é\n${(id * 7_919) % 1_000_003}",,\n`);
  const whole = bytes(lines.join(''));
  for (const part of [0.2, 0.5, 0.501, 0.77]) {
    const file = await bench.file('cut.csv', whole.subarray(0, Math.floor(whole.length * part)), csvFormat(format));
    const input = { files: [file], selection, format: csvOutput(), limit: 1_000, isTruncated: true };
    const { rows } = await bench.engine.preview(input, never);
    expect(rows.map((row) => row.slice(0, 2))).toEqual(
      rows.map((__, id) => [String(id), `é\n${(id * 7_919) % 1_000_003}`]),
    );
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.length).toBeLessThan(300);
  }
});

it('a preview needs Parquet whole', async () => {
  const file = await bench.file('cut.parquet', 'PAR1', { type: 'parquet' });
  const input = { files: [file], selection, format: csvOutput(), limit: 1, isTruncated: true };
  expect(await failureOf(bench.engine.preview(input, never))).toMatchObject({ code: 'fileIncomplete' });
});
