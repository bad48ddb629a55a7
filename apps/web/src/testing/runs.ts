import type { Run, RunDetails } from '@junction/contracts';
import { anId } from './fixtures.ts';

/** A run that was asked for and waits, unless told otherwise. */
export const aRun = (changes: Partial<Omit<Run, 'progress'>> & { progress?: Partial<Run['progress']> } = {}): Run => ({
  id: anId(),
  environmentId: '01990000-0000-7000-8000-000000000001',
  export: { id: anId(), name: 'High value customers' },
  connection: { id: anId(), name: 'Contoso lake', type: 'adls-gen2' },
  trigger: 'manual',
  requestedBy: { id: '01990000-0000-7000-8000-0000000000a1', name: 'Ada Admin' },
  state: 'queued',
  phase: 'waiting',
  queuedAt: '2026-11-21T12:00:00Z',
  retryAt: null,
  startedAt: null,
  finishedAt: null,
  retries: 0,
  problem: null,
  canceled: null,
  ...changes,
  progress: {
    parts: { done: 0, total: 0 },
    bytesRead: 0,
    bytesTotal: null,
    bytesWritten: 0,
    rowsWritten: 0,
    rowsRejected: 0,
    ...changes.progress,
  },
});

/** What makes a run one that moves data since a minute: 40 of 100 MB. */
export const moving = {
  state: 'processing',
  phase: 'moving',
  startedAt: '2026-11-21T12:00:01Z',
  progress: { parts: { done: 1, total: 4 }, bytesRead: 40_000_000, bytesTotal: 100_000_000, rowsWritten: 12_000 },
} as const;

/** What makes a run one that succeeded after 40 seconds. */
export const successful = {
  state: 'successful',
  phase: 'over',
  startedAt: '2026-11-21T12:00:01Z',
  finishedAt: '2026-11-21T12:00:41Z',
  progress: {
    parts: { done: 4, total: 4 },
    bytesRead: 100_000_000,
    bytesTotal: 100_000_000,
    bytesWritten: 42_000_000,
    rowsWritten: 30_000,
  },
} as const;

/** The details of a run, of which nothing is written yet. */
export const detailsOf = (run: Run, changes: Partial<RunDetails> = {}): RunDetails => ({
  ...run,
  entities: [],
  events: [{ at: run.queuedAt, kind: 'queued', part: null, worker: null, problem: null }],
  written: null,
  filesRemovedAt: null,
  ...changes,
});
