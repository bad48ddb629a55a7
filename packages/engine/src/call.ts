import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Database, EngineOptions } from './duckdb/database.ts';
import { fileFailure, queryFailure } from './duckdb/failure.ts';
import { onConnection, type Query, withQuery } from './duckdb/query.ts';
import type { Turns } from './duckdb/turns.ts';
import { EngineError } from './engine-error.ts';
import type { SourceFile } from './selection.ts';

/** What every call works with. */
export type Workshop = { options: EngineOptions; database: Database; turns: Turns };

/** One call: a connection and a folder of its own, gone when it ends. */
export type Call = {
  query: Query;
  /** A path for a file that is gone when the call ends. */
  newPath(): string;
  signal: AbortSignal;
};

const isIn = (folder: string, path: string): boolean => {
  const way = relative(resolve(folder), resolve(path));
  return way !== '' && way !== '..' && !/^\.\.[/\\]/.test(way) && !isAbsolute(way);
};

const outside = () =>
  new EngineError({ code: 'outsideFolder', message: 'A file lies outside the folders of the engine.' });

/** Refuses files that are outside the folders, before DuckDB does. */
export const checkPaths = (
  { folder, readable = [] }: EngineOptions,
  files: readonly SourceFile[],
  written: readonly string[],
): void => {
  const folders = [folder, ...readable];
  const isReadable = ({ path }: SourceFile) => isAbsolute(path) && folders.some((one) => isIn(one, path));
  if (!files.every(isReadable) || !written.every((path) => isAbsolute(path) && isIn(folder, path))) throw outside();
};

/** Works with a scratch folder, which is gone in the end; whatever ends it early, what it wrote is removed too. */
const inScratch = async <Result>(
  { options }: Workshop,
  signal: AbortSignal,
  written: readonly string[],
  work: (newPath: Call['newPath']) => Promise<Result>,
): Promise<Result> => {
  signal.throwIfAborted();
  // Beside what it writes, so that who gave it that folder sees how much of the disk the call takes.
  const [beside = join(options.folder, 'count')] = written;
  const scratch = await mkdtemp(join(dirname(beside), 'call-')).catch((error: unknown) => {
    throw fileFailure(error);
  });
  try {
    return await work(() => join(scratch, randomUUID()));
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    signal.throwIfAborted();
    throw queryFailure(fileFailure(error));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

/** Runs a call. Rejects with an EngineError or with the signal's reason. */
export const runCall = <Result>(
  workshop: Workshop,
  signal: AbortSignal,
  written: readonly string[],
  work: (call: Call) => Promise<Result>,
): Promise<Result> =>
  inScratch(workshop, signal, written, (newPath) =>
    withQuery(workshop, signal, (query) => work({ query, newPath, signal })),
  );

/** Runs a call that works with what earlier ones left in DuckDB: on a connection that goes on living. */
export const runCallOn = <Result>(
  connection: DuckDBConnection,
  workshop: Workshop,
  signal: AbortSignal,
  work: (call: Call) => Promise<Result>,
): Promise<Result> =>
  inScratch(workshop, signal, [], (newPath) =>
    onConnection(connection, workshop, signal, (query) => work({ query, newPath, signal })),
  );
