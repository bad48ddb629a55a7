import * as z from 'zod';
import { BulkResult, exportIds } from './bulk-exports.ts';
import { endpoint } from './endpoint.ts';
import { runStates } from './export-status.ts';
import { ListQuery, listOf } from './lists.ts';
import { Id, PersonRef, Timestamp } from './scalars.ts';

const tag = 'Runs';

/**
 * What a run is at. Parts are moved, and before that counted where the export limits its rows, by every worker there is; what comes before
 * and after is done by one. From `publishing` on a run can no longer be canceled.
 */
export const runPhases = ['waiting', 'preparing', 'counting', 'moving', 'publishing', 'over'] as const;
export const RunPhase = z.enum(runPhases);
export type RunPhase = z.infer<typeof RunPhase>;

export const runTriggers = ['manual', 'schedule'] as const;
export const RunTrigger = z.enum(runTriggers);
export type RunTrigger = z.infer<typeof RunTrigger>;

/** Failures in a row that no repetition heals, after which the schedule of an export is paused by itself. */
export const autoPauseAfter = 5;

/** Why a run, or an attempt of it, came to nothing: the check's codes where it is the same failure. */
export const RunProblem = z.object({
  code: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
  /** May pass by itself, so that it is tried again. */
  isTransient: z.boolean(),
  phase: RunPhase.optional(),
  entity: z.string().optional(),
  /** The source's file, and the line in it, where it is about one. */
  file: z.string().optional(),
  line: z.int().optional(),
});
export type RunProblem = z.infer<typeof RunProblem>;

export const cancelReasons = [
  'person',
  'connectionRemoved',
  'connectionDetached',
  'connectionChanged',
  'sourceRemoved',
  'exportRemoved',
] as const;
export const Cancellation = z.object({ because: z.enum(cancelReasons), by: PersonRef.nullable(), at: Timestamp });
export type Cancellation = z.infer<typeof Cancellation>;

/** How far a run is. Bytes and rows of parts under way count as far as they got. */
export const RunProgress = z.object({
  parts: z.object({ done: z.int(), total: z.int() }),
  bytesRead: z.int(),
  /** Of the source; null until the run is prepared. */
  bytesTotal: z.int().nullable(),
  bytesWritten: z.int(),
  rowsWritten: z.int(),
  rowsRejected: z.int(),
});
export type RunProgress = z.infer<typeof RunProgress>;

export const Run = z.object({
  id: Id,
  environmentId: Id,
  /** As it was called when the run was asked for. */
  export: z.object({ id: Id, name: z.string() }),
  connection: z.object({ id: Id, name: z.string(), type: z.string() }),
  trigger: RunTrigger,
  requestedBy: PersonRef.nullable(),
  state: z.enum(runStates),
  phase: RunPhase,
  queuedAt: Timestamp,
  /** When the next attempt is made, while a run waits for one; `problem` says then why. */
  retryAt: Timestamp.nullable(),
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
  /** Attempts that failed and were made again so far. */
  retries: z.int(),
  progress: RunProgress,
  /** Why it failed or was skipped, or what it is tried again for. */
  problem: RunProblem.nullable(),
  canceled: Cancellation.nullable(),
});
export type Run = z.infer<typeof Run>;

export const runEventKinds = [
  'queued',
  'started',
  'prepared',
  'counted',
  'moved',
  'published',
  'retried',
  'takenOver',
  'successful',
  'failed',
  'skipped',
  'canceled',
  'cleaned',
  'removedFiles',
  'warned',
] as const;

/** What happened in a run, in the order it happened. */
export const RunEvent = z.object({
  at: Timestamp,
  kind: z.enum(runEventKinds),
  /** Of the part that it is about; null when it is about the run. */
  part: z.int().nullable(),
  /** The worker that it happened at; null where there is none, and for who may not see connections: it names a machine. */
  worker: z.string().nullable(),
  problem: RunProblem.nullable(),
});
export type RunEvent = z.infer<typeof RunEvent>;

/** Events that the details of a run show; of more, the last ones. */
export const shownRunEvents = 200;

export const RunEntity = z.object({
  name: z.string(),
  parts: z.object({ done: z.int(), total: z.int() }),
  rowsWritten: z.int(),
  rowsRejected: z.int(),
  bytesWritten: z.int(),
  /** Where its files are, or will be; null for a destination that takes rows. */
  folder: z.string().nullable(),
});
export type RunEntity = z.infer<typeof RunEntity>;

