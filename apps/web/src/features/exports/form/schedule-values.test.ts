import type { Schedule } from '@junction/contracts';
import { expect, test } from 'vitest';
import {
  inUnits,
  minutesOf,
  planOfType,
  ScheduleForm,
  scheduleProblems,
  settled,
  turnedOn,
} from './schedule-values.ts';

const berlin = 'Europe/Berlin';
const daily = (times: string[], isOn = true): Schedule => ({
  isOn,
  plan: { type: 'daily', times, timeZone: berlin },
});

test('starts with a plan in the viewer’s zone and keeps one that is there', () => {
  expect(turnedOn({ isOn: false, plan: null }, berlin)).toEqual(daily(['08:00']));
  expect(turnedOn(daily(['21:30'], false), 'UTC')).toEqual(daily(['21:30']));
});

test('another kind of plan keeps times and time zone', () => {
  const plan = daily(['06:00', '18:00']).plan;
  expect(planOfType('weekly', plan, 'UTC')).toEqual({
    type: 'weekly',
    days: [1],
    times: ['06:00', '18:00'],
    timeZone: berlin,
  });
  expect(planOfType('cron', plan, 'UTC')).toMatchObject({ type: 'cron', timeZone: berlin });
  expect(planOfType('daily', { type: 'interval', everyMinutes: 60 }, 'UTC')).toEqual({
    type: 'daily',
    times: ['08:00'],
    timeZone: 'UTC',
  });
});

test.each([
  [15, { amount: '15', unit: 'minutes' }],
  [90, { amount: '90', unit: 'minutes' }],
  [120, { amount: '2', unit: 'hours' }],
  [2880, { amount: '2', unit: 'days' }],
  [Number.NaN, { amount: '', unit: 'minutes' }],
] as const)('%d minutes in the largest unit', (minutes, units) => {
  expect(inUnits(minutes)).toEqual(units);
  expect(minutesOf(units.amount, units.unit)).toBe(minutes);
});

test('says what is wrong at the field that it is about', () => {
  expect(scheduleProblems(daily(['08:00', '25:00']))).toEqual([
    { path: 'plan.times.1', message: 'Enter a time from 00:00 to 23:59, such as 08:30.' },
  ]);
  expect(scheduleProblems(daily([]))).toMatchObject([{ path: 'plan.times' }]);
  expect(scheduleProblems(daily(['08:00', '08:01']))).toMatchObject([
    { path: 'plan.times', message: expect.stringContaining('08:00 and again at 08:01') },
  ]);
  const cron = (expression: string): Schedule => ({ isOn: true, plan: { type: 'cron', expression, timeZone: berlin } });
  expect(scheduleProblems(cron('0 6 31 2 *'))).toMatchObject([{ path: 'plan.expression' }]);
  expect(scheduleProblems(cron('0 6 * * 1'))).toEqual([]);
  expect(scheduleProblems({ isOn: true, plan: { type: 'interval', everyMinutes: Number.NaN } })).toMatchObject([
    { path: 'plan.everyMinutes' },
  ]);
  expect(scheduleProblems({ isOn: true, plan: null })).toMatchObject([{ path: 'plan' }]);
});

test('off, a plan is kept for later unless nobody could turn it on', () => {
  expect(settled(daily(['18:00', '06:00'], false))).toEqual(daily(['06:00', '18:00'], false));
  expect(settled(daily([''], false))).toEqual({ isOn: false, plan: null });
  expect(settled({ isOn: false, plan: null })).toEqual({ isOn: false, plan: null });
});

test('a form takes the schedule in order, and puts problems on its fields', () => {
  expect(ScheduleForm.parse(daily(['18:00', '06:00', '18:00']))).toEqual(daily(['06:00', '18:00']));
  expect(ScheduleForm.safeParse(daily(['', '06:00'])).error?.issues).toMatchObject([{ path: ['plan', 'times', '0'] }]);
});
