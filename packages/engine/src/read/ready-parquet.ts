import { stat } from 'node:fs/promises';
import type { EntityColumn } from '@junction/contracts';
import { fileFailure, queryFailure } from '../duckdb/failure.ts';
import type { Query } from '../duckdb/query.ts';
import { literal } from '../duckdb/sql-text.ts';
import { EngineError } from '../engine-error.ts';
import type { PartitionFormat, SourceFile } from '../selection.ts';

export type ParquetFile = SourceFile & { format: Extract<PartitionFormat, { type: 'parquet' }> };

/** A Parquet file with what it has for each column of the entity. */
export type ReadyParquet = {
  type: 'parquet';
  source: ParquetFile;
  path: string;
  /** The file's own name and DuckDB's type for each column. */
  stored: readonly { name: string; type: string }[];
  bytes: number;
};

/** Reads one or more Parquet files as SQL. Strings that a writer did not mark as such are read as text. */
export const readParquet = (paths: readonly string[], options = ''): string =>
  `read_parquet([${paths.map(literal).join(', ')}], binary_as_string = true, hive_partitioning = false${options})`;

const missing = (file: string, column: string) =>
  new EngineError({
    code: 'columnMissing',
    message: `"${file}" has no column "${column}".`,
    remedy: 'Have its writer make the file and the metadata agree.',
    details: { file, reason: 'columnMissing', column },
  });

/** Looks at the columns of a Parquet file. Those that the metadata does not name are left alone: columns are found by name. */
export const readyParquet = async (
  file: ParquetFile,
  columns: readonly EntityColumn[],
  query: Query,
  signal: AbortSignal,
): Promise<ReadyParquet> => {
  const bytes = await stat(file.path).then(
    ({ size }) => size,
    (error: unknown) => Promise.reject(fileFailure(error, file.name)),
  );
  const described = await query.run(`DESCRIBE SELECT * FROM ${readParquet([file.path])}`).catch((error: unknown) => {
    signal.throwIfAborted();
    throw queryFailure(error, file.name);
  });
  const found = described.map(([name, type]) => ({ name: String(name), type: String(type) }));
  const stored = columns.map(({ name }) => {
    const one =
      found.find((column) => column.name === name) ??
      found.find((column) => column.name.toLowerCase() === name.toLowerCase());
    if (one === undefined) throw missing(file.name, name);
    return one;
  });
  return { type: 'parquet', source: file, path: file.path, stored, bytes };
};
