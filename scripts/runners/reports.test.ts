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
    expect(countVitest(report)).toEqual({ passed: 5, failed: 1, skipped: 3, unsteady: [] });
  });

  it('names the tests that pass only at a second try', () => {
    const tests = [
      { status: 'passed', fullName: 'a steady test', failureMessages: [] },
      { status: 'passed', fullName: 'an unsteady test', failureMessages: ['expected 1 to be 2'] },
      { status: 'failed', fullName: 'a failed test', failureMessages: ['expected 1 to be 2'] },
    ];
    const report = { ...counts, testResults: [{ status: 'failed', assertionResults: tests }] };
    expect(countVitest(report).unsteady).toEqual(['an unsteady test']);
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
    expect(countPlaywright({ stats, errors: [] })).toEqual({ passed: 4, failed: 0, skipped: 1, unsteady: [] });
  });

  it('fails whatever breaks outside of them', () => {
    expect(countPlaywright({ stats, errors: [{}] }).failed).toBe(1);
  });

  it('names the flows that pass only at a second try', () => {
    const specs = ['steady', 'flaky'].map((status) => ({ title: `a ${status} flow`, tests: [{ status }] }));
    const report = { stats: { ...stats, flaky: 1 }, errors: [], suites: [{ suites: [{ specs }] }] };
    expect(countPlaywright(report)).toMatchObject({ passed: 5, failed: 0, unsteady: ['a flaky flow'] });
  });
});
