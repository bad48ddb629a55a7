import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that open a database: they run once per kind of database. */
const databaseTests = 'apps/api/**/*.{api,work}.test.ts';

/** Tests of several processes on one database server. They need both cores, so they come when the others are done. */
const serverTests = 'apps/api/**/*.server.test.ts';

/** A test that hangs must fail well before the run's own limit; the slowest honest one starts a database, which takes a busy machine a while. */
const testTimeout = 60_000;

const inNode = {
  testTimeout,
  hookTimeout: testTimeout,
  // Prisma's engine in WebAssembly makes Node.js print one in every worker.
  execArgv: ['--disable-warning=ExperimentalWarning'],
};

const onDatabase = (kind: 'pglite' | 'postgres') => ({
  test: {
    name: `api-${kind}`,
    include: [databaseTests],
    env: { JUNCTION_TEST_DATABASE: kind },
    ...inNode,
  },
});

export default defineConfig({
  test: {
    // Every core: left to itself Vitest keeps one free, which on two cores is half of the machine.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'rules',
          include: ['{apps,packages}/**/*.test.ts', 'scripts/**/*.test.{ts,mjs}'],
          exclude: [...configDefaults.exclude, databaseTests, serverTests],
          ...inNode,
        },
      },
      onDatabase('pglite'),
      ...(process.env.TEST_DATABASE_URL ? [onDatabase('postgres')] : []),
      {
        test: {
          name: 'chaos',
          include: [serverTests],
          env: { JUNCTION_TEST_DATABASE: 'postgres' },
          sequence: { groupOrder: 1 },
          ...inNode,
        },
      },
      {
        extends: './apps/web/vite.config.ts',
        test: {
          name: 'web',
          root: './apps/web',
          environment: 'jsdom',
          // Pages. What needs no browser is a *.test.ts among the rules, and much faster.
          include: ['src/**/*.test.tsx'],
          setupFiles: ['src/testing/setup.ts'],
          testTimeout,
        },
      },
    ],
  },
});
