import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint, isRemembered, remember } from './fingerprint.mjs';
import { projectEnv, root, run } from './run.mjs';

const inputs = ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'];
const client = join(root, 'apps', 'api', 'src', 'platform', 'prisma', 'client.ts');

/** Generates the typed database client when the schema or Prisma changed. */
export const generatePrismaClient = () => {
  const state = fingerprint(inputs);
  if (existsSync(client) && isRemembered('prisma-client', state)) return;
  console.log('Generating the database client…');
  run('node', [join('node_modules', 'prisma', 'build', 'index.js'), 'generate'], {
    // `prisma generate` never runs this binary, but would try to download it if it were not named.
    env: {
      ...projectEnv,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
    remedy: 'Repair prisma/schema.prisma, then try again.',
  });
  remember('prisma-client', state);
};
