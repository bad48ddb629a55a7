import { describe, expect, it } from 'vitest';
import { countPlaywright, countVitest } from './reports.ts';

describe('the count of a Vitest run', () => {
  const counts = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
  const file = (status: string, ...tests: string[]) => ({
    status,
    assertionResults: tests.map((test) => ({ status: test })),
  });

  it('takes the tests as they are', () => {
    const report = { ...counts, testResults: [file('passed', 'passed'), file('failed', 'passed', 'failed')] };
    expect(countVitest(report)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  it.each([
    ['that cannot be loaded', file('failed')],
    ['whose hook fails, so that its tests are skipped', file('failed', 'skipped', 'skipped')],
  ])('adds a failure for a file %s', (_case, broken) => {
    expect(countVitest({ ...counts, testResults: [broken] }).failed).toBe(2);
  });
});

describe('the count of a Playwright run', () => {
  const stats = { expected: 4, unexpected: 0, flaky: 0, skipped: 1 };

  it('takes the flows as they are', () => {
    expect(countPlaywright({ stats, errors: [] })).toEqual({ passed: 4, failed: 0, skipped: 1 });
  });

  it('fails flows that pass only at a second try, and whatever breaks outside of them', () => {
    expect(countPlaywright({ stats: { ...stats, flaky: 2 }, errors: [{}] }).failed).toBe(3);
  });
});
