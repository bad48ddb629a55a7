import type { EngineOptions } from '../duckdb/database.ts';
import type { Plan } from '../plan.ts';
import type { ReadyFile } from '../rows-sql.ts';

/** DuckDB's own, and the least that it writes. */
const most = 122_880;
const least = 2_048;

/** Bytes of a value that nothing is known about. */
const guessedBytes = 32;

/** How many rows a Parquet file has in one piece: each thread holds one in memory, which a wide entity would fill. */
export const rowGroupOf = (
  files: readonly ReadyFile[],
  { columns }: Plan,
  { memoryMb, threads }: Pick<EngineOptions, 'memoryMb' | 'threads'>,
): number => {
  const rows = files.reduce((sum, file) => sum + (file.type === 'csv' ? file.rows : 0), 0);
  const bytes = files.reduce((sum, file) => sum + (file.type === 'csv' ? file.bytes : 0), 0);
  const rowBytes = Math.max(columns.length * guessedBytes, rows === 0 ? 0 : bytes / rows);
  const fitting = Math.floor((memoryMb * 1024 * 1024) / 8 / threads / rowBytes);
  return Math.min(most, Math.max(least, Math.floor(fitting / least) * least));
};
