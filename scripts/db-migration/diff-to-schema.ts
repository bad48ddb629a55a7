import { PGlite } from '@electric-sql/pglite';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { PrismaPGlite } from 'pglite-prisma-adapter';
import { applyMigrations } from '../../apps/api/src/platform/migrations.ts';

/** Prisma's engine answers with this when the two sides differ. */
const differs = 2;

/**
 * The SQL that leads from all migrations in prisma/migrations to the given Prisma schema; null when they already agree.
 * The migrations are applied to a throw-away database, so what counts is what they really make. Throws on an invalid schema.
 */
export const diffToSchema = async (schema: string): Promise<string | null> => {
  const pglite = new PGlite();
  const adapter = new PrismaPGlite(pglite);
  try {
    await applyMigrations(adapter, (script) => pglite.exec(script));
    const engine = await SchemaEngine.new(
      { datamodels: undefined },
      () => {},
      bindMigrationAwareSqlAdapterFactory(adapter),
    );
    const files = [{ path: 'schema.prisma', content: schema }];
    try {
      const { exitCode, stdout } = await engine.diff({
        from: { tag: 'schemaDatasource', files, configDir: '.' },
        to: { tag: 'schemaDatamodel', files },
        script: true,
        exitCode: true,
        filters: { externalTables: [], externalEnums: [] },
      });
      return exitCode === differs ? stdout : null;
    } finally {
      engine.free();
    }
  } finally {
    await pglite.close();
  }
};
