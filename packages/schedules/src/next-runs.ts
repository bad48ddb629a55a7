import type { Schedule, SchedulePlan } from '@junction/contracts';
import { cronJob } from './cron-job.ts';
import { isKnownZone } from './known-zone.ts';
import { type ClockPlan, patternsOf } from './patterns.ts';

/** As many as a preview shows; it bounds the search of a rare plan. */
export const maxRuns = 10;

const minuteMs = 60_000;

/** Multiples of the interval since the Unix epoch, in UTC: no start to remember, and no shift when a run is late. */
const intervalRuns = (everyMinutes: number, from: Date, count: number): Date[] => {
  const step = everyMinutes * minuteMs;
  const last = Math.floor(from.getTime() / step);
  return Array.from({ length: count }, (_, index) => new Date((last + 1 + index) * step));
};

const clockRuns = (plan: ClockPlan, from: Date, count: number): Date[] => {
  // A zone may have come from a computer with newer time zone data than this one.
  if (!isKnownZone(plan.timeZone)) return [];
  return patternsOf(plan).flatMap((pattern) => cronJob(pattern, plan.timeZone).nextRuns(count, from));
};

/**
 * The next `count` run times of a plan, RFC 3339 in UTC, each later than `from`, in order and each once. At most
 * `maxRuns`. Empty for a plan that never runs, and for one that `planProblem` says cannot be understood.
 *
 * - An interval counts from the Unix epoch in UTC.
 * - A time of the day that the clocks skip is run at the first moment after the gap, one that comes twice at its first.
 * - A cron expression with * or a step in its minute or hour is a rhythm, not a time of the day: it skips what the
 *   clocks skip and goes on through an hour that comes twice.
 * - A month without the day is skipped; every month has a last one.
 */
export const nextRuns = (plan: SchedulePlan, from: Date, count: number): string[] => {
  const wanted = Math.max(0, Math.min(Math.trunc(count), maxRuns));
  if (wanted === 0) return [];
  const runs = plan.type === 'interval' ? intervalRuns(plan.everyMinutes, from, wanted) : clockRuns(plan, from, wanted);
  // Times of the day that fall into one gap become one run.
  return [...new Set(runs.map((run) => run.getTime()))]
    .sort((a, b) => a - b)
    .slice(0, wanted)
    .map((run) => new Date(run).toISOString());
};

/** When a schedule runs next after `from`; null while it is off, and when its plan never runs again. */
export const nextScheduledRun = ({ isOn, plan }: Schedule, from: Date): string | null =>
  (isOn && plan && nextRuns(plan, from, 1)[0]) || null;
