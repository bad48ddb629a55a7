import { setInterval as everyMs } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Database } from './database.ts';
import { isFatal } from './failure.ts';
import type { Turns } from './turns.ts';

/** A value of a result: counts, numbers of rows, texts. */
export type Value = string | number | bigint | boolean | null;

export type Query = {
  /** Rejects with the signal's reason, or with DuckDB's error as it is. */
  run(sql: string, parameters?: readonly string[]): Promise<Value[][]>;
  /** How much of the query under way is done, from 0 to 1. */
  progress(): number;
};

/** An interrupt that comes before DuckDB has begun is lost, so it is repeated until the query is over. */
const interruptEveryMs = 50;

const untilItEnds = async (connection: DuckDBConnection, ended: AbortSignal) => {
  connection.interrupt();
  for await (const _ of everyMs(interruptEveryMs, undefined, { signal: ended })) connection.interrupt();
};

const runQuery = async (
  connection: DuckDBConnection,
  signal: AbortSignal,
  sql: string,
  parameters: readonly string[],
): Promise<Value[][]> => {
  signal.throwIfAborted();
  const ended = new AbortController();
  const interrupt = () => void untilItEnds(connection, ended.signal).catch(() => undefined);
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    const result = await (parameters.length > 0
      ? connection.runAndReadAll(sql, [...parameters])
      : connection.runAndReadAll(sql));
    return result.getRowsJS() as Value[][];
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', interrupt);
    ended.abort();
  }
};

/** Works with a connection of its own, which is closed in the end. Each query waits for its turn. */
export const withQuery = async <Result>(
  { database, turns }: { database: Database; turns: Turns },
  signal: AbortSignal,
  work: (query: Query) => Promise<Result>,
): Promise<Result> => {
  signal.throwIfAborted();
  const connection = await database.connect();
  try {
    return await work({
      run: (sql, parameters = []) => turns.take(signal, () => runQuery(connection, signal, sql, parameters)),
      progress: () => Math.max(0, connection.progress.percentage) / 100,
    });
  } catch (error) {
    if (isFatal(error)) database.renew();
    throw error;
  } finally {
    connection.closeSync();
  }
};
