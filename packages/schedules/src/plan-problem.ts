import { type SchedulePlan, shortestIntervalMinutes } from '@junction/contracts';
import { cronFields } from './cron-fields.ts';
import { cronJob } from './cron-job.ts';
import { isKnownZone } from './known-zone.ts';
import { type ClockPlan, dayFieldsOf } from './patterns.ts';

/** One thing that is wrong with a plan; `field` is a field of the plan, `code` never changes its meaning. */
export type PlanProblem = {
  field: 'expression' | 'times' | 'timeZone';
  code: 'cronFieldCount' | 'cronField' | 'neverRuns' | 'tooOften' | 'unknownTimeZone';
  message: string;
};

const dayMinutes = 1440;

/** Any day will do; this one starts the years below. */
const start = new Date('1999-12-31T23:59:00Z');
const firstYear = 2000;
const firstDay = `${firstYear}-01-01`;
/** Dates alone repeat with the leap year, days of the week every week; the two together every 28 years (from 1901 to 2099). */
const yearsOfDates = 5;
const yearsOfDatesAndWeekdays = 28;

/** The minutes and hours that a cron expression names, in order. */
const numbersOf = (pattern: string, most: number, read: (run: Date) => number): number[] =>
  cronJob(pattern, 'UTC')
    .nextRuns(most, start)
    .filter((run) => run.toISOString().startsWith(firstDay))
    .map(read);

/** The times of a day on which the plan runs, as minutes after midnight, in order. */
const timesOf = (plan: ClockPlan): number[] => {
  if (plan.type !== 'cron') {
    return plan.times
      .map((time) => time.split(':').map(Number) as [number, number])
      .map(([hour, minute]) => hour * 60 + minute)
      .sort((a, b) => a - b);
  }
  const [minute, hour] = plan.expression.trim().split(/\s+/);
  const minutes = numbersOf(`${minute} 0 * * *`, 60, (run) => run.getUTCMinutes());
  return numbersOf(`0 ${hour} * * *`, 24, (run) => run.getUTCHours()).flatMap((at) =>
    minutes.map((past) => at * 60 + past),
  );
};

/** Whether the plan ever runs on two days in a row. */
const hasNeighbouringDays = (plan: ClockPlan): boolean => {
  const dayFields = dayFieldsOf(plan);
  const isOneKind = /^\* | \*$/.test(dayFields);
  const end = Date.UTC(firstYear + (isOneKind ? yearsOfDates : yearsOfDatesAndWeekdays), 0, 1);
  const days = cronJob(`0 0 ${dayFields}`, 'UTC');
  let before = days.nextRun(start);
  while (before && before.getTime() < end) {
    const after = days.nextRun(before);
    if (after && after.getTime() - before.getTime() === dayMinutes * 60_000) return true;
    before = after;
  }
  return false;
};

const clock = (minutes: number) =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** Two runs that are closer than the shortest interval, as wall clocks show them: a day on which they change counts like any other. */
const tooClose = (plan: ClockPlan): [number, number] | undefined => {
  const times = timesOf(plan);
  for (const [index, time] of times.entries()) {
    const next = times[index + 1];
    if (next !== undefined && next - time < shortestIntervalMinutes) return [time, next];
  }
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const overMidnight = first + dayMinutes - last < shortestIntervalMinutes;
  return overMidnight && hasNeighbouringDays(plan) ? [last, first] : undefined;
};

/**
 * What is wrong with a plan beyond its shape, the first thing only: an expression that is not understood, that no date
 * ever matches, or that runs more often than the shortest interval. Depends on nothing but the plan and the time zones
 * that this computer knows.
 */
export const planProblem = (plan: SchedulePlan): PlanProblem | undefined => {
  // The contract's limits are all there is to say about an interval.
  if (plan.type === 'interval') return undefined;
  if (!isKnownZone(plan.timeZone)) {
    return { field: 'timeZone', code: 'unknownTimeZone', message: 'Choose an IANA time zone such as Europe/Berlin.' };
  }
  const field = plan.type === 'cron' ? 'expression' : 'times';
  if (plan.type === 'cron') {
    const read = cronFields(plan.expression);
    if ('message' in read) return { field, ...read };
    if (!cronJob(read.fields.join(' '), 'UTC').nextRun(start)) {
      return {
        field,
        code: 'neverRuns',
        message: 'This never runs: none of its months has such a day. Change the day of the month or the month.',
      };
    }
  }
  const close = tooClose(plan);
  if (!close) return undefined;
  return {
    field,
    code: 'tooOften',
    message: `This runs at ${clock(close[0])} and again at ${clock(close[1])}. Leave at least ${shortestIntervalMinutes} minutes between two runs.`,
  };
};
