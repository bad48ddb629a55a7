import * as z from 'zod';
import { connectionStatuses } from './connection-status.ts';
import { endpoint } from './endpoint.ts';
import { CatalogProblem } from './entities.ts';
import { ExportAccess } from './export-access.ts';
import { exportStatuses } from './export-status.ts';
import { ListQuery, listOf } from './lists.ts';
import { RowFilter } from './row-filters.ts';
import { Run } from './runs.ts';
import { DisplayName, Id, PersonRef, Timestamp } from './scalars.ts';
import { noSchedule, Schedule } from './schedules.ts';

const tag = 'Exports';

/** Entities of one export; more are better split, so that one failure does not hold all of them up. */
export const maximumExportEntities = 100;
export const maximumExportColumns = 2_000;

/** The name becomes a folder, so it has nothing in it that a storage path or a file system reads as something else. */
export const ExportName = DisplayName.refine((name) => !/[\\/:*?"<>|#%]/.test(name) && !/^\.|\.$/.test(name), {
  error: 'The name becomes a folder: leave out \\ / : * ? " < > | # %, and do not start or end it with a dot.',
});

/** A path below the connection's own folder: one to ten names joined by `/`. */
export const ExportFolder = z
  .string()
  .normalize('NFC')
  .trim()
  .transform((text) => text.replace(/^\/+|\/+$/g, ''))
  .pipe(
    z
      .string()
      .max(500, { error: 'A folder has at most 500 characters.' })
      .refine((path) => path === '' || path.split('/').length <= 10, { error: 'Use at most ten folders in a row.' })
      .refine(
        (path) =>
          path === '' ||
          path
            .split('/')
            .every((name) => DisplayName.safeParse(name).data === name && !/[\\:*?"<>|#%]|^\.|\.$/.test(name)),
        {
          error:
            'Write folders such as crm/weekly: names of 1 to 100 characters without \\ : * ? " < > | # %, and without a dot or a space at their start or end.',
        },
      ),
  );

/** Separates the values of a line. */
export const CsvDelimiter = z.string().regex(/^[^\p{L}\p{N}\p{M}\p{C}\p{Z}"_]$|^\t$/u, {
  error: 'Use one character that is no letter, digit, space or quote: a comma, semicolon, bar or tab for example.',
});

export const ExportFormat = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.enum(['csv', 'csvGzip']),
    delimiter: CsvDelimiter.default(','),
    hasHeader: z.boolean().default(true),
    /** Text that a spreadsheet would take for a formula gets an apostrophe in front. */
    escapeFormulas: z.boolean().default(false),
  }),
  z.strictObject({ type: z.literal('parquet') }),
]);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** Rows that one run sets aside at most; more than that is no accident. */
export const maximumSetAside = 1_000_000;

/** What becomes of a row that cannot be read as its columns say: the run fails, or the row goes to a file of its own, up to so many. */
export const MalformedRows = z.discriminatedUnion('policy', [
  z.strictObject({ policy: z.literal('fail') }),
  z.strictObject({
    policy: z.literal('setAside'),
    limit: z
      .int({ error: 'Enter a whole number of rows.' })
      .min(1, { error: 'Set aside at least 1 row, or let the run fail.' })
      .max(maximumSetAside, { error: `Set aside at most ${maximumSetAside} rows.` }),
  }),
]);
export type MalformedRows = z.infer<typeof MalformedRows>;

const rowCount = z
  .int({ error: 'Enter a whole number of rows.' })
  .min(0, { error: 'A number of rows is not negative.' })
  .max(1e12, { error: 'Enter at most 1,000,000,000,000 rows.' });

/** How many rows of all entities together a run may write; with fewer or more it is skipped before anything is written. */
export const RowLimits = z
  .strictObject({ minimum: rowCount.nullable().default(null), maximum: rowCount.nullable().default(null) })
  .refine(({ minimum, maximum }) => minimum === null || maximum === null || minimum <= maximum, {
    path: ['maximum'],
    error: 'The maximum is not below the minimum.',
  });
export type RowLimits = z.infer<typeof RowLimits>;

