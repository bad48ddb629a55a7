import type { Run } from './runs.ts';

export type RunSpeed = { bytesPerSecond: number; rowsPerSecond: number; secondsLeft: number | null };

/** Younger than this, a run has no speed worth telling. */
const youngMs = 2_000;

/** How fast a run has been so far, and how long the rest takes at that speed; null when it is not moving anything. */
export const runSpeed = (run: Pick<Run, 'phase' | 'startedAt' | 'progress'>, now: Date): RunSpeed | null => {
  const { bytesRead, bytesTotal, rowsWritten } = run.progress;
  if ((run.phase !== 'moving' && run.phase !== 'counting') || run.startedAt === null) return null;
  const ms = now.getTime() - Date.parse(run.startedAt);
  if (ms < youngMs || bytesRead === 0) return null;
  const bytesPerSecond = (bytesRead * 1000) / ms;
  const left = bytesTotal === null ? null : Math.max(0, bytesTotal - bytesRead) / bytesPerSecond;
  return {
    bytesPerSecond,
    rowsPerSecond: (rowsWritten * 1000) / ms,
    secondsLeft: left === null ? null : Math.ceil(left),
  };
};
