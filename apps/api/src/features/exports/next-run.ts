import type { Schedule } from '@junction/contracts';
import { nextScheduledRun } from '@junction/schedules';

/** Of a plan that this machine finds no time for, such as one in a time zone that it does not know: looked at again when it is changed. */
const never = new Date('9999-12-31T00:00:00Z');

/** When a schedule that is on is due after `now`, as it is kept. */
export const nextRunAfter = (schedule: Schedule, now: Date): Date => {
  const next = nextScheduledRun(schedule, now);
  return next === null ? never : new Date(next);
};

/** The same for people: null instead of never. Right after a change nobody has worked it out yet. */
export const toldNextRun = (kept: Date | null, schedule: Schedule, now: Date): string | null => {
  const next = kept ?? nextRunAfter(schedule, now);
  return next.getTime() === never.getTime() ? null : next.toISOString();
};