/** Which runs' files are kept; what the newest run wrote always is. */
export const Retention = z.discriminatedUnion('keep', [
  z.strictObject({ keep: z.literal('all') }),
  z.strictObject({
    keep: z.literal('runs'),
    runs: z
      .int({ error: 'Enter a whole number of runs.' })
      .min(1, { error: 'Keep at least one run.' })
      .max(1_000, { error: 'Keep at most 1,000 runs, or all of them.' }),
  }),
  z.strictObject({
    keep: z.literal('days'),
    days: z
      .int({ error: 'Enter a whole number of days.' })
      .min(1, { error: 'Keep at least one day.' })
      .max(3_650, { error: 'Keep at most 3,650 days, or all runs.' }),
  }),
]);
export type Retention = z.infer<typeof Retention>;

const ChosenColumn = z.strictObject({
  name: z.string().min(1).max(500),
  /** What it is called in the files; its own name when absent. */
  as: z
    .string()
    .normalize('NFC')
    .trim()
    .min(1, { error: 'Enter a name, or leave it out to keep the column’s own.' })
    .max(300, { error: 'A column name has at most 300 characters.' })
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, { error: 'A column name has no line breaks or control characters.' })
    .regex(/[^\p{C}\p{M}\p{Z}]/u, { error: 'A column name has at least one visible character.' })
    .optional(),
});

/** All columns as they come, or the named ones in this order. */
export const ColumnChoice = z.union(
  [
    z.literal('all'),
    z
      .array(ChosenColumn)
      .min(1, { error: 'Choose at least one column.' })
      .max(maximumExportColumns, { error: `Choose at most ${maximumExportColumns} columns.` }),
  ],
  { error: `Say all, or list 1 to ${maximumExportColumns} columns by name.` },
);
export type ColumnChoice = z.infer<typeof ColumnChoice>;

/** What of one entity an export sends. */
export const EntityChoice = z.strictObject({
  entityId: Id,
  columns: ColumnChoice.default('all'),
  filter: RowFilter.nullable().default(null),
});
export type EntityChoice = z.infer<typeof EntityChoice>;

/** Why an export is inactive; the words come from whoever shows it, in the viewer's time zone. */
export const InactiveReason = z.object({
  because: z.enum(['neverConnected', 'connectionRemoved', 'connectionDetached', 'sourceRemoved']),
  /** The connection that is missing. */
  connection: z.object({ id: Id, name: z.string(), type: z.string() }).nullable(),
  at: Timestamp.nullable(),
  by: PersonRef.nullable(),
});
export type InactiveReason = z.infer<typeof InactiveReason>;

/** An export as lists show it. What the person who asks may do with it follows from `access`: see exportRights. */
export const ExportRow = z.object({
  id: Id,
  environmentId: Id,
  name: z.string(),
  /** The type of its connection, or of the one it lost; null when it never had one. */
  type: z.string().nullable(),
  connection: z.object({ id: Id, name: z.string(), type: z.string(), health: z.enum(connectionStatuses) }).nullable(),
  status: z.enum(exportStatuses),
  inactive: InactiveReason.nullable(),
  entityCount: z.int(),
  schedule: Schedule,
  /** When its schedule is due next; null while it is off or paused by itself, the export is inactive or the environment is paused. */
  nextRunAt: Timestamp.nullable(),
  /** Since when its schedule does nothing, after this many failures in a row that no repetition heals; turning it on again, or a run that succeeds, resumes it. */
  autoPaused: z.object({ at: Timestamp, failures: z.int() }).nullable(),
  /** The run under way or the last one. */
  run: Run.nullable(),
  /** When a run last succeeded. */
  refreshedAt: Timestamp.nullable(),
  lastRunAt: Timestamp.nullable(),
  access: ExportAccess,
  createdBy: PersonRef,
  createdAt: Timestamp,
  updatedAt: Timestamp,
  /** The version to name in If-Match. */
  etag: z.string(),
});
export type ExportRow = z.infer<typeof ExportRow>;

