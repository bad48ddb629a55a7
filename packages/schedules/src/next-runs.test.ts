import type { MonthlyPlan, SchedulePlan } from '@junction/contracts';
import { describe, expect, it } from 'vitest';
import { maxRuns, nextRuns, nextScheduledRun } from './index.ts';

const runs = (plan: SchedulePlan, from: string, count = 3) =>
  nextRuns(plan, new Date(from), count).map((run) => run.replace(':00.000Z', 'Z'));

const daily = (times: string[], timeZone = 'UTC'): SchedulePlan => ({ type: 'daily', times, timeZone });
const monthly = (days: MonthlyPlan['days'], timeZone = 'UTC'): SchedulePlan => ({
  type: 'monthly',
  days,
  times: ['02:00'],
  timeZone,
});
const cron = (expression: string, timeZone = 'UTC'): SchedulePlan => ({ type: 'cron', expression, timeZone });

describe('an interval', () => {
  it.each([
    ['minutes', 30, '2026-01-01T00:10:00Z', ['2026-01-01T00:30Z', '2026-01-01T01:00Z', '2026-01-01T01:30Z']],
    ['days', 1440, '2026-01-01T00:10:00Z', ['2026-01-02T00:00Z', '2026-01-03T00:00Z', '2026-01-04T00:00Z']],
    [
      'years before 1970',
      1440,
      '1969-12-30T12:00:00Z',
      ['1969-12-31T00:00Z', '1970-01-01T00:00Z', '1970-01-02T00:00Z'],
    ],
  ])('counts %s from the Unix epoch', (_, everyMinutes, from, expected) => {
    expect(runs({ type: 'interval', everyMinutes }, from)).toEqual(expected);
  });

  it('of 90 minutes keeps its rhythm over midnight', () => {
    const found = nextRuns({ type: 'interval', everyMinutes: 90 }, new Date('2026-01-01T20:00:00Z'), 10);
    for (const run of found) expect(Date.parse(run) % (90 * 60_000)).toBe(0);
    expect(Date.parse(found[9] ?? '') - Date.parse(found[0] ?? '')).toBe(9 * 90 * 60_000);
  });
});

describe('the moment to start from', () => {
  it.each([
    ['a moment before', '2026-01-01T05:59:59.999Z', '2026-01-01T06:00Z', '2026-01-01T06:00Z'],
    ['the very moment', '2026-01-01T06:00:00.000Z', '2026-01-02T06:00Z', '2026-01-01T12:00Z'],
    ['a moment after', '2026-01-01T06:00:00.001Z', '2026-01-02T06:00Z', '2026-01-01T12:00Z'],
  ])('%s', (_, from, nextDaily, nextSixHours) => {
    expect(runs(daily(['06:00']), from, 1)).toEqual([nextDaily]);
    expect(runs({ type: 'interval', everyMinutes: 360 }, from, 1)).toEqual([nextSixHours]);
  });
});

describe('the number of runs', () => {
  it.each([
    [-1, 0],
    [0, 0],
    [2.9, 2],
    [maxRuns, maxRuns],
    [1_000_000, maxRuns],
  ])('asked for %d gives %d', (asked, given) => {
    expect(nextRuns(daily(['06:00']), new Date('2026-01-01'), asked)).toHaveLength(given);
    expect(nextRuns({ type: 'interval', everyMinutes: 5 }, new Date('2026-01-01'), asked)).toHaveLength(given);
  });
});

