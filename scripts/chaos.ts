import { command, runShown } from './runners/run-command.ts';

// `npm run chaos`: the chaos test of `npm test`, but longer, on the PostgreSQL server in TEST_DATABASE_URL. CHAOS_RUNS says how many runs,
// CHAOS_SEED repeats what a seed did.

if (process.env.TEST_DATABASE_URL === undefined) {
  console.log(
    'Set TEST_DATABASE_URL to a PostgreSQL server that databases may be made on, such as postgresql://postgres@127.0.0.1:5432/test.',
  );
  process.exitCode = 1;
} else {
  const env = { CHAOS_RUNS: process.env.CHAOS_RUNS ?? '1000' };
  process.exitCode = await runShown(command('vitest'), ['run', '--project', 'chaos'], env);
}
