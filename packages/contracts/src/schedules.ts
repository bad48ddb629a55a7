import * as z from 'zod';
import { TimeZone } from './scalars.ts';

/** A run takes a while and meets the limits of the store it reads; more often than this, runs only wait for one another. */
export const shortestIntervalMinutes = 5;
/** 30 days. What happens less often has a day of its own: a monthly plan says which. */
export const longestIntervalMinutes = 43_200;
/** One per hour; more often than that is an interval. */
export const maxTimes = 24;
/** As long as an expression gets that somebody still reads; it bounds the work of parsing. */
export const maxCronLength = 200;

const sortedUnique = <T extends string | number>(values: T[], rank: (value: T) => string | number = (value) => value) =>
  [...new Set(values)].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));

/** A time of the day as a wall clock shows it. */
export const TimeOfDay = z
  .string({ error: 'Enter a time such as 08:30.' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'Enter a time from 00:00 to 23:59, such as 08:30.' });

const times = z
  .array(TimeOfDay, { error: 'Add the times at which it runs.' })
  .min(1, { error: 'Add at least one time.' })
  .max(maxTimes, { error: `A plan has at most ${maxTimes} times. For more, choose an interval.` })
  .overwrite((all) => sortedUnique(all));

const everyMinutesError = `Enter whole minutes from ${shortestIntervalMinutes} to ${longestIntervalMinutes} (30 days).`;

/** Every so many minutes, counted from the Unix epoch in UTC, so that a change elsewhere never shifts the rhythm. */
export const IntervalPlan = z.strictObject({
  type: z.literal('interval'),
  everyMinutes: z
    .int({ error: everyMinutesError })
    .min(shortestIntervalMinutes, { error: everyMinutesError })
    .max(longestIntervalMinutes, { error: everyMinutesError }),
});
export type IntervalPlan = z.infer<typeof IntervalPlan>;

export const DailyPlan = z.strictObject({ type: z.literal('daily'), times, timeZone: TimeZone });
export type DailyPlan = z.infer<typeof DailyPlan>;

const weekdayError = 'A day of the week is a number from 1 (Monday) to 7 (Sunday).';
/** ISO 8601: Monday is 1, Sunday is 7. */
const Weekday = z.int({ error: weekdayError }).min(1, { error: weekdayError }).max(7, { error: weekdayError });

export const WeeklyPlan = z.strictObject({
  type: z.literal('weekly'),
  days: z
    .array(Weekday, { error: 'Choose the days of the week.' })
    .min(1, { error: 'Choose at least one day of the week.' })
    .max(7, { error: 'A week has 7 days; name each once.' })
    .overwrite((days) => sortedUnique(days)),
  times,
  timeZone: TimeZone,
});
export type WeeklyPlan = z.infer<typeof WeeklyPlan>;

const monthDayError = 'A day of the month is a number from 1 to 31, or last for the last day of each month.';
/** The last day of a month, whichever that is, beside 1 to 31. A day that a month lacks is skipped in it; the last one never is. */
const MonthDay = z.union(
  [
    z.literal('last'),
    z.int({ error: monthDayError }).min(1, { error: monthDayError }).max(31, { error: monthDayError }),
  ],
  { error: monthDayError },
);

export const MonthlyPlan = z.strictObject({
  type: z.literal('monthly'),
  days: z
    .array(MonthDay, { error: 'Choose the days of the month.' })
    .min(1, { error: 'Choose at least one day of the month.' })
    .max(32, { error: 'A month has 31 days and a last one; name each once.' })
    .overwrite((days) => sortedUnique(days, (day) => (day === 'last' ? 32 : day))),
  times,
  timeZone: TimeZone,
});
export type MonthlyPlan = z.infer<typeof MonthlyPlan>;

/** The shape alone; `planProblem` of @junction/schedules knows what the expression means. */
export const CronPlan = z.strictObject({
  type: z.literal('cron'),
  expression: z
    .string({ error: 'Enter a cron expression such as 0 6 * * 1.' })
    .overwrite((expression) => expression.trim().replace(/\s+/g, ' '))
    .min(1, { error: 'Enter a cron expression such as 0 6 * * 1.' })
    .max(maxCronLength, { error: `A cron expression has at most ${maxCronLength} characters.` }),
  timeZone: TimeZone,
});
export type CronPlan = z.infer<typeof CronPlan>;

