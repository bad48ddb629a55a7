import { autoPauseAfter, type RunState } from '@junction/contracts';
import type { RunChange } from '../runs/index.ts';

/** What an export shows of its runs, and what follows from them. */
export type Standing = {
  lastRunId: string | null;
  runState: RunState | null;
  lastRunAt: Date | null;
  refreshedAt: Date | null;
  failuresInRow: number;
  failingSince: Date | null;
  scheduleOn: boolean;
  autoPausedAt: Date | null;
};

/** What became of an export through a run: each of them is told once, when it happens. */
export type Became = 'failing' | 'recovered' | 'autoPaused' | 'resumed';

type Transition = { after: Standing; became: Became[] };

const succeeded = (before: Standing, at: Date): Transition => ({
  after: { ...before, refreshedAt: at, failuresInRow: 0, failingSince: null, autoPausedAt: null },
  became: [
    ...(before.failingSince === null ? [] : ['recovered' as const]),
    ...(before.autoPausedAt === null ? [] : ['resumed' as const]),
  ],
});

const failed = (before: Standing, { isPermanent, at }: RunChange): Transition => {
  // What may pass by itself is no reason to stop trying.
  const failuresInRow = before.failuresInRow + (isPermanent ? 1 : 0);
  const isPausing = before.scheduleOn && before.autoPausedAt === null && failuresInRow >= autoPauseAfter;
  return {
    after: {
      ...before,
      failuresInRow,
      failingSince: before.failingSince ?? at,
      autoPausedAt: isPausing ? at : before.autoPausedAt,
    },
    became: [
      ...(before.failingSince === null ? ['failing' as const] : []),
      ...(isPausing ? ['autoPaused' as const] : []),
    ],
  };
};

/** How an export stands after its run changed. A run that was skipped or canceled tells nothing of whether the next one would fail. */
export const transitionOf = (before: Standing, change: RunChange): Transition => {
  const { runId, state, at } = change;
  if (state === 'queued') return { after: { ...before, lastRunId: runId, runState: state }, became: [] };
  if (runId !== before.lastRunId) return { after: before, became: [] };
  const now = { ...before, runState: state };
  if (state === 'processing') return { after: { ...now, lastRunAt: at }, became: [] };
  if (state === 'successful') return succeeded(now, at);
  if (state === 'failed') return failed(now, change);
  return { after: now, became: [] };
};
