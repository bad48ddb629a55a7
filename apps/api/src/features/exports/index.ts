export { exportDependents } from './dependents.ts';
export { findExportRows } from './find-export-rows.ts';
export { followRuns } from './follow-runs.ts';
export { createRunSteps } from './pipeline/index.ts';
export { runDueExports } from './run-due-exports.ts';
