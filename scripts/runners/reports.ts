import type { Counts } from './tally.ts';

/** The part of Vitest's JSON report that counts. */
type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    status: string;
    assertionResults: { status: string; fullName?: string; failureMessages?: readonly string[] }[];
  }[];
};

type PlaywrightSuite = {
  suites?: readonly PlaywrightSuite[];
  specs?: readonly { title: string; tests: readonly { status: string }[] }[];
};

/** The part of Playwright's JSON report that counts. */
type PlaywrightReport = PlaywrightSuite & {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
};

/** Counts a Vitest run; a file that failed outside of its tests (while loading, or in a hook) is one failure. */
export const countVitest = (report: VitestReport): Counts => {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  const unsteady = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status, failureMessages = [] }) => status === 'passed' && failureMessages.length > 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    unsteady: unsteady.map(({ fullName = '' }) => fullName),
  };
};

const flakyTitles = ({ suites = [], specs = [] }: PlaywrightSuite): string[] => [
  ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ title }) => title),
  ...suites.flatMap(flakyTitles),
];

/** Counts a Playwright run; whatever broke outside of the flows has failed. */
export const countPlaywright = (report: PlaywrightReport): Counts => ({
  passed: report.stats.expected + report.stats.flaky,
  failed: report.stats.unexpected + report.errors.length,
  skipped: report.stats.skipped,
  unsteady: flakyTitles(report),
});
