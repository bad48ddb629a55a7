import type { EngineOptions } from '../duckdb/database.ts';
import type { Plan } from '../plan.ts';

/** DuckDB's own, and the least that it writes. */
const most = 122_880;
const least = 2_048;

/** Bytes of a value in memory; of long texts it is more. */
const valueBytes = 64;

/** How many rows a Parquet file has in one piece: each thread holds one in memory, which a wide entity would fill. */
export const rowGroupOf = (
  { columns }: Plan,
  { memoryMb, threads }: Pick<EngineOptions, 'memoryMb' | 'threads'>,
): number => {
  const fitting = Math.floor((memoryMb * 1024 * 1024) / 8 / threads / (columns.length * valueBytes));
  return Math.min(most, Math.max(least, Math.floor(fitting / least) * least));
};

/** Bytes of the dictionary of a column of texts in such a piece. DuckDB takes a megabyte for each from the beginning, however few rows there are. */
export const dictionaryOf = (rowGroup: number): number => Math.min(1024 * 1024, rowGroup * 32);
