export { exportDependents } from './dependents.ts';
export { followRuns } from './follow-runs.ts';
export { runDueExports } from './run-due-exports.ts';
