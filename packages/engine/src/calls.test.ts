import { readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutputFormat, SourceFile } from './index.ts';
import { type Bench, csvFormat, csvOutput, failureOf, never, openBench, selectionOf } from './testing/bench.ts';
import { readNdjson, unzip } from './testing/read-back.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await openBench();
});
afterEach(() => bench.close());

const selection = selectionOf({ id: 'integer', name: 'text', amount: 'decimal' });
const lineOf = (id: number) => `${id},"Name ${'x'.repeat(id % 90)}",${id}.25\n`;
const linesOf = (count: number) => Array.from({ length: count }, (_, id) => lineOf(id)).join('');

const formats: readonly OutputFormat[] = [
  csvOutput(),
  csvOutput({ type: 'csvGzip' }),
  { type: 'parquet' },
  { type: 'ndjson' },
];

/** Starts a transformation that sets rows aside. */
const start = (
  files: readonly SourceFile[],
  format: OutputFormat,
  signal = never,
  onProgress?: (progress: { bytesRead: number }) => void,
) =>
  bench.engine.transform(
    {
      files,
      selection,
      output: { format, path: join(bench.folder, 'output') },
      malformed: { policy: 'setAside', path: join(bench.folder, 'aside'), limit: 10 },
    },
    signal,
    onProgress,
  );

const leftovers = async (...sources: readonly string[]) =>
  (await readdir(bench.folder)).filter((name) => !sources.includes(name) && name !== 'spill');

describe('a source that cannot be read', () => {
  const gzip = csvFormat({ compression: 'gzip' });
  const stored = async () => {
    const source = await bench.file('stored.csv', linesOf(1_000));
    return (await bench.transform([source], selection, { type: 'parquet' })).content;
  };

  it.each([
    ['ends early', 'corruptFile', async () => bench.file('a.gz', gzipSync(linesOf(50_000)).subarray(0, -9), gzip)],
    ['is no gzip', 'corruptFile', async () => bench.file('a.gz', linesOf(10), gzip)],
    [
      'is Parquet that ends early',
      'corruptFile',
      async () => bench.file('a.parquet', (await stored()).subarray(0, -20), { type: 'parquet' }),
    ],
    [
      'is Parquet with damaged values',
      'corruptFile',
      async () => bench.file('a.parquet', (await stored()).fill(0xaa, 40, 400), { type: 'parquet' }),
    ],
    [
      'is Parquet with a damaged page',
      'corruptFile',
      async () => bench.file('a.parquet', (await stored()).fill(0xff, 6, 20), { type: 'parquet' }),
    ],
    ['is no Parquet', 'corruptFile', async () => bench.file('a.parquet', linesOf(10), { type: 'parquet' })],
    ['is empty Parquet', 'corruptFile', async () => bench.file('a.parquet', '', { type: 'parquet' })],
    [
      'is not there any more',
      'fileMissing',
      async () => {
        const file = await bench.file('a.csv', linesOf(10));
        await rm(file.path);
        return file;
      },
    ],
    [
      'has a format that nobody knows',
      'formatUnknown',
      async () => bench.file('a', '', { type: 'unknown', stated: 'AVRO' }),
    ],
    [
      'has an encoding that nobody knows',
      'encodingUnknown',
      async () => bench.file('a', '', csvFormat({ encoding: 'x' })),
    ],
    [
      'has a delimiter that cannot be one',
      'delimiterUnsupported',
      async () => bench.file('a', '', csvFormat({ delimiter: '"' })),
    ],
  ])('%s: it is %s, told with its name, and nothing is left', async (_, code, source) => {
    const good = await bench.file('good.csv', linesOf(20_000));
    const bad = await source();
    const before = await leftovers();
    for (const format of formats) {
      const failure = await failureOf(start([good, bad], format));
      expect(failure).toMatchObject({ name: 'EngineError', code, details: { file: bad.name } });
      expect(await leftovers()).toEqual(before);
    }
  });

  it('has half a character at its end', async () => {
    const whole = Buffer.from('1,a,\n2,é', 'utf16le');
    const file = await bench.file('a.csv', whole.subarray(0, -1), csvFormat({ encoding: 'utf-16le' }));
    const { rows, rejected } = await start([file], csvOutput());
    expect({ rows, rejected: rejected?.rows }).toEqual({ rows: 1, rejected: 1 });
  });
});

