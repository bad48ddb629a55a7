import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ColumnType, EntityColumn, RowFilter } from '@junction/contracts';
import {
  type Engine,
  type OutputFormat,
  openEngine,
  type PartitionFormat,
  type Selection,
  type SourceFile,
} from '../index.ts';
import type { Transformed } from '../transform.ts';

type CsvFormat = Extract<PartitionFormat, { type: 'csv' }>;

/** CSV as most lakes have it, or with something different. */
export const csvFormat = (different: Partial<CsvFormat> = {}): CsvFormat => ({
  type: 'csv',
  hasHeader: false,
  delimiter: ',',
  quoteStyle: 'QuoteStyle.Csv',
  csvStyle: 'CsvStyle.QuoteAlways',
  encoding: 'UTF-8',
  ...different,
});

/** Columns by name and type; a type with a data type behind it is written `decimal:double`. */
export const columnsOf = (types: Record<string, string>): EntityColumn[] =>
  Object.entries(types).map(([name, stated]) => {
    const [type = 'text', dataType = type] = stated.split(':');
    return { name, type: type as ColumnType, dataType };
  });

/** A selection of all columns and rows, or less. */
export const selectionOf = (
  types: Record<string, string>,
  { choice = 'all', filter = null }: { choice?: Selection['choice']; filter?: RowFilter | null } = {},
): Selection => ({ columns: columnsOf(types), choice, filter });

/** Plain CSV without a header, or with something different. */
export const csvOutput = (different: Partial<Extract<OutputFormat, { delimiter: string }>> = {}): OutputFormat => ({
  type: 'csv',
  delimiter: ',',
  hasHeader: false,
  escapeFormulas: false,
  ...different,
});

export const never = new AbortController().signal;

type Malformed = 'fail' | 'setAside';

/** An engine with a folder of its own, and short ways to use it. */
export type Bench = {
  engine: Engine;
  folder: string;
  /** Writes a file of the source. */
  file(name: string, content: string | Uint8Array, format?: PartitionFormat): Promise<SourceFile>;
  /** Transforms to a file and gives it back with what was set aside. */
  transform(
    files: readonly SourceFile[],
    selection: Selection,
    format?: OutputFormat,
    malformed?: Malformed,
  ): Promise<Transformed & { path: string; content: Buffer; setAside: string | undefined }>;
  close(): Promise<void>;
};

export const openBench = async (options: { memoryMb?: number; threads?: number } = {}): Promise<Bench> => {
  const folder = await mkdtemp(join(tmpdir(), 'engine-'));
  const engine = await openEngine({ folder, memoryMb: 256, threads: 2, ...options });
  let outputs = 0;
  return {
    engine,
    folder,
    file: async (name, content, format = csvFormat()) => {
      const path = join(folder, name);
      await writeFile(path, content);
      return { path, name, format };
    },
    transform: async (files, selection, format = csvOutput(), policy = 'fail') => {
      outputs += 1;
      const path = join(folder, `output-${outputs}`);
      const aside = join(folder, `aside-${outputs}`);
      const malformed = policy === 'fail' ? { policy } : { policy, path: aside, limit: 1_000 };
      const transformed = await engine.transform({ files, selection, output: { format, path }, malformed }, never);
      const setAside = transformed.rejected ? await readFile(aside, 'utf8') : undefined;
      return { ...transformed, path, content: await readFile(path), setAside };
    },
    close: async () => {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** What a promise rejects with. */
export const failureOf = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    (value) => Promise.reject(new Error(`Resolved with ${JSON.stringify(value)}.`)),
    (error: unknown) => error,
  );
