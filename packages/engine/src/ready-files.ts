import type { Query } from './duckdb/query.ts';
import { EngineError } from './engine-error.ts';
import { likelyCsv, type Preparing, readyCsv } from './read/ready-csv.ts';
import { type ParquetFile, readyParquet } from './read/ready-parquet.ts';
import type { CsvFile } from './read/source-bytes.ts';
import type { ReadyFile } from './rows-sql.ts';
import type { Selection, SourceFile } from './selection.ts';

const unknownFormat = ({ name, format }: SourceFile) =>
  new EngineError({
    code: 'formatUnknown',
    message:
      format.type === 'unknown' && format.stated !== ''
        ? `"${name}" is written as "${format.stated}", which is not known here.`
        : `The metadata does not say how "${name}" is written.`,
    remedy: 'Use CSV or Parquet.',
    details: { file: name, reason: 'formatUnknown' },
  });

const incomplete = ({ name }: SourceFile) =>
  new EngineError({
    code: 'fileIncomplete',
    message: `"${name}" is a Parquet file, which can only be read whole.`,
    details: { file: name, reason: 'fileIncomplete' },
  });

type Reader = { selection: Selection; query: Query; preparing: Preparing };

const isCsv = (file: SourceFile): file is CsvFile => file.format.type === 'csv';
const isParquet = (file: SourceFile): file is ParquetFile => file.format.type === 'parquet';

/** Makes one file ready to be read by DuckDB. */
export const readyFile = async (
  file: SourceFile,
  { selection: { columns }, query, preparing }: Reader,
  { isCut = false, onUntidy }: { isCut?: boolean; onUntidy?: () => void } = {},
): Promise<ReadyFile> => {
  preparing.signal.throwIfAborted();
  if (isCsv(file)) return readyCsv(file, columns, preparing, { isCut, onUntidy });
  if (!isParquet(file)) throw unknownFormat(file);
  if (isCut) throw incomplete(file);
  const ready = await readyParquet(file, columns, query, preparing.signal);
  preparing.onBytes(ready.bytes);
  return ready;
};

/** Files that are looked through while DuckDB reads them already. */
export type ReadyFiles = {
  /** As they promise to be; undefined when one of them will not do as it is. */
  likely: ReadyFile[] | undefined;
  /** As they are. Rejects when the rule takes no more malformed rows. */
  certain: Promise<ReadyFile[]>;
  /** Aborted as soon as one of them is not what it promised. */
  mistaken: AbortSignal;
  /** Ends looking; returns when nothing is written any more. */
  stop(): Promise<void>;
};

/** Makes files ready to be read by DuckDB, one after the other. */
export const readyFiles = async (files: readonly SourceFile[], reader: Reader): Promise<ReadyFiles> => {
  const known = new Map<SourceFile, ReadyFile>();
  let likely: ReadyFile[] | undefined = [];
  for (const file of files) {
    // What is to be copied or asked DuckDB for anyway is done before, so that DuckDB begins with all of it.
    const one = isCsv(file)
      ? await likelyCsv(file, reader.selection.columns, reader.preparing)
      : await readyFile(file, reader);
    if (one?.type === 'parquet') known.set(file, one);
    if (one === undefined) likely = undefined;
    else likely?.push(one);
  }
  const mistake = new AbortController();
  const over = new AbortController();
  const signal = AbortSignal.any([reader.preparing.signal, over.signal]);
  const looking: Reader = { ...reader, preparing: { ...reader.preparing, signal } };
  const look = async (): Promise<ReadyFile[]> => {
    const ready: ReadyFile[] = [];
    for (const file of files) {
      ready.push(known.get(file) ?? (await readyFile(file, looking, { onUntidy: () => mistake.abort() })));
    }
    return ready;
  };
  const certain = look();
  // Whoever awaits it may have ended before, or comes later.
  certain.catch(() => mistake.abort());
  return {
    likely,
    certain,
    mistaken: mistake.signal,
    stop: async () => {
      over.abort();
      await certain.catch(() => undefined);
    },
  };
};
