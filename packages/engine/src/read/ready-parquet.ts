import { stat } from 'node:fs/promises';
import type { EntityColumn } from '@junction/contracts';
import { fileFailure, readFailure } from '../duckdb/failure.ts';
import type { Query } from '../duckdb/query.ts';
import { literal } from '../duckdb/sql-text.ts';
import { EngineError } from '../engine-error.ts';
import type { PartitionFormat, SourceFile } from '../selection.ts';

export type ParquetFile = SourceFile & { format: Extract<PartitionFormat, { type: 'parquet' }> };

/** `digits` are those of decimals that have too many of them. */
type StoredColumn = { name: string; type: string; digits?: number };

/** A Parquet file with what it has for each column of the entity. */
export type ReadyParquet = {
  type: 'parquet';
  source: ParquetFile;
  path: string;
  /** The file's own name and DuckDB's type for each column. */
  stored: readonly StoredColumn[];
  bytes: number;
};

/** Reads one or more Parquet files as SQL. Strings that a writer did not mark as such are read as text. */
export const readParquet = (paths: readonly string[]): string =>
  `read_parquet([${paths.map(literal).join(', ')}], binary_as_string = true, hive_partitioning = false)`;

const missing = (file: string, column: string) =>
  new EngineError({
    code: 'columnMissing',
    message: `"${file}" has no column "${column}".`,
    remedy: 'Have its writer make the file and the metadata agree.',
    details: { file, reason: 'columnMissing', column },
  });

/** What DuckDB knows decimals of. Those with more digits it reads as numbers of 64 bits, and wrongly: 1.50 becomes 108086391056891900. */
const mostDigits = 38;

/** The columns, by their place, that have decimals with too many digits, in whatever they are made of. */
const findLongDecimals = async ({ path }: ParquetFile, query: Query): Promise<Map<number, number>> => {
  const schema = await query.run(
    `SELECT coalesce(num_children, 0)::INTEGER, coalesce(precision, 0)::INTEGER FROM parquet_schema(${literal(path)})`,
  );
  const found = new Map<number, number>();
  let column = -1;
  let left = 0;
  // The first element is the file itself; what a column is made of follows it.
  for (const [children, digits] of schema.slice(1)) {
    if (left === 0) {
      column += 1;
      left = 1;
    }
    left += Number(children) - 1;
    if (Number(digits) > mostDigits) found.set(column, Number(digits));
  }
  return found;
};

/** That a column has decimals which cannot be read. */
export const tooManyDigits = (file: string, { name, digits }: StoredColumn) =>
  new EngineError({
    code: 'tooManyDigits',
    message: `"${file}" has decimals of ${digits} digits in its column "${name}", and more than ${mostDigits} cannot be read.`,
    remedy: 'Have its writer store them with fewer digits, or as text, or choose the other columns only.',
    details: { file, reason: 'tooManyDigits', column: name },
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
  const fail = (error: unknown): never => {
    signal.throwIfAborted();
    throw readFailure(error, file);
  };
  const described = await query.run(`DESCRIBE SELECT * FROM ${readParquet([file.path])}`).catch(fail);
  const mayBeLong = described.some(([, type]) => String(type).includes('DOUBLE'));
  const long = mayBeLong ? await findLongDecimals(file, query).catch(fail) : new Map<number, number>();
  const found = described.map(([name, type], index): StoredColumn => {
    const digits = long.get(index);
    return { name: String(name), type: String(type), ...(digits !== undefined && { digits }) };
  });
  const stored = columns.map(({ name }) => {
    const one =
      found.find((column) => column.name === name) ??
      found.find((column) => column.name.toLowerCase() === name.toLowerCase());
    if (one === undefined) throw missing(file.name, name);
    return one;
  });
  return { type: 'parquet', source: file, path: file.path, stored, bytes };
};
