import type { SchedulePlan } from '@junction/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRuns, planProblem } from './index.ts';

const timeZone = 'UTC';
const cron = (expression: string): SchedulePlan => ({ type: 'cron', expression, timeZone });

const plans = {
  interval: { type: 'interval', everyMinutes: 5 },
  daily: { type: 'daily', times: ['08:00', '08:05'], timeZone },
  'far apart over midnight': { type: 'daily', times: ['00:02', '23:57'], timeZone },
  'close over midnight, but of days apart': { type: 'weekly', days: [1, 3, 5], times: ['00:01', '23:58'], timeZone },
  'close over midnight, but of dates apart': { type: 'monthly', days: [1, 15], times: ['00:01', '23:58'], timeZone },
  'a day that few months have': { type: 'monthly', days: [31], times: ['08:00'], timeZone },
} satisfies Record<string, SchedulePlan>;

describe('a plan without a problem', () => {
  it.each(Object.entries(plans))('%s', (_, plan) => {
    expect(planProblem(plan)).toBeUndefined();
  });

  it.each([
    '0 6 * * 1',
    '00 06 * * *',
    '*/5 * * * *',
    '0-55/5 8-18 * * MON-FRI',
    '0 0 29 2 *',
    '0 0 30 2 1',
    '0 0 1 jan,Jul *',
    '0 0 * * 0,7',
    // Close over midnight, but never on two days in a row.
    '2,59 0,23 * * 1,3,5',
    '2,59 0,23 1 * *',
  ])('%s', (expression) => {
    expect(planProblem(cron(expression))).toBeUndefined();
  });
});

describe('an expression that is not understood', () => {
  it.each([
    ['60 * * * *', 'The minute “60” is not understood. Use 0 to 59, or * for every one;'],
    ['* 24 * * *', 'The hour “24” is not understood. Use 0 to 23, or'],
    ['* * 0 * *', 'The day of the month “0” is not understood. Use 1 to 31, or'],
    ['* * * 13 *', 'The month “13” is not understood. Use 1 to 12 or JAN to DEC, or'],
    ['* * * * 8', 'The day of the week “8” is not understood. Use 0 to 7 (0 and 7 are Sunday) or SUN to SAT, or'],
    ['5/15 * * * *', 'The minute “5/15” is not understood.'],
    ['*/0 * * * *', 'The minute “*/0” is not understood.'],
    ['30-10 * * * *', 'The minute “30-10” is not understood.'],
    ['1,,2 * * * *', 'The minute “1,,2” is not understood.'],
    ['MON * * * *', 'The minute “MON” is not understood.'],
    ['0 0 ? * 1', 'The day of the month “?” is not understood.'],
    ['0 0 * * MON#2', 'The day of the week “MON#2” is not understood.'],
    ['0 0 * * +1', 'The day of the week “+1” is not understood.'],
    ['0 0 * * 5L', 'The day of the week “5L” is not understood.'],
    [`${'1'.repeat(190)} * * * *`, 'The minute “11111111111111111111…” is not understood.'],
  ])('%s', (expression, message) => {
    const problem = planProblem(cron(expression));
    expect(problem).toMatchObject({ field: 'expression', code: 'cronField' });
    expect(problem?.message.startsWith(message)).toBe(true);
  });

  it('points to the plan that knows the last day of a month', () => {
    expect(planProblem(cron('0 0 L * *'))?.message).toMatch(/For the last day of a month, choose a monthly plan\.$/);
  });

  it.each([
    [
      '* * * *',
      'The expression has 4 fields. Write five fields: minute, hour, day of the month, month and day of the week; 0 6 * * 1 is Mondays at 06:00.',
    ],
    [
      '0 0 0 * * *',
      'The expression has 6 fields. Write five fields: minute, hour, day of the month, month and day of the week; 0 6 * * 1 is Mondays at 06:00. Leave out seconds and years.',
    ],
    [
      'hourly',
      'The expression has 1 field. Write five fields: minute, hour, day of the month, month and day of the week; 0 6 * * 1 is Mondays at 06:00.',
    ],
    [
      '@daily',
      'Names such as @daily are not known here. Write five fields: minute, hour, day of the month, month and day of the week; 0 6 * * 1 is Mondays at 06:00.',
    ],
    [
      '2026-01-01T00:00:00',
      'The expression has 1 field. Write five fields: minute, hour, day of the month, month and day of the week; 0 6 * * 1 is Mondays at 06:00.',
    ],
  ])('%s', (expression, message) => {
    expect(planProblem(cron(expression))).toEqual({ field: 'expression', code: 'cronFieldCount', message });
  });
});

