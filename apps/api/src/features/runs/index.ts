export { runFollowerByKind, runStepsByKind } from './by-kind.ts';
export { cancelRuns } from './cancel-runs.ts';
export { type Claim, claimClean, claimStep } from './claim.ts';
export { findRuns } from './find-runs.ts';
export { mayHaveEnds, mayHaveSteps } from './has-work.ts';
export { requestRuns, type WantedRun } from './request-runs.ts';
export { isForGood } from './rules.ts';
export { createRunWatch, type RunWatch } from './run-watch.ts';
export { type RunRow, selectRuns } from './select-runs.ts';
export { sweepRuns } from './sweep-runs.ts';
export { takeStep } from './take-step.ts';
export { isWithheld, toldProblem } from './told-problem.ts';
export {
  type Counted,
  type Lease,
  type MovedPart,
  type NewPart,
  type PartFile,
  type PartProgress,
  type PartResult,
  type PartTask,
  type PlannedRun,
  type Prepared,
  type Published,
  type RunChange,
  type RunFollower,
  type RunKind,
  type RunSteps,
  type RunTask,
  StepError,
  type Written,
} from './work.ts';
export { forgetWorkers, showWorker, signOff } from './worker-store.ts';
