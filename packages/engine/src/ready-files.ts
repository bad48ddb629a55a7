import type { Query } from './duckdb/query.ts';
import { EngineError } from './engine-error.ts';
import { type Preparing, readyCsv } from './read/ready-csv.ts';
import { readyParquet } from './read/ready-parquet.ts';
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

const isCut = (file: SourceFile) =>
  new EngineError({
    code: 'fileIncomplete',
    message: `"${file.name}" is a Parquet file, which can only be read whole.`,
    details: { file: file.name, reason: 'fileIncomplete' },
  });

/** Makes a file ready to be read by DuckDB. */
export const readyFile = async (
  file: SourceFile,
  { columns }: Selection,
  query: Query,
  preparing: Preparing,
  isCutFile = false,
): Promise<ReadyFile> => {
  preparing.signal.throwIfAborted();
  if (file.format.type === 'csv') return readyCsv(file as CsvFile, columns, preparing, { isCut: isCutFile });
  if (file.format.type === 'unknown') throw unknownFormat(file);
  if (isCutFile) throw isCut(file);
  return readyParquet({ ...file, format: file.format }, columns, query, preparing.signal);
};
