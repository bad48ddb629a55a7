import * as z from 'zod';
import { Role, tokenActions } from './access.ts';
import { endpoint } from './endpoint.ts';
import { listOf } from './lists.ts';
import { DisplayName, Id, PersonRef, Timestamp } from './scalars.ts';

const tag = 'Tokens';

/** What every token begins with, so that scanners find one that leaked: `jct_` and 43 characters of base64url. */
export const tokenPrefix = 'jct_';
export const tokenPattern = /^jct_[A-Za-z0-9_-]{43}$/;

/** Nobody looks after a token for longer than a year. */
export const maxTokenDays = 365;

/** The most tokens that one person or service account may have, and so the most that are listed. */
export const maxTokensPerOwner = 50;

export const TokenAction = z.enum(tokenActions);
export type TokenAction = z.infer<typeof TokenAction>;

/** A token as it is listed; the token itself is shown once, when it is made. */
export const ApiToken = z.object({
  id: Id,
  name: z.string(),
  /** Its first characters after the prefix. */
  hint: z.string(),
  scope: z.array(TokenAction),
  createdAt: Timestamp,
  createdBy: PersonRef,
  expiresAt: Timestamp,
  isExpired: z.boolean(),
  /** To the minute. */
  lastUsedAt: Timestamp.nullable(),
  lastUsedFrom: z.string().nullable(),
});
export type ApiToken = z.infer<typeof ApiToken>;

export const NewApiToken = z.strictObject({
  name: DisplayName,
  expiresInDays: z
    .int({ error: 'Enter a whole number of days.' })
    .min(1, { error: 'A token lasts at least a day.' })
    .max(maxTokenDays, { error: `A token lasts at most ${maxTokenDays} days.` }),
  scope: z
    .array(TokenAction)
    .min(1, { error: 'Choose what the token may do.' })
    .max(tokenActions.length)
    .transform((scope) => [...new Set(scope)]),
});
export type NewApiToken = z.infer<typeof NewApiToken>;

export const IssuedApiToken = ApiToken.extend({ token: z.string() });
export type IssuedApiToken = z.infer<typeof IssuedApiToken>;

export const listMyTokens = endpoint({
  method: 'GET',
  path: '/me/tokens',
  action: 'my-token:list',
  summary: 'Your API tokens, newest first',
  tag,
  response: listOf(ApiToken),
});

export const createMyToken = endpoint({
  method: 'POST',
  path: '/me/tokens',
  action: 'my-token:create',
  summary: 'Make an API token; it is shown this once',
  tag,
  status: 201,
  body: NewApiToken,
  response: IssuedApiToken,
  keepsAnswers: false,
});

export const deleteMyToken = endpoint({
  method: 'DELETE',
  path: '/me/tokens/:tokenId',
  action: 'my-token:delete',
  summary: 'Revoke one of your API tokens',
  tag,
});

/** An account that only tokens act for. Its roles are those of a member. */
export const ServiceAccount = z.object({
  id: Id,
  name: z.string(),
  role: Role,
  /** False for one that is also in environments where who asks is no admin: they can take it out of this one and revoke its tokens, and nothing else. */
  isYours: z.boolean(),
  tokenCount: z.int(),
  lastUsedAt: Timestamp.nullable(),
  /** When the first of its tokens that still work ends. */
  nextExpiryAt: Timestamp.nullable(),
  createdAt: Timestamp,
  etag: z.string(),
});
export type ServiceAccount = z.infer<typeof ServiceAccount>;

/** The most service accounts of an environment, and so the most that are listed. */
export const maxServiceAccounts = 200;

export const listServiceAccounts = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/service-accounts',
  action: 'service-account:list',
  summary: 'The service accounts of an environment, by name',
  tag,
  response: listOf(ServiceAccount),
});

export const createServiceAccount = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/service-accounts',
  action: 'service-account:manage',
  summary: 'Make a service account, or give one of your other environments a role here',
  tag,
  status: 201,
  body: z.union([
    z.strictObject({ name: DisplayName, role: Role }),
    z.strictObject({ serviceAccountId: Id, role: Role }),
  ]),
  response: ServiceAccount,
});

export const updateServiceAccount = endpoint({
  method: 'PATCH',
  path: '/environments/:environmentId/service-accounts/:serviceAccountId',
  action: 'service-account:manage',
  summary: 'Rename a service account or change its role here',
  tag,
  body: z.strictObject({ name: DisplayName.optional(), role: Role.optional() }),
  response: ServiceAccount,
  needsIfMatch: true,
});

export const deleteServiceAccount = endpoint({
  method: 'DELETE',
  path: '/environments/:environmentId/service-accounts/:serviceAccountId',
  action: 'service-account:manage',
  summary: 'Take a service account out of an environment; with its last one it is deleted, and its tokens',
  tag,
  needsIfMatch: true,
});

export const listServiceAccountTokens = endpoint({
  method: 'GET',
  path: '/environments/:environmentId/service-accounts/:serviceAccountId/tokens',
  action: 'service-account-token:list',
  summary: 'The tokens of a service account, newest first',
  tag,
  response: listOf(ApiToken),
});

export const createServiceAccountToken = endpoint({
  method: 'POST',
  path: '/environments/:environmentId/service-accounts/:serviceAccountId/tokens',
  action: 'service-account-token:create',
  summary: 'Make a token of a service account; it is shown this once',
  tag,
  status: 201,
  body: NewApiToken,
  response: IssuedApiToken,
  keepsAnswers: false,
});

export const deleteServiceAccountToken = endpoint({
  method: 'DELETE',
  path: '/environments/:environmentId/service-accounts/:serviceAccountId/tokens/:tokenId',
  action: 'service-account-token:delete',
  summary: 'Revoke a token of a service account',
  tag,
});
