import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { StartError } from './start-error.ts';

const folder = join(import.meta.dirname, '../../../../prisma');

type Migration = { name: string; script: string };

/** The migrations in prisma/migrations, oldest first. */
export const readMigrations = (): Migration[] =>
  readdirSync(join(folder, 'migrations'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({ name, script: readFileSync(join(folder, 'migrations', name, 'migration.sql'), 'utf8') }));

/** One row of Prisma's `_prisma_migrations`. */
export type AppliedMigration = { migration_name: string; checksum: string; finished_at: Date | string | null };

/**
 * Whether every migration is applied as it is written. Then the engine need not be loaded, which saves most of a second start.
 * Throws StartError when the database was migrated by a newer Junction, or holds a migration that failed or was changed since.
 */
export const isUpToDate = (applied: readonly AppliedMigration[]): boolean => {
  const migrations = readMigrations();
  const known = new Map(
    migrations.map(({ name, script }) => [name, createHash('sha256').update(script).digest('hex')]),
  );
  for (const { migration_name: name, checksum, finished_at: finishedAt } of applied) {
    if (!known.has(name))
      throw new StartError(
        `The database has the migration ${name}, which this version of Junction does not know. Start the newer version.`,
      );
    if (finishedAt === null)
      throw new StartError(
        `The migration ${name} failed half-way. Restore a backup, or repair it with prisma migrate resolve.`,
      );
    if (known.get(name) !== checksum)
      throw new StartError(
        `The migration ${name} differs from the one that was applied. Start the version that applied it.`,
      );
  }
  return applied.length >= migrations.length;
};

/** Runs a script of several statements as it is written, functions and all, and resolves when it is done. */
type RunScript = (script: string) => Promise<unknown>;

/** Neither database adapter does that: the one for servers cuts a script at every semicolon, the embedded one does not wait for its end. */
const withRunScript = (factory: SqlMigrationAwareDriverAdapterFactory, runScript: RunScript) => {
  const connections: SqlDriverAdapter[] = [];
  const withScripts: SqlMigrationAwareDriverAdapterFactory = {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    connect: async () => {
      const connection = await factory.connect();
      connections.push(connection);
      const executeScript = async (script: string) => {
        await runScript(script);
      };
      return Object.assign(connection, { executeScript });
    },
  };
  /** The engine leaves its connections open. */
  const disconnect = () => Promise.all(connections.map((connection) => connection.dispose()));
  return { withScripts, disconnect };
};

/** Applies what is missing with Prisma's own engine in WebAssembly, which also keeps the table `_prisma_migrations`. */
export const applyMigrations = async (
  adapter: SqlMigrationAwareDriverAdapterFactory,
  runScript: RunScript,
): Promise<void> => {
  const [{ SchemaEngine }, { bindMigrationAwareSqlAdapterFactory }] = await Promise.all([
    import('@prisma/schema-engine-wasm'),
    import('@prisma/driver-adapter-utils'),
  ]);
  const schema = readFileSync(join(folder, 'schema.prisma'), 'utf8');
  const { withScripts, disconnect } = withRunScript(adapter, runScript);
  const engine = await SchemaEngine.new(
    { datamodels: [['schema.prisma', schema]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(withScripts),
  );
  try {
    await engine.applyMigrations({
      migrationsList: {
        baseDir: join(folder, 'migrations'),
        lockfile: {
          path: 'migration_lock.toml',
          content: readFileSync(join(folder, 'migrations', 'migration_lock.toml'), 'utf8'),
        },
        shadowDbInitScript: '',
        migrationDirectories: readMigrations().map(({ name, script }) => ({
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: script } },
        })),
      },
      filters: { externalTables: [], externalEnums: [] },
    });
  } finally {
    engine.free();
    await disconnect();
  }
};
