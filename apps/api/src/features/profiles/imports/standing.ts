import type { RunProblem, RunState } from '@junction/contracts';
import { isForGood, type RunChange } from '../../runs/index.ts';

/** What the profile data of a connection shows of its imports. */
export type Standing = {
  lastRunId: string | null;
  runState: RunState | null;
  lastRunAt: Date | null;
  problem: RunProblem | null;
  failingSince: Date | null;
  unchangedAt: Date | null;
};

/** What people are told of. */
export type Became = 'failing' | 'recovered' | undefined;

/** A look that found what the report was made of says as much as an import: all can be read, and the report is what there is to know. */
const succeeded = (before: Standing): [after: Standing, became: Became] => [
  { ...before, problem: null, failingSince: null },
  before.failingSince === null ? undefined : 'recovered',
];

/** One that now needs somebody, which before might have passed, is told too. */
const failed = (before: Standing, { problem, at }: RunChange): [after: Standing, became: Became] => {
  const isWorse = problem !== null && isForGood(problem) && before.problem !== null && !isForGood(before.problem);
  return [
    { ...before, problem, failingSince: before.failingSince ?? at },
    before.failingSince === null || isWorse ? 'failing' : undefined,
  ];
};

/** How profile data stands after an import changed. One that was canceled tells nothing of whether the next one would fail. */
export const standingAfter = (before: Standing, change: RunChange): [after: Standing, became: Became] => {
  const { runId, state, at } = change;
  if (state === 'queued') return [{ ...before, lastRunId: runId, runState: state }, undefined];
  if (runId !== before.lastRunId) return [before, undefined];
  const now = { ...before, runState: state };
  switch (state) {
    case 'processing':
      return [{ ...now, lastRunAt: at }, undefined];
    case 'successful':
      return succeeded({ ...now, unchangedAt: null });
    case 'skipped':
      return succeeded({ ...now, unchangedAt: at });
    case 'failed':
      return failed(now, change);
    case 'canceled':
      return [now, undefined];
  }
};
