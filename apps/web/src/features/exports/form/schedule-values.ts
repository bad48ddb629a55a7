import { longestIntervalMinutes, noSchedule, Schedule, SchedulePlan } from '@junction/contracts';
import { planProblem } from '@junction/schedules';
import * as z from 'zod';

type PlanType = SchedulePlan['type'];
type PlanOf<Type extends PlanType> = Extract<SchedulePlan, { type: Type }>;

/** The kinds of plan in the order in which they are offered. */
export const planTypeWords: Readonly<Record<PlanType, string>> = {
  interval: 'With an interval',
  daily: 'Daily',
  weekly: 'Weekly',
  monthly: 'Monthly',
  cron: 'Cron expression',
};

/** What a plan starts with where nothing was entered yet. */
const firstTime = '08:00';
const firstIntervalMinutes = 60;
const firstCron = '0 8 * * *';
const monday = 1;

/** A plan of another kind that keeps what both kinds have: times, time zone, and days where they mean the same. */
export const planOfType = (type: PlanType, before: SchedulePlan | null, viewerZone: string): SchedulePlan => {
  if (before?.type === type) return before;
  const timeZone = before && 'timeZone' in before ? before.timeZone : viewerZone;
  const times = before && 'times' in before ? before.times : [firstTime];
  const plans: { [Type in PlanType]: PlanOf<Type> } = {
    interval: { type: 'interval', everyMinutes: firstIntervalMinutes },
    daily: { type: 'daily', times, timeZone },
    weekly: { type: 'weekly', days: [monday], times, timeZone },
    monthly: { type: 'monthly', days: [1], times, timeZone },
    cron: { type: 'cron', expression: firstCron, timeZone },
  };
  return plans[type];
};

/** Turned on for the first time, a schedule starts with a plan that most people want. */
export const turnedOn = ({ plan }: Schedule, viewerZone: string): Schedule => ({
  isOn: true,
  plan: plan ?? planOfType('daily', null, viewerZone),
});

export const intervalUnits = { minutes: 1, hours: 60, days: 1440 } as const;
export type IntervalUnit = keyof typeof intervalUnits;

/** Minutes in the largest unit that takes them whole. */
export const inUnits = (minutes: number): { amount: string; unit: IntervalUnit } => {
  if (!Number.isFinite(minutes)) return { amount: '', unit: 'minutes' };
  const units: IntervalUnit[] = ['days', 'hours', 'minutes'];
  const unit = units.find((name) => minutes % intervalUnits[name] === 0) ?? 'minutes';
  return { amount: String(minutes / intervalUnits[unit]), unit };
};

/** What an amount and a unit come to; NaN, which no plan takes, for what is no number. */
export const minutesOf = (amount: string, unit: IntervalUnit): number =>
  amount.trim() === '' || Number(amount) > longestIntervalMinutes
    ? Number.NaN
    : Math.round(Number(amount) * intervalUnits[unit] * 1000) / 1000;

/** One thing that is wrong, at a dotted path below the schedule. */
export type ScheduleProblem = { path: string; message: string };

/** What keeps a schedule from being saved. One that is off takes any plan: what is wrong with it is left out then (settled). */
export const scheduleProblems = ({ isOn, plan }: Schedule): ScheduleProblem[] => {
  if (!isOn) return [];
  if (plan === null) return [{ path: 'plan', message: 'Choose when it runs, or turn the schedule off.' }];
  const parsed = SchedulePlan.safeParse(plan);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => ({ path: ['plan', ...path].join('.'), message }));
  const problem = planProblem(parsed.data);
  return problem === undefined ? [] : [{ path: `plan.${problem.field}`, message: problem.message }];
};

/** The schedule as it is saved: times and days in order, and one that is off without a plan that nobody could turn on again. */
export const settled = (schedule: Schedule): Schedule => {
  if (schedule.plan === null) return schedule;
  if (!schedule.isOn && scheduleProblems({ ...schedule, isOn: true }).length > 0) return noSchedule;
  const parsed = Schedule.safeParse(schedule);
  return parsed.success ? parsed.data : schedule;
};

/** The schedule of a form: what ScheduleFields edits in, what the API takes out. */
export const ScheduleForm: z.ZodType<Schedule, Schedule> = z
  .custom<Schedule>()
  .transform(settled)
  .superRefine((schedule, context) => {
    for (const { path, message } of scheduleProblems(schedule))
      context.addIssue({ code: 'custom', path: path.split('.'), message });
  });
