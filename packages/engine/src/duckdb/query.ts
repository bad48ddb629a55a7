import { setInterval as everyMs } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Database } from './database.ts';
import { isFatal } from './failure.ts';
import type { Turns } from './turns.ts';

/** A value of a result: counts, numbers of rows, texts. */
export type Value = string | number | bigint | boolean | null;

/** Everything rejects with a signal's reason, the call's or the query's own, or with DuckDB's error as it is. */
export type Query = {
  run(sql: string, parameters?: readonly string[], own?: AbortSignal): Promise<Value[][]>;
  /** Rows of a result that may be long, some at a time. */
  stream(sql: string): AsyncIterable<Value[][]>;
  /** How much of the query under way is done, from 0 to 1. */
  progress(): number;
};

/** An interrupt that comes before DuckDB has begun is lost, so it is repeated until the query is over. */
const interruptEveryMs = 50;

const untilItEnds = async (connection: DuckDBConnection, ended: AbortSignal): Promise<void> => {
  connection.interrupt();
  for await (const _ of everyMs(interruptEveryMs, undefined, { signal: ended })) connection.interrupt();
};

/** Interrupts what DuckDB does when the signal says so, until the function it gives is called. */
const interruptOn = (connection: DuckDBConnection, signal: AbortSignal): (() => void) => {
  const ended = new AbortController();
  const interrupt = () => void untilItEnds(connection, ended.signal).catch(() => undefined);
  signal.addEventListener('abort', interrupt, { once: true });
  return () => {
    signal.removeEventListener('abort', interrupt);
    ended.abort();
  };
};

const runQuery = async (
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly string[],
): Promise<Value[][]> => {
  const reader = await (parameters.length > 0
    ? connection.runAndReadAll(sql, [...parameters])
    : connection.runAndReadAll(sql));
  return reader.getRowsJS() as Value[][];
};

/** Works with a connection that goes on living. Each query waits for its turn. */
export const onConnection = async <Result>(
  connection: DuckDBConnection,
  { database, turns }: { database: Database; turns: Turns },
  signal: AbortSignal,
  work: (query: Query) => Promise<Result>,
): Promise<Result> => {
  signal.throwIfAborted();

  /** The beginning of a query, and what is to be called at its end. */
  const begin = async (stop: AbortSignal): Promise<() => void> => {
    const leave = await turns.arrive(stop);
    const quiet = interruptOn(connection, stop);
    return () => {
      quiet();
      leave();
    };
  };

  const query: Query = {
    run: async (sql, parameters = [], own) => {
      const stop = own ? AbortSignal.any([signal, own]) : signal;
      const end = await begin(stop);
      try {
        stop.throwIfAborted();
        return await runQuery(connection, sql, parameters);
      } catch (error) {
        stop.throwIfAborted();
        throw error;
      } finally {
        end();
      }
    },
    stream: async function* (sql) {
      const end = await begin(signal);
      try {
        signal.throwIfAborted();
        for await (const rows of (await connection.stream(sql)).yieldRowsJs()) yield rows as Value[][];
      } catch (error) {
        signal.throwIfAborted();
        throw error;
      } finally {
        end();
      }
    },
    progress: () => Math.max(0, connection.progress.percentage) / 100,
  };

  try {
    return await work(query);
  } catch (error) {
    if (isFatal(error)) database.renew();
    throw error;
  }
};

/** Works with a connection of its own, which is closed in the end. */
export const withQuery = async <Result>(
  workshop: { database: Database; turns: Turns },
  signal: AbortSignal,
  work: (query: Query) => Promise<Result>,
): Promise<Result> => {
  signal.throwIfAborted();
  const connection = await workshop.database.connect();
  try {
    return await onConnection(connection, workshop, signal, work);
  } finally {
    connection.closeSync();
  }
};