describe('a signal', () => {
  const text = linesOf(400_000);
  const source = () => bench.file('source.csv', text);

  it.each(formats)('that is there before lets nothing begin: %j', async (format) => {
    const file = await bench.file('source.csv', linesOf(10));
    await expect(start([file], format, AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
    expect(await leftovers('source.csv')).toEqual([]);
  });

  it.each(formats)('ends a call at any moment, and nothing is left: %j', async (format) => {
    const file = await source();
    for (const moment of [1, 30, 120]) {
      const failure = await failureOf(start([file], format, AbortSignal.timeout(moment)));
      expect(failure).toMatchObject({ name: 'TimeoutError' });
      expect(await leftovers('source.csv')).toEqual([]);
    }
  });

  it('ends a call while its rows are looked through', async () => {
    const over = new AbortController();
    const file = await source();
    const call = start([file], csvOutput(), over.signal, ({ bytesRead }) => {
      if (bytesRead > 0) over.abort(new Error('over'));
    });
    await expect(call).rejects.toThrow('over');
    expect(await leftovers('source.csv')).toEqual([]);
  });

  it('ends a call that waits for its turn, and no other', async () => {
    const file = await source();
    const count = (signal: AbortSignal) =>
      bench.engine.count({ files: [file], selection, malformed: { policy: 'fail' } }, signal);
    const over = new AbortController();
    const others = [count(never), count(never), count(never)];
    const waiting = count(over.signal);
    over.abort(new Error('over'));
    await expect(waiting).rejects.toThrow('over');
    expect(await Promise.all(others)).toEqual(others.map(() => ({ rows: 400_000, rejected: 0 })));
    expect(await leftovers('source.csv')).toEqual([]);
  });
});

describe('a call', () => {
  it('tells how far it is, never less than before, and never more than there is', async () => {
    const text = linesOf(100_000);
    const file = await bench.file('source.csv', text);
    const told: number[] = [];
    await start([file], { type: 'parquet' }, never, ({ bytesRead }) => told.push(bytesRead));
    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual([...told].sort((one, other) => one - other));
    expect(told.at(-1)).toBeGreaterThan(0);
    expect(told.at(-1)).toBeLessThanOrEqual(text.length);
  });

  it('leaves its output and what it set aside, and nothing else', async () => {
    const file = await bench.file('source.csv', `${linesOf(10)}x,,\n`);
    for (const format of formats) {
      await start([file], format);
      expect(await leftovers('source.csv')).toEqual(['aside', 'output']);
    }
  });

  it('reads and writes in the folders of the engine only', async () => {
    const elsewhere = join(tmpdir(), 'engine-elsewhere.csv');
    await writeFile(elsewhere, 'SECRET,,\n');
    const inside = await bench.file('inside.csv', linesOf(1));
    const outside = { ...inside, path: elsewhere };
    const sneaky = { ...inside, path: `${bench.folder}/../engine-elsewhere.csv` };
    try {
      for (const file of [outside, sneaky, { ...inside, path: 'inside.csv' }]) {
        expect(await failureOf(start([file], csvOutput()))).toMatchObject({ code: 'outsideFolder' });
        const preview = bench.engine.preview({ files: [file], selection, format: csvOutput(), limit: 1 }, never);
        expect(await failureOf(preview)).toMatchObject({ code: 'outsideFolder' });
      }
      const output = { format: csvOutput(), path: `${bench.folder}/../engine-output.csv` };
      const call = bench.engine.transform({ files: [inside], selection, output, malformed: { policy: 'fail' } }, never);
      expect(await failureOf(call)).toMatchObject({ code: 'outsideFolder' });
    } finally {
      await rm(elsewhere);
    }
  });

  it('works beside others, each with what is its own', async () => {
    const files = await Promise.all([10, 2_000, 50_000].map((rows) => bench.file(`${rows}.csv`, linesOf(rows))));
    const done = await Promise.all(
      files.flatMap((file) =>
        [{ type: 'ndjson' } as const, csvOutput({ type: 'csvGzip' })].map((format) =>
          bench.transform([file], selection, format),
        ),
      ),
    );
    expect(done.map(({ rows }) => rows)).toEqual([10, 10, 2_000, 2_000, 50_000, 50_000]);
    expect(readNdjson(done[4]?.content ?? Buffer.alloc(0)).map(({ id }) => id)).toEqual(
      Array.from({ length: 50_000 }, (_, id) => id),
    );
    expect(unzip(done[5]?.content ?? Buffer.alloc(0))).toHaveLength(linesOf(50_000).replaceAll('"', '').length);
  });
});

describe('little memory', () => {
  it.each(formats)('is enough for a file that is larger: %j', async (format) => {
    const small = await openBench({ memoryMb: 64, threads: 8 });
    try {
      const text = linesOf(100_000);
      const files = [
        await small.file('1.csv', text.repeat(4)),
        await small.file('2.csv.gz', gzipSync(text), csvFormat({ compression: 'gzip' })),
      ];
      expect((await small.transform(files, selection, format)).rows).toBe(500_000);
    } finally {
      await small.close();
    }
  });

  it('is enough for long texts', async () => {
    const small = await openBench({ memoryMb: 256, threads: 2 });
    try {
      const long = `,"${'Long "" text\n'.repeat(8_000)}",\n`;
      const file = await small.file('long.csv', long.repeat(200));
      for (const format of formats) expect((await small.transform([file], selection, format)).rows).toBe(200);
    } finally {
      await small.close();
    }
  });
});
