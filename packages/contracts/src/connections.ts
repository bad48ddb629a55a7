import * as z from 'zod';
import { CheckEvent, CheckList, CheckListQuery, CheckResult } from './checks.ts';
import { connectionStatuses } from './connection-status.ts';
import { endpoint } from './endpoint.ts';
import { ListQuery, listOf, maximumPageSize } from './lists.ts';
import { maximumProfileAccess } from './profile-access.ts';
import { ImportEveryHours, ProfileImportStatus, ProfileMapping, usualImportEveryHours } from './profile-imports.ts';
import { DisplayName, Id, PersonRef, Timestamp } from './scalars.ts';
import { Sharing, SharingView } from './sharing.ts';

const tag = 'Connections';

/** The manifest of a connector as programs see it; settings and secrets are JSON Schema 2020-12. */
export const ConnectorView = z.object({
  type: z.string(),
  label: z.string(),
  category: z.string(),
  description: z.string(),
  capabilities: z.array(z.string()),
  steps: z.array(z.object({ step: z.string(), label: z.string() })),
  settings: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.unknown()),
});
export type ConnectorView = z.infer<typeof ConnectorView>;

export const listConnectors = endpoint({
  method: 'GET',
  path: '/connectors',
  action: 'connector:list',
  summary: 'The types of connection there are',
  tag,
  response: listOf(ConnectorView),
});

/** The lake that comes with demo mode, so that a newcomer can fill the form in with one click. Its key is a documented sample, not a secret. */
export const SampleLake = z.object({
  sample: z
    .object({
      accountName: z.string(),
      accountKey: z.string(),
      endpoint: z.string(),
      container: z.string(),
      /** The folder of that container that entities are read from. */
      entityFolder: z.string(),
      exportsContainer: z.string(),
    })
    .nullable(),
});
export type SampleLake = z.infer<typeof SampleLake>;

export const getSampleLake = endpoint({
  method: 'GET',
  path: '/sample-lake',
  action: 'sample-lake:read',
  summary: 'Where the sample lake of demo mode is; null outside demo mode',
  tag,
  response: SampleLake,
});

/** The version of the consent text people agree to; a changed text gets a new version. */
export const consentTextVersion = '2026-11';

/** Why a connection is not healthy: the first failed step of its last check. */
export const StatusReason = z.object({
  step: z.string(),
  code: z.string(),
  message: z.string(),
  remedy: z.string().optional(),
});

export type StatusReason = z.infer<typeof StatusReason>;

export const Connection = z.object({
  id: Id,
  environmentId: Id,
  name: z.string(),
  type: z.string(),
  settings: z.record(z.string(), z.unknown()),
  /** Which secrets are set and since when; never the secrets. */
  secrets: z.record(z.string(), z.object({ setAt: Timestamp })),
  sharing: SharingView,
  /** Entities are read from a folder there. */
  readsEntities: z.boolean(),
  isPaused: z.boolean(),
  status: z.enum(connectionStatuses),
  statusReason: StatusReason.optional(),
  lastCheckedAt: Timestamp.nullable(),
  nextCheckAt: Timestamp.nullable(),
  credentialExpiresAt: Timestamp.nullable(),
  /** How many exports write to it or read from it. */
  usedBy: z.int(),
  /** How its profile data stands; null for a type without the capability `profiles`. */
  profiles: z
    .object({
      status: ProfileImportStatus,
      /** When the customers in its report were written, as the lake says; null before the first report, or where the lake does not say. */
      dataAsOf: Timestamp.nullable(),
      /** Why the last import failed, while the status is `actionRequired` or `failing`. */
      problem: z.string().nullable(),
    })
    .nullable(),
  consent: z.object({ by: PersonRef, at: Timestamp, textVersion: z.string() }),
  createdBy: PersonRef,
  createdAt: Timestamp,
  updatedAt: Timestamp,
  /** The version to name in If-Match. */
  etag: z.string(),
});
export type Connection = z.infer<typeof Connection>;

export const connectionFilterFields = ['type', 'status', 'sharedWith'] as const;
export const connectionOrderFields = [
  'name',
  'type',
  'status',
  'sharedWith',
  'usedBy',
  'lastCheckedAt',
  'createdAt',
] as const;

export const listConnections = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connections',
  action: 'connection:list',
  summary: 'The connections of an environment',
  tag,
  query: ListQuery.strict(),
  response: listOf(Connection),
});

export const ConnectionSummary = z.object({
  total: z.int(),
  byType: z.record(z.string(), z.int()),
  byStatus: z.partialRecord(z.enum(connectionStatuses), z.int()),
});
export type ConnectionSummary = z.infer<typeof ConnectionSummary>;

export const getConnectionSummary = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connection-summary',
  action: 'connection:list',
  summary: 'How many connections there are, by type and by status',
  tag,
  response: ConnectionSummary,
});

