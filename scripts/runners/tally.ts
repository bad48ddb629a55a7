export type Counts = {
  passed: number;
  failed: number;
  skipped: number;
  /** The names of those that passed at their second try only: counted as passed, and to be repaired. */
  unsteady?: readonly string[];
};

/** How a runner ended; `note` says why, where a count alone would puzzle. */
export type Outcome = Counts & { note?: string };

/** What one runner did. */
export type Tally = Outcome & { runner: string; seconds: number };

/**
 * The counts of a runner that exited with this code. One that crashed, or that ran nothing, has failed
 * even where its own report counts no failure (or where there is no report at all).
 */
export const settle = (counts: Counts | undefined, exitCode: number): Outcome => {
  if (counts === undefined) return { passed: 0, failed: 1, skipped: 0, note: 'ran no test' };
  const { passed, failed, skipped } = counts;
  if (passed + failed === 0) return { passed, failed: 1, skipped, note: 'ran no test' };
  if (exitCode !== 0 && failed === 0) return { passed, failed: 1, skipped, note: `ended with exit code ${exitCode}` };
  return counts;
};

const sum = (tallies: readonly Tally[], count: 'passed' | 'failed' | 'skipped') =>
  tallies.reduce((total, tally) => total + tally[count], 0);

/** A table with a line per runner. */
export const table = (tallies: readonly Tally[]): string => {
  const width = Math.max(...tallies.map(({ runner }) => runner.length));
  const cell = (text: string | number) => String(text).padStart(8);
  const rows = tallies.map(
    ({ runner, passed, failed, skipped, seconds, note }) =>
      `${runner.padEnd(width)}${cell(passed)}${cell(failed)}${cell(skipped)}${cell(`${seconds.toFixed(0)} s`)}${note ? `  ${note}` : ''}`,
  );
  return [`${' '.repeat(width)}${['passed', 'failed', 'skipped', 'time'].map(cell).join('')}`, ...rows].join('\n');
};

/** A line per test that passed at its second try only. */
export const unsteadyLines = (tallies: readonly Tally[]): string[] =>
  tallies.flatMap(({ unsteady = [] }) => unsteady.map((name) => `unsteady: ${name}`));

/** The last line of `npm test`. */
export const total = (tallies: readonly Tally[]): string => {
  const skipped = sum(tallies, 'skipped');
  const line = `tests: ${sum(tallies, 'passed')} passed, ${sum(tallies, 'failed')} failed`;
  return skipped > 0 ? `${line}, ${skipped} skipped` : line;
};

/** Whether everything passed. */
export const isGreen = (tallies: readonly Tally[]): boolean => sum(tallies, 'failed') === 0;
