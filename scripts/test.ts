import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserVariable } from '../e2e/browser.ts';
import { findBrowser } from './runners/browser.ts';
import { runChecks } from './runners/check.ts';
import { countPlaywright, countVitest } from './runners/reports.ts';
import { command, runShown } from './runners/run-command.ts';
import { type Counts, isGreen, settle, type Tally, table, total } from './runners/tally.ts';

// `npm test`: every check and every test, one runner after the other, and one line at the end that sums them all.

const reports = mkdtempSync(join(tmpdir(), 'junction-test-'));

const readReport = <Report>(name: string, count: (report: Report) => Counts): Counts | undefined => {
  try {
    return count(JSON.parse(readFileSync(join(reports, name), 'utf8')));
  } catch {
    // A runner that crashed leaves no report, or half of one; settle() counts that as a failure.
    return undefined;
  }
};

const timed = async (runner: string, run: () => Promise<Omit<Tally, 'runner' | 'seconds'>>): Promise<Tally> => {
  console.log(`\n── ${runner} ──`);
  const started = performance.now();
  const outcome = await run();
  return { runner, ...outcome, seconds: (performance.now() - started) / 1000 };
};

const runVitest = async () => {
  const report = join(reports, 'vitest.json');
  const exitCode = await runShown(command('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return settle(readReport('vitest.json', countVitest), exitCode);
};

const cannotRun = (note: string) => ({ passed: 0, failed: 1, skipped: 0, note });

const runPlaywright = async () => {
  if ((await runShown(process.execPath, ['scripts/setup.mjs', '--web'])) !== 0)
    return cannotRun('the web could not be built');
  const browser = await findBrowser();
  if (browser === null) {
    console.log(
      `No browser: neither Playwright's own, nor a system Chromium, nor permission to install one.\nInstall Chromium, or name one in ${browserVariable}, and run npm test again.`,
    );
    return cannotRun('no browser could be found or installed');
  }
  console.log(`Browser: ${browser.origin}`);
  const exitCode = await runShown(
    command('playwright'),
    ['test', '--config=e2e/playwright.config.ts', '--reporter=list,json'],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'playwright.json'),
      ...(browser.executablePath === undefined ? {} : { [browserVariable]: browser.executablePath }),
    },
  );
  return settle(readReport('playwright.json', countPlaywright), exitCode);
};

const tallies = [
  await timed('checks', runChecks),
  await timed('rules, API and pages', runVitest),
  await timed('browser flows', runPlaywright),
];
rmSync(reports, { recursive: true, force: true });

console.log(`\n${table(tallies)}\n`);
if (!isGreen(tallies)) process.exitCode = 1;
console.log(total(tallies));