export const planTypes = ['interval', 'daily', 'weekly', 'monthly', 'cron'] as const;

/** When something runs by itself. */
export const SchedulePlan = z.discriminatedUnion('type', [IntervalPlan, DailyPlan, WeeklyPlan, MonthlyPlan, CronPlan], {
  error: `Choose a plan; its type is one of ${planTypes.join(', ')}.`,
});
export type SchedulePlan = z.infer<typeof SchedulePlan>;

/** A plan and whether it is followed. One that is off keeps its plan for later. */
export const Schedule = z
  .strictObject({
    isOn: z.boolean({ error: 'Say whether the schedule is on: true or false.' }),
    plan: SchedulePlan.nullable(),
  })
  .refine(({ isOn, plan }) => !isOn || plan !== null, {
    path: ['plan'],
    error: 'A schedule that is on needs a plan. Choose when it runs, or turn it off.',
  });
export type Schedule = z.infer<typeof Schedule>;

export const noSchedule: Schedule = { isOn: false, plan: null };

/** How many times or days of the month are listed before the rest is a number: what fits a column. */
const listedAtMost = 3;
/** A longer cron expression is cut in a list; the details show all of it. */
const shownCronLength = 40;

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

const listInWords = (items: string[]): string => {
  if (items.length <= 1) return items.join('');
  // Never "1 more", which takes as much room as the item itself.
  if (items.length > listedAtMost + 1) return `${items.slice(0, 2).join(', ')} and ${items.length - 2} more`;
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
};

/** Days in a row are shown from–to, from three on. */
const weekdaysInWords = (days: number[]): string => {
  const rows: number[][] = [];
  for (const day of days) {
    const row = rows.at(-1);
    if (row?.at(-1) === day - 1) row.push(day);
    else rows.push([day]);
  }
  const name = (day: number | undefined) => weekdays[(day ?? 1) - 1];
  return rows
    .flatMap((row) => (row.length > 2 ? `${name(row[0])}–${name(row.at(-1))}` : row.map((day) => name(day))))
    .join(', ');
};

const monthDaysInWords = (days: MonthlyPlan['days']): string => {
  const numbers = days.filter((day) => day !== 'last').map(String);
  const named = numbers.length > 0 ? [`${numbers.length > 1 ? 'days' : 'day'} ${listInWords(numbers)}`] : [];
  return [...named, ...(days.includes('last') ? ['the last day'] : [])].join(' and ');
};

const intervalInWords = (minutes: number): string => {
  const units: [name: string, minutes: number][] = [
    ['day', 1440],
    ['hour', 60],
    ['minute', 1],
  ];
  const [name, size] = units.find(([, unit]) => minutes % unit === 0) ?? ['minute', 1];
  return minutes === size ? `Every ${name}` : `Every ${minutes / size} ${name}s`;
};

const planWithoutZone = (plan: SchedulePlan): string => {
  switch (plan.type) {
    case 'interval':
      return intervalInWords(plan.everyMinutes);
    case 'daily':
      return `Daily at ${listInWords(plan.times)}`;
    case 'weekly':
      return `Weekly on ${weekdaysInWords(plan.days)} at ${listInWords(plan.times)}`;
    case 'monthly':
      return `Monthly on ${monthDaysInWords(plan.days)} at ${listInWords(plan.times)}`;
    case 'cron': {
      const { expression } = plan;
      return `Cron ${expression.length > shownCronLength ? `${expression.slice(0, shownCronLength - 1)}…` : expression}`;
    }
  }
};

/** A plan in few words, such as "Daily at 08:00 and 20:30 (Europe/Berlin)". */
export const planInWords = (plan: SchedulePlan): string =>
  plan.type === 'interval' ? planWithoutZone(plan) : `${planWithoutZone(plan)} (${plan.timeZone})`;

/** A schedule in few words, for lists: "Off", "Off (daily at 08:00)" or its plan. */
export const scheduleInWords = ({ isOn, plan }: Schedule): string => {
  if (!plan) return 'Off';
  if (isOn) return planInWords(plan);
  const words = planWithoutZone(plan);
  return `Off (${words.charAt(0).toLowerCase()}${words.slice(1)})`;
};