describe('times of the day', () => {
  it('of several minutes come in order', () => {
    expect(runs(daily(['08:00', '09:30', '20:00']), '2026-01-01T08:00:00Z', 4)).toEqual([
      '2026-01-01T09:30Z',
      '2026-01-01T20:00Z',
      '2026-01-02T08:00Z',
      '2026-01-02T09:30Z',
    ]);
  });

  it.each([
    ['Asia/Kathmandu', '2025-12-31T18:15Z'],
    ['Pacific/Chatham', '2025-12-31T10:15Z'],
    ['Pacific/Kiritimati', '2025-12-31T10:00Z'],
    ['Pacific/Pago_Pago', '2026-01-01T11:00Z'],
    ['UTC', '2026-01-01T00:00Z'],
  ])('start the year in %s', (timeZone, expected) => {
    expect(runs(cron('0 0 1 1 *', timeZone), '2025-12-30T12:00:00Z', 1)).toEqual([expected]);
    expect(runs(daily(['00:00'], timeZone), '2025-12-31T09:00:00Z', 2)).toContain(expected);
  });

  it('of a week begin on Monday', () => {
    const plan: SchedulePlan = { type: 'weekly', days: [1, 7], times: ['06:00'], timeZone: 'UTC' };
    // 2026-01-04 is a Sunday.
    expect(runs(plan, '2026-01-01T00:00:00Z')).toEqual(['2026-01-04T06:00Z', '2026-01-05T06:00Z', '2026-01-11T06:00Z']);
  });
});

describe('a day of the month', () => {
  it('that a month lacks is skipped', () => {
    expect(runs(monthly([31]), '2026-01-01T00:00:00Z', 4)).toEqual([
      '2026-01-31T02:00Z',
      '2026-03-31T02:00Z',
      '2026-05-31T02:00Z',
      '2026-07-31T02:00Z',
    ]);
  });

  it('is the last one in every month, leap years too', () => {
    expect(runs(monthly(['last']), '2028-01-01T00:00:00Z', 4)).toEqual([
      '2028-01-31T02:00Z',
      '2028-02-29T02:00Z',
      '2028-03-31T02:00Z',
      '2028-04-30T02:00Z',
    ]);
  });

  it('may be 29 and the last one, which are one day in a leap February', () => {
    expect(runs(monthly([29, 'last']), '2028-02-01T00:00:00Z', 2)).toEqual(['2028-02-29T02:00Z', '2028-03-29T02:00Z']);
  });

  it('is the last one where the clock hangs, not in UTC', () => {
    expect(runs(monthly(['last'], 'Pacific/Chatham'), '2026-02-27T00:00:00Z', 1)).toEqual(['2026-02-27T12:15Z']);
  });
});

describe('clocks that are put forward', () => {
  it.each([
    ['Europe/Berlin', '02:30', '2026-03-28T12:00:00Z', ['2026-03-29T01:00Z', '2026-03-30T00:30Z']],
    ['Australia/Lord_Howe', '02:15', '2026-10-03T00:00:00Z', ['2026-10-03T15:30Z', '2026-10-04T15:15Z']],
    ['America/Havana', '00:30', '2026-03-07T12:00:00Z', ['2026-03-08T05:00Z', '2026-03-09T04:30Z']],
    ['Antarctica/Troll', '01:30', '2026-03-28T12:00:00Z', ['2026-03-29T01:00Z', '2026-03-29T23:30Z']],
  ])('in %s: what they skip, %s, runs right after the gap', (timeZone, time, from, expected) => {
    expect(runs(daily([time], timeZone), from, 2)).toEqual(expected);
  });

  it('make one run of all times in the gap and right after it', () => {
    expect(runs(daily(['02:00', '02:30', '03:00', '04:00'], 'Europe/Berlin'), '2026-03-29T00:00:00Z', 2)).toEqual([
      '2026-03-29T01:00Z',
      '2026-03-29T02:00Z',
    ]);
  });

  it('skip a beat of an expression that is a rhythm', () => {
    expect(runs(cron('30 * * * *', 'Europe/Berlin'), '2026-03-29T00:00:00Z', 2)).toEqual([
      '2026-03-29T00:30Z',
      '2026-03-29T01:30Z',
    ]);
  });

  it('do not skip times of the day that an expression lists', () => {
    expect(runs(cron('30 2,14 * * *', 'Europe/Berlin'), '2026-03-29T00:00:00Z', 1)).toEqual(['2026-03-29T01:00Z']);
  });
});