export const getConnection = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connections/:connectionId',
  action: 'connection:read',
  summary: 'One connection',
  tag,
  response: Connection,
});

/** Values of settings by field name; each connector's manifest says which there are. */
const Settings = z.record(z.string().max(60), z.unknown());

export const NewConnection = z.strictObject({
  name: DisplayName,
  type: z.string().max(60),
  sharing: Sharing.default({ sharedWith: 'admins', personIds: [] }),
  settings: Settings,
  secrets: z.record(z.string().max(60), z.string().max(20_000)).default({}),
  consent: z.strictObject({
    accepted: z.literal(true, { error: 'Agree to the data privacy and compliance terms to go on.' }),
    textVersion: z.literal(consentTextVersion, { error: 'The terms changed. Reload, read them again and agree.' }),
  }),
  /** Save even though the check fails; the connection then needs action. */
  saveAnyway: z.boolean().default(false),
  /** For a type with the capability `profiles`: from which columns they are imported, how often, and who may see them beside whoever sets it up. */
  profiles: z
    .strictObject({
      mapping: ProfileMapping,
      everyHours: ImportEveryHours.default(usualImportEveryHours),
      personIds: z
        .array(Id)
        .max(maximumProfileAccess, { error: `Name at most ${maximumProfileAccess} people.` })
        .transform((ids) => [...new Set(ids)])
        .default([]),
    })
    .optional(),
  /** The draft that it was set up from; it goes when the connection is there. */
  draftId: Id.optional(),
});
export type NewConnection = z.infer<typeof NewConnection>;

export const createConnection = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/connections',
  action: 'connection:create',
  summary: 'Set up a connection; it is verified first',
  tag,
  status: 201,
  body: NewConnection,
  response: Connection,
});

/** Merge patch (RFC 7396): what is absent stays, `null` clears a setting or a secret. */
export const UpdateConnection = z.strictObject({
  name: DisplayName.optional(),
  sharing: Sharing.optional(),
  isPaused: z.boolean().optional(),
  settings: Settings.optional(),
  secrets: z.record(z.string().max(60), z.string().max(20_000).nullable()).optional(),
  saveAnyway: z.boolean().default(false),
});
export type UpdateConnection = z.infer<typeof UpdateConnection>;

export const updateConnection = endpoint({
  method: 'PATCH',
  path: '/environments/:environmentId/connections/:connectionId',
  action: 'connection:update',
  summary: 'Change a connection; changed settings and secrets are verified first',
  tag,
  body: UpdateConnection,
  response: Connection,
  needsIfMatch: true,
});

/** Connections that one request shares. */
export const maximumBulkConnections = maximumPageSize;

export const ShareConnections = z.strictObject({
  connectionIds: z
    .array(Id)
    .min(1, { error: 'Name at least one connection.' })
    .max(maximumBulkConnections, { error: `Name at most ${maximumBulkConnections} connections.` })
    .transform((ids) => [...new Set(ids)]),
  sharing: Sharing,
});
export type ShareConnections = z.infer<typeof ShareConnections>;

export const shareConnections = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/connections/share',
  action: 'connection:update',
  summary: 'Choose who can use several connections; all of them or none',
  tag,
  status: 200,
  body: ShareConnections,
  /** How many were not shared this way before. */
  response: z.object({ changed: z.int() }),
});

/** What a check may do besides looking. */
const Allow = z
  .array(z.enum(['createContainer']))
  .max(5)
  .default([]);

export const CheckDraft = z.strictObject({
  type: z.string().max(60),
  settings: Settings,
  secrets: z.record(z.string().max(60), z.string().max(20_000)).default({}),
  allow: Allow,
});
export type CheckDraft = z.infer<typeof CheckDraft>;

export const checkDraft = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/connections/check',
  action: 'connection:check',
  summary: 'Verify settings and secrets that are not saved',
  tag,
  status: 200,
  body: CheckDraft,
  response: CheckResult,
  events: CheckEvent,
});

/** With changes the saved connection is verified as it would be after them, and nothing is kept; without, the result joins its history. */
export const CheckSaved = z.strictObject({
  settings: Settings.optional(),
  secrets: z.record(z.string().max(60), z.string().max(20_000).nullable()).optional(),
  allow: Allow,
});
export type CheckSaved = z.infer<typeof CheckSaved>;

export const checkConnection = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/connections/:connectionId/check',
  action: 'connection:check',
  summary: 'Verify a connection now',
  tag,
  status: 200,
  body: CheckSaved,
  response: CheckResult,
  events: CheckEvent,
});

export const listChecks = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connections/:connectionId/checks',
  action: 'connection:read',
  summary: 'The checks of a connection, newest first',
  tag,
  query: CheckListQuery.strict(),
  response: CheckList,
});