/** An entity of an export. `problem` says why it could not be read now: removed, gone from the catalog, unreadable. */
export const ExportEntity = z.object({
  entityId: Id,
  name: z.string(),
  source: z.object({ connectionId: Id, name: z.string() }),
  columns: ColumnChoice,
  filter: RowFilter.nullable(),
  problem: CatalogProblem.nullable(),
  /** False where its rows are profile data that the person who asks was given no access to: they cannot preview it. */
  mayPreview: z.boolean(),
});
export type ExportEntity = z.infer<typeof ExportEntity>;

export const Export = ExportRow.extend({
  entities: z.array(ExportEntity),
  format: ExportFormat,
  folder: z.string(),
  malformedRows: MalformedRows,
  rowLimits: RowLimits,
  retention: Retention,
  /** The next three times it is due; none while `nextRunAt` is null. */
  nextRuns: z.array(Timestamp),
});
export type Export = z.infer<typeof Export>;

/** `connection` takes ids, or `none` for exports without one. */
export const exportFilterFields = ['status', 'connection', 'type'] as const;
export const exportOrderFields = ['name', 'type', 'status', 'refreshedAt', 'schedule', 'connection'] as const;

export const listExports = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/exports',
  action: 'export:list',
  summary: 'The exports of an environment',
  tag,
  query: ListQuery.strict(),
  response: listOf(ExportRow),
});

/** Connections that the summary names at most; the ones with the most exports first. */
export const summarizedConnections = 200;

export const ExportSummary = z.object({
  total: z.int(),
  byStatus: z.partialRecord(z.enum(exportStatuses), z.int()),
  byType: z.record(z.string(), z.int()),
  byConnection: z.array(z.object({ id: Id, name: z.string(), count: z.int() })),
  withoutConnection: z.int(),
});
export type ExportSummary = z.infer<typeof ExportSummary>;

export const getExportSummary = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/export-summary',
  action: 'export:list',
  summary: 'How many exports there are, by status, type and connection',
  tag,
  response: ExportSummary,
});

export const getExport = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/exports/:exportId',
  action: 'export:read',
  summary: 'One export',
  tag,
  response: Export,
});

const entities = z
  .array(EntityChoice)
  .min(1, { error: 'Choose at least one entity.' })
  .max(maximumExportEntities, { error: `Choose at most ${maximumExportEntities} entities.` });

export const NewExport = z.strictObject({
  name: ExportName,
  /** Only admins may leave it out; the export is then inactive. */
  connectionId: Id.nullable(),
  entities,
  format: ExportFormat.default({ type: 'csv', delimiter: ',', hasHeader: true, escapeFormulas: false }),
  /** Below the connection's folder; empty for none. */
  folder: ExportFolder.default(''),
  schedule: Schedule.default(noSchedule),
  malformedRows: MalformedRows.default({ policy: 'fail' }),
  rowLimits: RowLimits.default({ minimum: null, maximum: null }),
  retention: Retention.default({ keep: 'all' }),
});
export type NewExport = z.infer<typeof NewExport>;

export const createExport = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/exports',
  action: 'export:create',
  summary: 'Define an export over a connection that you may use',
  tag,
  status: 201,
  body: NewExport,
  response: Export,
});

/** What is absent stays; lists are replaced whole. A connection given here takes the place of the present one, or activates the export. */
export const UpdateExport = z.strictObject({
  name: ExportName.optional(),
  connectionId: Id.optional(),
  entities: entities.optional(),
  format: ExportFormat.optional(),
  folder: ExportFolder.optional(),
  schedule: Schedule.optional(),
  malformedRows: MalformedRows.optional(),
  rowLimits: RowLimits.optional(),
  retention: Retention.optional(),
});
export type UpdateExport = z.infer<typeof UpdateExport>;

export const updateExport = endpoint({
  method: 'PATCH',
  path: '/environments/:environmentId/exports/:exportId',
  action: 'export:update',
  summary: 'Change an export, or connect it to another connection',
  tag,
  body: UpdateExport,
  response: Export,
  needsIfMatch: true,
});

export const deleteExport = endpoint({
  method: 'DELETE',
  path: '/environments/:environmentId/exports/:exportId',
  action: 'export:delete',
  summary: 'Remove an export; what it has written stays',
  tag,
  needsIfMatch: true,
});
