import { describe, expect, it } from 'vitest';
import { isGreen, settle, table, total } from './tally.ts';

const tally = (runner: string, passed: number, failed: number, skipped = 0) => ({
  runner,
  passed,
  failed,
  skipped,
  seconds: 1.4,
});

describe('the outcome of a runner', () => {
  it('is its own counts when its exit code agrees', () => {
    expect(settle({ passed: 3, failed: 1, skipped: 2 }, 1)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  it.each([
    ['crashed without a report', undefined, 134, 'ran no test'],
    ['ran nothing and was content', { passed: 0, failed: 0, skipped: 4 }, 0, 'ran no test'],
    ['failed outside of its tests', { passed: 3, failed: 0, skipped: 0 }, 1, 'ended with exit code 1'],
  ])('is a failure when it %s', (_case, counts, exitCode, note) => {
    expect(settle(counts, exitCode)).toMatchObject({ failed: 1, note });
  });
});

describe('the end of a test run', () => {
  const tallies = [tally('check', 4, 0), tally('vitest', 10, 2, 1)];

  it('sums all runners in its last line, and names skipped tests only where there are some', () => {
    expect(total(tallies)).toBe('tests: 14 passed, 2 failed, 1 skipped');
    expect(total([tally('check', 4, 0)])).toBe('tests: 4 passed, 0 failed');
  });

  it('is green only without a failure', () => {
    expect(isGreen(tallies)).toBe(false);
    expect(isGreen([tally('check', 4, 0, 3)])).toBe(true);
  });

  it('has a line per runner, with the note of what went wrong', () => {
    const lines = table([...tallies, { ...tally('browser', 0, 1), note: 'no browser' }]).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[2]).toMatch(/^vitest +10 +2 +1 +1 s$/);
    expect(lines[3]).toMatch(/^browser .* no browser$/);
  });
});
