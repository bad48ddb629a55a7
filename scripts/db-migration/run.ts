import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readMigrations } from '../../apps/api/src/platform/migrations.ts';
import { diffToSchema } from './diff-to-schema.ts';
import { migrationFolder, NamingError } from './migration-folder.ts';

// `npm run db:migration <name>`: writes the migration that prisma/schema.prisma still lacks.

const prisma = resolve(import.meta.dirname, '../../prisma');

try {
  const folder = migrationFolder(process.argv[2], new Date(), readMigrations().at(-1)?.name);
  const sql = await diffToSchema(readFileSync(join(prisma, 'schema.prisma'), 'utf8'));
  if (sql === null) {
    console.log('No changes: the migrations already make what prisma/schema.prisma says.');
  } else {
    mkdirSync(join(prisma, 'migrations', folder));
    writeFileSync(join(prisma, 'migrations', folder, 'migration.sql'), sql);
    console.log(
      `Wrote prisma/migrations/${folder}/migration.sql. Read it before you commit it; it is applied at the next start.`,
    );
  }
} catch (error) {
  if (!(error instanceof NamingError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
