import type { FieldError, Schedule } from '@junction/contracts';
import { planProblem } from '@junction/schedules';

/** What is wrong with the plan of a schedule, by field; `field` is the schedule's. */
export const planErrors = (schedule: Schedule | undefined, field: string): FieldError[] => {
  const problem = schedule?.plan ? planProblem(schedule.plan) : undefined;
  return problem ? [{ field: `${field}.plan.${problem.field}`, code: problem.code, message: problem.message }] : [];
};
