import type { SchedulePlan } from '@junction/contracts';
import { cronFields } from './cron-fields.ts';

/** A plan that follows a wall clock. */
export type ClockPlan = Exclude<SchedulePlan, { type: 'interval' }>;

/** Day of the month, month, and day of the week of a cron expression. */
export const dayFieldsOf = (plan: ClockPlan): string => {
  switch (plan.type) {
    case 'daily':
      return '* * *';
    case 'weekly':
      return `* * ${plan.days.join(',')}`;
    case 'monthly':
      // croner's L is the last day of the month, whichever that is.
      return `${plan.days.map((day) => (day === 'last' ? 'L' : day)).join(',')} * *`;
    case 'cron':
      return plan.expression.trim().split(/\s+/).slice(2).join(' ');
  }
};

/** The cron expressions that together are the plan, one per minute of the hour; none for an expression nobody can read. */
export const patternsOf = (plan: ClockPlan): string[] => {
  if (plan.type === 'cron') {
    const read = cronFields(plan.expression);
    return 'fields' in read ? [read.fields.join(' ')] : [];
  }
  const hours = new Map<number, number[]>();
  for (const time of plan.times) {
    const [hour, minute] = time.split(':').map(Number) as [number, number];
    hours.set(minute, [...(hours.get(minute) ?? []), hour]);
  }
  return [...hours].map(([minute, at]) => `${minute} ${at.join(',')} ${dayFieldsOf(plan)}`);
};
