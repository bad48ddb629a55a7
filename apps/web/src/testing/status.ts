import type { Attention, Status, UpcomingRun } from '@junction/contracts';
import { anId } from './fixtures.ts';

/** Rows of a group, and how many there are where these are not all. */
export const groupOf = <Row>(rows: Row[], total = rows.length) => ({ total, rows });

/** An environment in which all goes well: one worker, and a run that succeeded since yesterday. */
export const aStatus = (changes: Partial<Status> = {}): Status => ({
  pausedAt: null,
  running: groupOf([]),
  failed: groupOf([]),
  attention: groupOf([]),
  upcoming: groupOf([]),
  lastDay: { successful: 1, failed: 0, skipped: 0, canceled: 0 },
  workers: 1,
  ...changes,
});

/** An export that fails, and that who asks can do something about. */
export const anAttention = (
  changes: Partial<Omit<Attention, 'subject'>> & { subject?: Partial<Attention['subject']> } = {},
): Attention => ({
  because: 'exportFailing',
  message: 'The key is refused.',
  remedy: 'Enter another one.',
  since: null,
  runId: null,
  isYours: true,
  ...changes,
  subject: { type: 'export', id: anId(), name: 'High value customers', ...changes.subject },
});

/** A run that its schedule makes in 50 minutes, over a healthy connection. */
export const anUpcomingRun = (
  name = 'High value customers',
  { health = 'healthy', ...changes }: Partial<UpcomingRun & Pick<UpcomingRun['connection'], 'health'>> = {},
): UpcomingRun => ({
  export: { id: anId(), name },
  connection: { id: anId(), name: 'Contoso lake', type: 'adls-gen2', health },
  at: new Date(Date.now() + 50 * 60_000).toISOString(),
  ...changes,
});
