import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PrismaPg } from '@prisma/adapter-pg';
import { Client } from 'pg';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { type AppliedMigration, applyMigrations, isUpToDate } from './migrations.ts';
import { type Prisma, PrismaClient } from './prisma/client.ts';
import { StartError } from './start-error.ts';
import { createStatementNames } from './statement-names.ts';

export type Db = PrismaClient;
/** Inside a transaction: use this and never the Db itself. */
export type Tx = Prisma.TransactionClient;

export type OpenDb = { db: Db; kind: 'embedded' | 'server'; close(): Promise<void> };

/** Any number that no other program uses; serialises the migrations of several instances that start at once. */
const migrationLock = 7_201_411;

const defaultPort = 5432;
/** Connections kept per instance; PostgreSQL's own default allows 100 in all. */
const poolSize = 10;
/** How long a request may wait for one of them before it is answered with an error. */
const connectTimeoutMs = 5_000;
/**
 * A process that stands still in the middle of a transaction, paused or cut off, keeps its locks no longer than this: the server ends
 * the transaction, and whoever takes over its work need not wait for it.
 */
const idleInTransactionMs = 10_000;
/** A transaction is short: everything slow is done before it. */
const transactionOptions = { maxWait: 5_000, timeout: 10_000 };

/**
 * For a connection that is lost between two statements: the next one fails, which says enough. Without anybody who listens it would end the
 * process, and the pool does not while it hands a connection from one to the next.
 */
const unheard = () => {};

const appliedQuery =
  'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL';
const isMissingTable = (error: unknown) => (error as { code?: string }).code === '42P01';

/** What an error says, in one line; PostgreSQL's own messages name users and databases but hold no password. */
const reasonOf = (error: unknown): string => {
  const { message = '', code = 'unknown' } = error as { message?: string; code?: string };
  return message.split('\n')[0] || code;
};

/** Turns whatever kept a database from opening into the line that is printed for it. */
const cannotOpen = (what: string, remedy: string) => (error: unknown) => {
  throw error instanceof StartError ? error : new StartError(`${what} cannot be used (${reasonOf(error)}). ${remedy}`);
};

/** Opens the embedded database in the data folder; applies the migrations. The caller holds the folder's lock. Throws StartError. */
export const openEmbeddedDb = (dataFolder: string): Promise<OpenDb> => {
  const directory = join(dataFolder, 'database');
  return openPGlite(directory).catch(
    cannotOpen(
      `The embedded database in ${directory}`,
      'Check that this user may read and write it; if it is damaged, put a backup in its place.',
    ),
  );
};

const openPGlite = async (directory: string): Promise<OpenDb> => {
  const pglite = new PGlite(directory);
  await pglite.waitReady;
  const adapter = new PrismaPGlite(pglite);
  const applied = await pglite.query<AppliedMigration>(appliedQuery).catch((error: unknown) => {
    if (isMissingTable(error)) return { rows: [] };
    throw error;
  });
  if (!isUpToDate(applied.rows)) await applyMigrations(adapter, (script) => pglite.exec(script));
  const db = new PrismaClient({ adapter, transactionOptions });
  return {
    db,
    kind: 'embedded',
    close: async () => {
      await db.$disconnect();
      if (!pglite.closed) await pglite.close();
    },
  };
};

/** Opens a PostgreSQL server's database; applies the migrations under an advisory lock, so that several instances may start at once. Throws StartError. */
export const openServerDb = async (url: string): Promise<OpenDb> => {
  const { hostname, port } = new URL(url);
  const where = `The database server at ${hostname}:${port || defaultPort}`;
  await migrateServer(url).catch(cannotOpen(where, 'Check DATABASE_URL.'));
  const adapter = new PrismaPg(
    {
      connectionString: url,
      max: poolSize,
      connectionTimeoutMillis: connectTimeoutMs,
      onConnect: async (client) => {
        client.on('error', unheard);
        // A statement and not a parameter of the connection, which poolers in front of the database refuse.
        await client.query(`SET idle_in_transaction_session_timeout = ${idleInTransactionMs}`);
      },
    },
    { statementNameGenerator: createStatementNames() },
  );
  const db = new PrismaClient({ adapter, transactionOptions });
  return { db, kind: 'server', close: () => db.$disconnect() };
};

const migrateServer = async (url: string): Promise<void> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectTimeoutMs });
  client.on('error', unheard);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    const applied = await client.query<AppliedMigration>(appliedQuery).catch((error: unknown) => {
      if (isMissingTable(error)) return { rows: [] };
      throw error;
    });
    if (!isUpToDate(applied.rows)) {
      await applyMigrations(new PrismaPg({ connectionString: url }), (script) => client.query(script));
    }
  } finally {
    await client.end();
  }
};
