import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const script = join(import.meta.dirname, 'duckdb-alone.ts');

/** Runs SQL in a DuckDB of its own process, with all of the machine's cores and as much memory as DuckDB likes; `last` are the rows of the last statement. */
export const duckdb = async (...statements: string[]): Promise<{ ms: number; last: unknown[][] }> => {
  const args = ['--disable-warning=ExperimentalWarning', script, ...statements];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 24 });
  return JSON.parse(stdout);
};

/** A text in SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
