import * as z from 'zod';
import { connectionStatuses } from './connection-status.ts';
import { endpoint } from './endpoint.ts';
import { Run, RunProblem } from './runs.ts';
import { Id, Timestamp } from './scalars.ts';

/** Rows of each group that the page shows, and as many exports and connections that need somebody; its total says how many there are. */
export const shownStatusRows = 20;

/** What needs somebody: why, and whom it is about. `remedy` says what to do. */
export const Attention = z.object({
  subject: z.object({ type: z.enum(['export', 'connection', 'source']), id: Id, name: z.string() }),
  because: z.enum([
    'exportFailing',
    'exportPaused',
    'exportInactive',
    'connectionActionRequired',
    'connectionFailing',
    'profilesFailing',
    'secretExpires',
    'sourceUnreadable',
  ]),
  message: z.string(),
  remedy: z.string().nullable(),
  since: Timestamp.nullable(),
  /** The run that tells more; null where there is none. */
  runId: Id.nullable(),
  /** The person who asks can do something about it. */
  isYours: z.boolean(),
});
export type Attention = z.infer<typeof Attention>;

export const UpcomingRun = z.object({
  export: z.object({ id: Id, name: z.string() }),
  connection: z.object({ id: Id, name: z.string(), type: z.string(), health: z.enum(connectionStatuses) }),
  at: Timestamp,
});
export type UpcomingRun = z.infer<typeof UpcomingRun>;

const groupOf = <Row extends z.ZodType>(row: Row) => z.object({ total: z.int(), rows: z.array(row) });

/** How an environment stands. Connections and sources are told about to admins only. */
export const Status = z.object({
  /** Since when the environment is paused, and nothing runs; null while runs are made. */
  pausedAt: Timestamp.nullable(),
  running: groupOf(Run),
  /** Runs that failed or were skipped since this time yesterday, newest first. */
  failed: groupOf(Run.extend({ problem: RunProblem.nullable() })),
  attention: groupOf(Attention),
  upcoming: groupOf(UpcomingRun),
  /** Runs since this time yesterday by how they ended. */
  lastDay: z.object({ successful: z.int(), failed: z.int(), skipped: z.int(), canceled: z.int() }),
  /** Workers that were heard of in the last minute; none means that nothing runs. */
  workers: z.int(),
});
export type Status = z.infer<typeof Status>;

export const getStatus = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/status',
  action: 'run:list',
  summary: 'What runs, what failed, what needs somebody and what comes next',
  tag: 'Status',
  response: Status,
});
