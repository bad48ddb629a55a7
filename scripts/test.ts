import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserVariable } from '../e2e/browser.ts';
import { findBrowser } from './runners/browser.ts';
import { runChecks } from './runners/check.ts';
import { countPlaywright, countVitest } from './runners/reports.ts';
import { command, runShown } from './runners/run-command.ts';
import {
  type Counts,
  isGreen,
  type Outcome,
  settle,
  type Tally,
  table,
  total,
  unsteadyLines,
} from './runners/tally.ts';

// `npm test`: every check and every test, one runner after the other, and one line at the end that sums them all.
// `npm test -- unit people`: one runner (checks, unit or flows), with whatever arguments it takes.

/**
 * How often a test that fails is tried again here, where thousands share a machine. One that then passes is named
 * at the end; a runner that is called by itself tries everything once.
 */
const retries = 1;

const reports = mkdtempSync(join(tmpdir(), 'junction-test-'));

const readReport = <Report>(name: string, count: (report: Report) => Counts): Counts | undefined => {
  try {
    return count(JSON.parse(readFileSync(join(reports, name), 'utf8')));
  } catch {
    // A runner that crashed leaves no report, or half of one; settle() counts that as a failure.
    return undefined;
  }
};

const runVitest = async (filters: string[]): Promise<Outcome> => {
  const output = `--outputFile.json=${join(reports, 'vitest.json')}`;
  const exitCode = await runShown(command('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    output,
    `--retry=${retries}`,
    ...filters,
  ]);
  return settle(readReport('vitest.json', countVitest), exitCode);
};

const cannotRun = (note: string): Outcome => ({ passed: 0, failed: 1, skipped: 0, note });

const runPlaywright = async (filters: string[]): Promise<Outcome> => {
  const isBuilt = (await runShown(process.execPath, ['scripts/setup.mjs', '--web'])) === 0;
  if (!isBuilt) return cannotRun('the web could not be built');
  const browser = await findBrowser();
  if (browser === null) {
    console.log(
      `No browser could be found or installed. Install Chromium, or name one in ${browserVariable}, then try again.`,
    );
    return cannotRun('no browser');
  }
  console.log(`Browser: ${browser.origin}`);
  const exitCode = await runShown(
    command('playwright'),
    ['test', '--config=e2e/playwright.config.ts', '--reporter=list,json', `--retries=${retries}`, ...filters],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'playwright.json'),
      ...(browser.executablePath === undefined ? {} : { [browserVariable]: browser.executablePath }),
    },
  );
  return settle(readReport('playwright.json', countPlaywright), exitCode);
};

const runners = new Map([
  ['checks', runChecks],
  ['unit', runVitest],
  ['flows', runPlaywright],
]);

const [only, ...filters] = process.argv.slice(2);
if (only !== undefined && !runners.has(only)) {
  console.error(`There is no runner ${only}; there are ${[...runners.keys()].join(', ')}.`);
  process.exit(1);
}

const tallies: Tally[] = [];
for (const [runner, run] of runners) {
  if (only !== undefined && only !== runner) continue;
  console.log(`\n── ${runner} ──`);
  const started = performance.now();
  const outcome = await run(filters);
  tallies.push({ runner, ...outcome, seconds: (performance.now() - started) / 1000 });
}
rmSync(reports, { recursive: true, force: true });

console.log(`\n${table(tallies)}\n`);
for (const line of unsteadyLines(tallies)) console.log(line);
if (!isGreen(tallies)) process.exitCode = 1;
console.log(total(tallies));
