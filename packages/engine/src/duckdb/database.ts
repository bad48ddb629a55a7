import { mkdir, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { engineLimits } from '../limits.ts';
import { literal } from './sql-text.ts';

export type EngineOptions = {
  /** The spool folder: the only one that is written to. */
  folder: string;
  /** More folders that files may be read from. */
  readable?: readonly string[];
  /** What DuckDB may hold in memory for all calls together; the process needs some more. */
  memoryMb: number;
  /** At most; less memory than for all of them makes it fewer. */
  threads: number;
};

/** DuckDB in this process, shut off from everything but the engine's folders. */
export type Database = {
  /** A connection of its own for one call. */
  connect(): Promise<DuckDBConnection>;
  /** Starts anew with the next connection: after an internal error DuckDB refuses everything. */
  renew(): void;
  close(): Promise<void>;
};

/** Each thread holds rows in memory: more threads than this would run out of it, and not be faster. */
const threadsFor = (threads: number, memoryMb: number): number =>
  Math.max(1, Math.min(threads, Math.floor(memoryMb / engineLimits.threadMb)));

const start = async ({ folder, readable = [], memoryMb, threads }: EngineOptions, spill: string) => {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threadsFor(threads, memoryMb)),
    memory_limit: `${memoryMb}MiB`,
    temp_directory: spill,
    max_temp_directory_size: `${engineLimits.spillGb}GiB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  const connection = await instance.connect();
  const folders = [folder, ...readable].map((path) => literal(path.endsWith(sep) ? path : path + sep));
  for (const setting of [
    // A time without a zone is one in UTC, wherever this machine is.
    `TimeZone = 'UTC'`,
    `allowed_directories = [${folders.join(', ')}]`,
    `allowed_configs = ['enable_progress_bar', 'enable_progress_bar_print']`,
    'enable_external_access = false',
    // The last: from here on no SQL can take anything of this back.
    'lock_configuration = true',
  ]) {
    await connection.run(`SET GLOBAL ${setting}`);
  }
  connection.closeSync();
  return instance;
};

/** Opens DuckDB with the engine's limits. */
export const openDatabase = async (options: EngineOptions): Promise<Database> => {
  const spill = join(options.folder, 'spill');
  await mkdir(spill, { recursive: true });
  let instance: Promise<DuckDBInstance> | undefined = start(options, spill);
  await instance;
  return {
    connect: async () => {
      instance ??= start(options, spill);
      const connection = await (await instance).connect();
      await connection.run('SET enable_progress_bar = true');
      await connection.run('SET enable_progress_bar_print = false');
      return connection;
    },
    renew: () => {
      instance = undefined;
    },
    close: async () => {
      const last = await instance;
      instance = undefined;
      last?.closeSync();
      await rm(spill, { recursive: true, force: true });
    },
  };
};