describe('an expression that never runs', () => {
  it.each(['0 0 30 2 *', '0 0 31 2,4,6,9,11 *', '*/5 * 30-31 FEB *'])('%s', (expression) => {
    expect(planProblem(cron(expression))).toEqual({
      field: 'expression',
      code: 'neverRuns',
      message: 'This never runs: none of its months has such a day. Change the day of the month or the month.',
    });
  });
});

describe('a plan that runs too often', () => {
  it.each<[SchedulePlan, string, string]>([
    [cron('* * * * *'), '00:00', '00:01'],
    [cron('*/4 * * * *'), '00:00', '00:04'],
    [cron('*/7 * * * *'), '00:56', '01:00'],
    [cron('0,58 9-10 1 1 *'), '09:58', '10:00'],
    [cron('2,59 0,23 * * *'), '23:59', '00:02'],
    [cron('2,59 0,23 * * 5-7'), '23:59', '00:02'],
    // A Monday before February 29, once in 28 years.
    [cron('2,59 0,23 29 2 1'), '23:59', '00:02'],
    [{ type: 'daily', times: ['08:00', '08:04'], timeZone }, '08:00', '08:04'],
    [{ type: 'daily', times: ['00:01', '23:58'], timeZone }, '23:58', '00:01'],
    [{ type: 'weekly', days: [1, 7], times: ['00:01', '23:58'], timeZone }, '23:58', '00:01'],
    [{ type: 'monthly', days: [1, 'last'], times: ['00:01', '23:58'], timeZone }, '23:58', '00:01'],
  ])('%j', (plan, one, other) => {
    expect(planProblem(plan)).toEqual({
      field: plan.type === 'cron' ? 'expression' : 'times',
      code: 'tooOften',
      message: `This runs at ${one} and again at ${other}. Leave at least 5 minutes between two runs.`,
    });
  });
});

describe('a time zone that this computer does not know', () => {
  it('is a problem', () => {
    expect(planProblem({ type: 'daily', times: ['08:00'], timeZone: 'Moon/Tranquility' })).toMatchObject({
      field: 'timeZone',
      code: 'unknownTimeZone',
    });
  });
});

describe('any text', () => {
  const part = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('*', '0', '7', '1,15', '10-20', '*/5', '0-59/10', 'JAN', 'sun') },
    fc.string({ unit: fc.constantFrom(...'0123456789*/,-LW#?+@MON'), maxLength: 6 }),
  );
  const text = fc.array(part, { minLength: 4, maxLength: 6 }).map((parts) => parts.join(' '));

  it('has a problem, or runs at least 5 minutes apart; nothing throws', () => {
    fc.assert(
      fc.property(text, (expression) => {
        const plan = cron(expression);
        const runs = nextRuns(plan, new Date('2026-01-01T00:00:00Z'), 10).map((run) => Date.parse(run));
        if (planProblem(plan)) return;
        expect(runs.length).toBeGreaterThan(0);
        for (const [index, run] of runs.slice(1).entries())
          expect(run - (runs[index] ?? 0)).toBeGreaterThanOrEqual(300_000);
      }),
      { numRuns: 300 },
    );
  });
});
