import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { noSchedule, Schedule, SchedulePlan, scheduleInWords } from './schedules.ts';

const timeZone = 'UTC';

const problemsOf = (plan: unknown) => {
  const parsed = SchedulePlan.safeParse(plan);
  return parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
};

describe('a plan', () => {
  it('keeps times and days once each and in order', () => {
    const times = ['20:30', '08:00', '20:30'];
    expect(SchedulePlan.parse({ type: 'daily', times, timeZone })).toMatchObject({ times: ['08:00', '20:30'] });
    expect(SchedulePlan.parse({ type: 'weekly', days: [7, 1, 7], times, timeZone })).toMatchObject({ days: [1, 7] });
    expect(SchedulePlan.parse({ type: 'monthly', days: ['last', 31, 2, 10, 2], times, timeZone })).toMatchObject({
      days: [2, 10, 31, 'last'],
    });
  });

  it('keeps a cron expression with single spaces', () => {
    const plan = { type: 'cron', expression: ' 0  6\t* *\n1 ', timeZone };
    expect(SchedulePlan.parse(plan)).toMatchObject({ expression: '0 6 * * 1' });
  });

  it.each([5, 43_200])('may be an interval of %i minutes', (everyMinutes) => {
    expect(problemsOf({ type: 'interval', everyMinutes })).toEqual([]);
  });

  it.each([
    [{ type: 'interval', everyMinutes: 4 }, 'everyMinutes: Enter whole minutes from 5 to 43200 (30 days).'],
    [{ type: 'interval', everyMinutes: 43_201 }, 'everyMinutes: Enter whole minutes from 5 to 43200 (30 days).'],
    [{ type: 'interval', everyMinutes: 7.5 }, 'everyMinutes: Enter whole minutes from 5 to 43200 (30 days).'],
    [{ type: 'interval' }, 'everyMinutes: Enter whole minutes from 5 to 43200 (30 days).'],
    [{ type: 'daily', times: [], timeZone }, 'times: Add at least one time.'],
    [{ type: 'daily', timeZone }, 'times: Add the times at which it runs.'],
    [{ type: 'daily', times: ['24:00'], timeZone }, 'times.0: Enter a time from 00:00 to 23:59, such as 08:30.'],
    [
      { type: 'daily', times: Array(25).fill('08:00'), timeZone },
      'times: A plan has at most 24 times. For more, choose an interval.',
    ],
    [
      { type: 'daily', times: ['08:00'], timeZone: '+01:00' },
      'timeZone: Choose an IANA time zone such as Europe/Berlin.',
    ],
    [{ type: 'weekly', days: [], times: ['08:00'], timeZone }, 'days: Choose at least one day of the week.'],
    [
      { type: 'weekly', days: [0], times: ['08:00'], timeZone },
      'days.0: A day of the week is a number from 1 (Monday) to 7 (Sunday).',
    ],
    [
      { type: 'monthly', days: [32], times: ['08:00'], timeZone },
      'days.0: A day of the month is a number from 1 to 31, or last for the last day of each month.',
    ],
    [{ type: 'cron', expression: '  ', timeZone }, 'expression: Enter a cron expression such as 0 6 * * 1.'],
    [
      { type: 'cron', expression: '1'.repeat(201), timeZone },
      'expression: A cron expression has at most 200 characters.',
    ],
    [{ type: 'hourly' }, 'type: Choose a plan; its type is one of interval, daily, weekly, monthly, cron.'],
  ])('says what is wrong with %j', (plan, problem) => {
    expect(problemsOf(plan)).toEqual([problem]);
  });

  it('has a JSON Schema, for the API description', () => {
    expect(() => z.toJSONSchema(Schedule, { io: 'output' })).not.toThrow();
    expect(() => z.toJSONSchema(Schedule, { io: 'input' })).not.toThrow();
  });
});

describe('a schedule', () => {
  it('may have no plan while it is off', () => {
    expect(Schedule.parse(noSchedule)).toEqual(noSchedule);
  });

  it('needs a plan to be on', () => {
    expect(Schedule.safeParse({ isOn: true, plan: null }).error?.issues).toMatchObject([
      { path: ['plan'], message: 'A schedule that is on needs a plan. Choose when it runs, or turn it off.' },
    ]);
  });
});

describe('a schedule in words', () => {
  const berlin = 'Europe/Berlin';
  it.each<[SchedulePlan, string]>([
    [{ type: 'interval', everyMinutes: 30 }, 'Every 30 minutes'],
    [{ type: 'interval', everyMinutes: 60 }, 'Every hour'],
    [{ type: 'interval', everyMinutes: 90 }, 'Every 90 minutes'],
    [{ type: 'interval', everyMinutes: 240 }, 'Every 4 hours'],
    [{ type: 'interval', everyMinutes: 1440 }, 'Every day'],
    [{ type: 'interval', everyMinutes: 43_200 }, 'Every 30 days'],
    [{ type: 'daily', times: ['08:00'], timeZone }, 'Daily at 08:00 (UTC)'],
    [{ type: 'daily', times: ['08:00', '20:30'], timeZone: berlin }, 'Daily at 08:00 and 20:30 (Europe/Berlin)'],
    [
      { type: 'daily', times: ['01:00', '02:00', '03:00', '04:00'], timeZone },
      'Daily at 01:00, 02:00, 03:00 and 04:00 (UTC)',
    ],
    [
      { type: 'daily', times: ['01:00', '02:00', '03:00', '04:00', '05:00'], timeZone },
      'Daily at 01:00, 02:00 and 3 more (UTC)',
    ],
    [{ type: 'weekly', days: [1, 4], times: ['06:00'], timeZone }, 'Weekly on Mon, Thu at 06:00 (UTC)'],
    [{ type: 'weekly', days: [1, 2, 3, 4, 5, 7], times: ['06:00'], timeZone }, 'Weekly on Mon–Fri, Sun at 06:00 (UTC)'],
    [
      { type: 'monthly', days: [1, 'last'], times: ['02:00'], timeZone },
      'Monthly on day 1 and the last day at 02:00 (UTC)',
    ],
    [{ type: 'monthly', days: ['last'], times: ['02:00'], timeZone }, 'Monthly on the last day at 02:00 (UTC)'],
    [{ type: 'monthly', days: [1, 15], times: ['02:00'], timeZone }, 'Monthly on days 1 and 15 at 02:00 (UTC)'],
    [{ type: 'cron', expression: '0 6 * * 1', timeZone }, 'Cron 0 6 * * 1 (UTC)'],
    [
      { type: 'cron', expression: '0,10,20,30,40,50 1,2,3,4,5,6,7,8,9,10 * * *', timeZone },
      'Cron 0,10,20,30,40,50 1,2,3,4,5,6,7,8,9,10 *… (UTC)',
    ],
  ])('%j', (plan, words) => {
    expect(scheduleInWords({ isOn: true, plan })).toBe(words);
  });

  it('says that it is off, and what it would do', () => {
    expect(scheduleInWords(noSchedule)).toBe('Off');
    const plan: SchedulePlan = { type: 'daily', times: ['08:00'], timeZone: berlin };
    expect(scheduleInWords({ isOn: false, plan })).toBe('Off (daily at 08:00)');
  });
});
