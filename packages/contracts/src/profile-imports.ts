import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { runStates } from './export-status.ts';
import { ListQuery, listOf } from './lists.ts';
import { ProfileTrait } from './profile-reports.ts';
import { RunProblem, RunProgress, RunTrigger } from './runs.ts';
import { Id, PersonRef, Timestamp } from './scalars.ts';

const tag = 'Profile imports';

/** What an import is at, in order. */
export const profileImportPhases = ['waiting', 'verify', 'catalog', 'read', 'aggregate', 'publish', 'over'] as const;
export const ProfileImportPhase = z.enum(profileImportPhases);
export type ProfileImportPhase = z.infer<typeof ProfileImportPhase>;

/**
 * How the profile data of a connection stands. `verifying` and `importing` while an import is under way, `active` when the last one went well,
 * `actionRequired` when only somebody can put right why the last one failed, `failing` when it may pass by itself.
 */
export const profileImportStatuses = [
  'waiting',
  'verifying',
  'importing',
  'active',
  'actionRequired',
  'failing',
] as const;
export const ProfileImportStatus = z.enum(profileImportStatuses);
export type ProfileImportStatus = z.infer<typeof ProfileImportStatus>;

/** Which column of the customers has which trait; a trait that is not there has none. */
export const ProfileMapping = z.partialRecord(ProfileTrait, z.string().min(1).max(500));
export type ProfileMapping = z.infer<typeof ProfileMapping>;

/** How often a lake is looked at, in hours: from one to a week. It is read again only when its metadata or a file of it changed. */
export const ImportEveryHours = z
  .int()
  .min(1, { error: 'Look at least once a week, and at most every hour.' })
  .max(168, { error: 'Look at least once a week, and at most every hour.' });
export const usualImportEveryHours = 6;

/** One import: a run of its own kind. */
export const ProfileImportRun = z.object({
  id: Id,
  trigger: RunTrigger,
  requestedBy: PersonRef.nullable(),
  state: z.enum(runStates),
  phase: ProfileImportPhase,
  queuedAt: Timestamp,
  /** When the next attempt is made, while it waits for one; `problem` says then why. */
  retryAt: Timestamp.nullable(),
  startedAt: Timestamp.nullable(),
  finishedAt: Timestamp.nullable(),
  progress: RunProgress,
  problem: RunProblem.nullable(),
});
export type ProfileImportRun = z.infer<typeof ProfileImportRun>;

export const ProfileImport = z.object({
  connectionId: Id,
  status: ProfileImportStatus,
  everyHours: ImportEveryHours,
  /** When it is looked again; null while the environment is paused. */
  nextAt: Timestamp.nullable(),
  /** When it was last looked and nothing had changed. */
  unchangedAt: Timestamp.nullable(),
  mapping: ProfileMapping,
  /** The import under way, or the last one. */
  last: ProfileImportRun.nullable(),
  /** The last one that went well: the report is from it. */
  report: z.object({ importedAt: Timestamp, dataAsOf: Timestamp.nullable(), profiles: z.int() }).nullable(),
});
export type ProfileImport = z.infer<typeof ProfileImport>;

export const getProfileImport = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connections/:connectionId/profile-import',
  action: 'connection:read',
  summary: 'How the profile data of a connection stands: what is read when, and how the last import went',
  tag,
  response: ProfileImport,
});

/** What is absent stays. Another mapping is imported at once. */
export const UpdateProfileImport = z.strictObject({
  everyHours: ImportEveryHours.optional(),
  mapping: ProfileMapping.optional(),
});
export type UpdateProfileImport = z.infer<typeof UpdateProfileImport>;

export const updateProfileImport = endpoint({
  method: 'PATCH',
  path: '/environments/:environmentId/connections/:connectionId/profile-import',
  action: 'connection:update',
  summary: 'Choose how often profile data is imported, and from which columns',
  tag,
  body: UpdateProfileImport,
  response: ProfileImport,
});

export const startProfileImport = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/connections/:connectionId/profile-import/start',
  action: 'connection:check',
  summary: 'Import the profile data of a connection now, whether anything changed or not',
  tag,
  status: 200,
  response: ProfileImport,
});

export const cancelProfileImport = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/connections/:connectionId/profile-import/cancel',
  action: 'connection:check',
  summary: 'Cancel the import that is waiting or under way; the report stays as it is',
  tag,
  status: 200,
  response: ProfileImport,
});

export const listProfileImports = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connections/:connectionId/profile-imports',
  action: 'connection:read',
  summary: 'The imports of the profile data of a connection, newest first',
  tag,
  query: ListQuery.pick({ maxpagesize: true, skiptoken: true }).strict(),
  response: listOf(ProfileImportRun),
});

/** A column of the customers, with what its values look like: letters as `A` and `a`, digits as `9`. Never a value. */
export const ProfileColumn = z.object({ name: z.string(), shapes: z.array(z.string()) });
export type ProfileColumn = z.infer<typeof ProfileColumn>;

/** Shapes that are told of each column, the most frequent ones first. */
export const shownShapes = 3;

export const ProfileColumns = z.object({
  columns: z.array(ProfileColumn),
  /** What Junction makes of their names. */
  proposed: ProfileMapping,
});
export type ProfileColumns = z.infer<typeof ProfileColumns>;

/** Before the connection is saved: with the settings and secrets that were verified. */
export const readDraftProfileColumns = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/connections/profile-columns',
  action: 'connection:check',
  summary:
    'The columns of the customers in a lake that is not connected yet, the shapes of their values and what they may mean',
  tag,
  status: 200,
  body: z.strictObject({
    type: z.string().max(60),
    settings: z.record(z.string().max(60), z.unknown()),
    secrets: z.record(z.string().max(60), z.string().max(20_000)).default({}),
  }),
  response: ProfileColumns,
  keepsAnswers: false,
});

export const getProfileColumns = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connections/:connectionId/profile-columns',
  action: 'connection:check',
  summary: 'The columns of the customers of a connection, the shapes of their values and what they may mean',
  tag,
  response: ProfileColumns,
});