export const RunDetails = Run.extend({
  entities: z.array(RunEntity),
  events: z.array(RunEvent),
  /** Where to find what was written; null until it is there, and for a destination that has no such file. */
  written: z.object({ location: z.string(), manifest: z.string().nullable(), model: z.string().nullable() }).nullable(),
  /** Since when its files are not there any more, because the export keeps no more of them. */
  filesRemovedAt: Timestamp.nullable(),
});
export type RunDetails = z.infer<typeof RunDetails>;

export const runPartStates = ['waiting', 'working', 'done'] as const;
export const RunPart = z.object({
  number: z.int(),
  entity: z.string(),
  state: z.enum(runPartStates),
  /** The source's files that it is made of; of very many only the first. */
  files: z.array(z.string()),
  fileCount: z.int(),
  bytesTotal: z.int(),
  bytesRead: z.int(),
  rowsWritten: z.int(),
  rowsRejected: z.int(),
  bytesWritten: z.int(),
  retries: z.int(),
  /** Why it is tried again, or could not be moved. */
  problem: RunProblem.nullable(),
  /** The names of its files at the destination; none while it is not done, and none when it had no rows. */
  written: z.array(z.string()),
});
export type RunPart = z.infer<typeof RunPart>;

/** `export` takes ids; `queuedAt ge '…'` and `queuedAt lt '…'` a span of time. Newest first. */
export const runFilterFields = ['export', 'state', 'trigger', 'queuedAt'] as const;

export const listRuns = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/runs',
  action: 'run:list',
  summary: 'The runs of an environment, newest first',
  tag,
  query: ListQuery.omit({ orderby: true, search: true }).strict(),
  response: listOf(Run),
});

export const getRun = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/runs/:runId',
  action: 'run:read',
  summary: 'One run: what happened, what was written where',
  tag,
  response: RunDetails,
});

export const listRunParts = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/runs/:runId/parts',
  action: 'run:read',
  summary: 'The parts of a run, in order',
  tag,
  query: ListQuery.pick({ maxpagesize: true, skiptoken: true }).strict(),
  response: listOf(RunPart),
});

export const runExport = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/exports/:exportId/runs',
  action: 'export:run',
  summary: 'Run an export now',
  tag,
  status: 201,
  response: Run,
});

export const runExports = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/exports/run',
  action: 'export:run',
  summary: 'Run several exports now, or all whose schedules are on',
  tag,
  status: 200,
  body: z
    .strictObject({ exportIds: exportIds.optional(), all: z.literal('scheduled').optional() })
    .refine(({ exportIds: ids, all }) => (ids === undefined) !== (all === undefined), {
      path: ['exportIds'],
      error: 'Name exports, or say all: scheduled.',
    }),
  response: BulkResult,
});

export const cancelRun = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/runs/:runId/cancel',
  action: 'export:run',
  summary: 'Cancel a run that is waiting or under way',
  tag,
  status: 200,
  response: Run,
});

/** Runs that one answer or event about live runs holds at most; of more, those that changed last. */
export const watchedRuns = 200;

/** Sent when runs were asked for, ended or got on; `runs` holds those that changed, ended ones included. */
export const RunNews = z.object({ event: z.literal('runs'), runs: z.array(Run) });
export type RunNews = z.infer<typeof RunNews>;

export const watchRuns = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/live-runs',
  action: 'run:list',
  summary: 'The runs that are waiting or under way; as server-sent events: these first, then whatever changes',
  tag,
  response: z.object({ runs: z.array(Run) }),
  events: RunNews,
});

/** How many rows a preview shows. */
export const previewRows = 100;

export const Preview = z.object({
  entity: z.string(),
  columns: z.array(z.string()),
  /** As text, as it would be written; null for a value that is not there. */
  rows: z.array(z.array(z.string().nullable())),
  /** Only the beginning of the source was read, and rows further on may match the filter too. */
  isPartial: z.boolean(),
});
export type Preview = z.infer<typeof Preview>;

export const previewExport = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/exports/:exportId/preview',
  action: 'export:run',
  summary: `The first ${previewRows} rows of an entity of an export as they would be written; kept nowhere`,
  tag,
  status: 200,
  body: z.strictObject({ entityId: Id }),
  response: Preview,
  keepsAnswers: false,
});
