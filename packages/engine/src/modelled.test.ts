import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Bench, csvFormat, csvOutput, openBench, selectionOf } from './testing/bench.ts';
import { modelOf } from './testing/csv-model.ts';
import { readCsv, readNdjson, readParquet } from './testing/read-back.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

/** How a file may lie in a lake: the same rows every time. */
const kept = {
  plain: { bytes: (text: string) => Buffer.from(text), format: {} },
  marked: { bytes: (text: string) => Buffer.from(`\ufeff${text}`), format: {} },
  compressed: { bytes: (text: string) => gzipSync(text), format: { compression: 'gzip' as const } },
  'in UTF-16': { bytes: (text: string) => Buffer.from(text, 'utf16le'), format: { encoding: 'utf-16le' } },
};

/** Text in which quotes, delimiters and line ends stand anywhere. */
const files = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|', ' ', '||', '§'),
    columns: fc.integer({ min: 1, max: 4 }),
    hasQuotedBreaks: fc.boolean(),
    keeping: fc.constantFrom(...(Object.keys(kept) as (keyof typeof kept)[])),
  })
  .chain((dialect) =>
    fc.record({
      dialect: fc.constant(dialect),
      text: fc
        .array(
          fc.oneof(
            { weight: 3, arbitrary: fc.constant(dialect.delimiter) },
            { weight: 2, arbitrary: fc.constantFrom('\n', '\r\n', '\r') },
            { weight: 2, arbitrary: fc.constantFrom('"', '""', '"a"', '"b c"') },
            { weight: 3, arbitrary: fc.constantFrom('a', ' ', '0', 'é', '😀', "'", '\\', '=1', 'NULL') },
            {
              weight: 1,
              arbitrary: fc.string({ unit: 'grapheme', maxLength: 5 }).filter((text) => !/[\ufffd\0]/.test(text)),
            },
          ),
          { maxLength: 80 },
        )
        .map((tokens) => tokens.join('')),
    }),
  );

it('reads every CSV text as a slow reader does, whatever stands in it', async () => {
  await fc.assert(
    fc.asyncProperty(files, async ({ dialect, text }) => {
      const { delimiter, columns, hasQuotedBreaks, keeping } = dialect;
      const model = modelOf(text, { delimiter, columns, hasQuotedBreaks });
      const { bytes, format } = kept[keeping];
      const quoteStyle = hasQuotedBreaks ? 'QuoteStyle.Csv' : 'QuoteStyle.None';
      const file = await bench.file('any.csv', bytes(text), csvFormat({ delimiter, quoteStyle, ...format }));
      const names = Array.from({ length: columns }, (_, index) => `c${index}`);
      const selection = selectionOf(Object.fromEntries(names.map((name) => [name, 'text'])));
      const lines = await bench.transform([file], selection, { type: 'ndjson' }, 'setAside');
      expect(readNdjson(lines.content).map((row) => names.map((name) => row[name]))).toEqual(model.rows);
      const aside = readCsv(Buffer.from(lines.setAside ?? '')).slice(1);
      expect(aside.map(([, line, reason]) => ({ line: Number(line), reason }))).toEqual(model.rejected);
      const parquet = await bench.transform([file], selection, { type: 'parquet' }, 'setAside');
      const stored = (await readParquet(parquet.content)).map((row) => names.map((name) => row[name]));
      expect(stored).toEqual(model.rows);
      const csv = await bench.transform([file], selection, csvOutput({ delimiter: ';' }), 'setAside');
      // A line without anything is how CSV has a row of one column that has no value.
      if (columns > 1) expect(readCsv(csv.content, ';')).toEqual(model.rows);
    }),
    { numRuns: 40 },
  );
});
