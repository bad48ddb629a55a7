import * as z from 'zod';
import { endpoint } from './endpoint.ts';
import { ListQuery, listOf } from './lists.ts';
import { maximumProfileAccess } from './profile-access.ts';
import { ImportEveryHours, ProfileMapping } from './profile-imports.ts';
import { Id, Timestamp } from './scalars.ts';

const tag = 'Connection drafts';

/** The steps of the wizard, in order. */
export const connectionDraftSteps = ['settings', 'access', 'review'] as const;
export const ConnectionDraftStep = z.enum(connectionDraftSteps);
export type ConnectionDraftStep = z.infer<typeof ConnectionDraftStep>;

/** What somebody has filled in so far. Secrets have no place in it: they are asked for again when somebody comes back. */
const content = {
  /** As typed: nothing in a draft has to be right. */
  name: z.string().max(200),
  settings: z.record(z.string().max(60), z.union([z.string().max(2_000), z.boolean()])),
  mapping: ProfileMapping.nullable(),
  /** Who else may see profile data. */
  personIds: z.array(Id).max(maximumProfileAccess),
  everyHours: ImportEveryHours,
  step: ConnectionDraftStep,
};

/** A connection that somebody is setting up. Nobody else sees it. */
export const ConnectionDraft = z.object({
  id: Id,
  environmentId: Id,
  type: z.string(),
  ...content,
  updatedAt: Timestamp,
});
export type ConnectionDraft = z.infer<typeof ConnectionDraft>;

/** Drafts that one person can have in one environment; a further one takes the place of the oldest. */
export const maximumConnectionDrafts = 20;
/** Drafts that nobody touched for so long are removed. */
export const connectionDraftDays = 30;

export const listConnectionDrafts = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connection-drafts',
  action: 'connection:create',
  summary: 'The connections that you began to set up, the last one first',
  tag,
  query: ListQuery.pick({ maxpagesize: true, skiptoken: true }).strict(),
  response: listOf(ConnectionDraft),
});

export const getConnectionDraft = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/connection-drafts/:draftId',
  action: 'connection:create',
  summary: 'A connection that you began to set up',
  tag,
  response: ConnectionDraft,
});

export const createConnectionDraft = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/connection-drafts',
  action: 'connection:create',
  summary: 'Begin to set up a connection that can be left and resumed',
  tag,
  status: 201,
  body: z
    .strictObject({ type: z.string().max(60), ...content })
    .partial({ mapping: true, personIds: true, everyHours: true, step: true }),
  response: ConnectionDraft,
});

/** What is absent stays. The last one who writes wins: it is the same person. */
export const updateConnectionDraft = endpoint({
  method: 'PATCH',
  path: '/environments/:environmentId/connection-drafts/:draftId',
  action: 'connection:create',
  summary: 'Keep what was filled in so far',
  tag,
  body: z.strictObject(content).partial(),
  response: ConnectionDraft,
});

export const deleteConnectionDraft = endpoint({
  method: 'DELETE',
  path: '/environments/:environmentId/connection-drafts/:draftId',
  action: 'connection:create',
  summary: 'Discard a connection that you began to set up',
  tag,
});