describe('clocks that are put back', () => {
  it.each([
    ['Europe/Berlin', '02:30', '2026-10-24T12:00:00Z', ['2026-10-25T00:30Z', '2026-10-26T01:30Z']],
    ['Australia/Lord_Howe', '01:45', '2026-04-04T00:00:00Z', ['2026-04-04T14:45Z', '2026-04-05T15:15Z']],
  ])('in %s: what they show twice, %s, runs the first time', (timeZone, time, from, expected) => {
    expect(runs(daily([time], timeZone), from, 2)).toEqual(expected);
  });

  it('have no run left for who asks between the two', () => {
    expect(runs(daily(['02:30'], 'Europe/Berlin'), '2026-10-25T01:00:00Z', 1)).toEqual(['2026-10-26T01:30Z']);
  });

  it('do not stop an expression that is a rhythm', () => {
    expect(runs(cron('*/30 * * * *', 'Europe/Berlin'), '2026-10-24T23:45:00Z', 5)).toEqual([
      '2026-10-25T00:00Z',
      '2026-10-25T00:30Z',
      '2026-10-25T01:00Z',
      '2026-10-25T01:30Z',
      '2026-10-25T02:00Z',
    ]);
  });
});

describe('a cron expression', () => {
  it.each([
    [
      'day of the month or day of the week',
      '0 0 13 * 5',
      ['2026-01-02T00:00Z', '2026-01-09T00:00Z', '2026-01-13T00:00Z'],
    ],
    ['day of the week alone', '0 0 * * 5', ['2026-01-02T00:00Z', '2026-01-09T00:00Z', '2026-01-16T00:00Z']],
    ['Sunday as 0', '0 0 * * 0', ['2026-01-04T00:00Z', '2026-01-11T00:00Z', '2026-01-18T00:00Z']],
    ['Sunday as 7', '0 0 * * 7', ['2026-01-04T00:00Z', '2026-01-11T00:00Z', '2026-01-18T00:00Z']],
    ['names in any case', '0 0 * feb Mon-TUE', ['2026-02-02T00:00Z', '2026-02-03T00:00Z', '2026-02-09T00:00Z']],
    ['leap days', '0 0 29 2 *', ['2028-02-29T00:00Z', '2032-02-29T00:00Z', '2036-02-29T00:00Z']],
    ['stray blanks', ' 0  0 1 1 * ', ['2027-01-01T00:00Z', '2028-01-01T00:00Z', '2029-01-01T00:00Z']],
  ])('knows %s', (_, expression, expected) => {
    expect(runs(cron(expression), '2026-01-01T00:00:00Z')).toEqual(expected);
  });

  it.each(['0 0 30 2 *', 'every day', '* * * *', '@daily', '0 0 L * *', ''])(
    'that never runs has no run: %s',
    (expression) => {
      expect(runs(cron(expression), '2026-01-01T00:00:00Z')).toEqual([]);
    },
  );

  it('gives up soon on dates that do not exist', () => {
    const expression = `${Array.from({ length: 60 }, (_, minute) => minute).join()} 1 31,31,31 2,4,6,9,11 *`;
    expect(expression.length).toBeLessThanOrEqual(200);
    const before = performance.now();
    expect(runs(cron(expression, 'Pacific/Chatham'), '2026-01-01T00:00:00Z', maxRuns)).toEqual([]);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

describe('a time zone that this computer does not know', () => {
  it('has no runs', () => {
    expect(runs(daily(['06:00'], 'Moon/Tranquility'), '2026-01-01T00:00:00Z')).toEqual([]);
  });
});

describe('the next run of a schedule', () => {
  const from = new Date('2026-01-01T00:00:00Z');
  it.each([
    ['is that of its plan', { isOn: true, plan: daily(['06:00']) }, '2026-01-01T06:00:00.000Z'],
    ['is none while it is off', { isOn: false, plan: daily(['06:00']) }, null],
    ['is none without a plan', { isOn: false, plan: null }, null],
    ['is none when its plan never runs', { isOn: true, plan: cron('0 0 30 2 *') }, null],
  ])('%s', (_, schedule, expected) => {
    expect(nextScheduledRun(schedule, from)).toBe(expected);
  });
});
