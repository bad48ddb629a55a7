export { maxRuns, nextRuns, nextScheduledRun } from './next-runs.ts';
export { type PlanProblem, planProblem } from './plan-problem.ts';
