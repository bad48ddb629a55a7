import { command, runQuietly } from './run-command.ts';
import type { Outcome } from './tally.ts';

const tools = [
  { name: 'format and lint', file: command('biome'), args: ['check', '--colors=off'] },
  { name: 'types of the server', file: command('tsc'), args: ['-p', 'tsconfig.json'] },
  { name: 'types of the web', file: command('tsc'), args: ['-p', 'apps/web/tsconfig.json'] },
  { name: 'import walls', file: process.execPath, args: ['scripts/import-walls/check.ts'] },
];

/** Runs every static check side by side, each one counted as a test, and shows what the failed ones said. */
export const runChecks = async (): Promise<Outcome> => {
  const results = await Promise.all(
    tools.map(async ({ name, file, args }) => ({ name, ...(await runQuietly(file, args)) })),
  );
  for (const { name, exitCode, output } of results) {
    console.log(`${exitCode === 0 ? '✓' : '✗'} ${name}`);
    if (exitCode !== 0) console.log(output.trimEnd());
  }
  const passed = results.filter(({ exitCode }) => exitCode === 0).length;
  return { passed, failed: results.length - passed, skipped: 0 };
};
