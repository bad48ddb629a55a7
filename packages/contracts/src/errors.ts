import * as z from 'zod';
import { CheckResult } from './checks.ts';
import { ConnectionUsage } from './connection-usage.ts';

/** Every way a request can be refused: its HTTP status and its title. The code is stable; the title is for people. */
export const errors = {
  invalidInput: [400, 'Some values are not valid'],
  unauthenticated: [401, 'Sign in first'],
  wrongCredentials: [401, 'The e-mail address or the password is wrong'],
  signInRefused: [401, 'The identity provider did not let you in'],
  signInRejected: [401, 'The answer of the identity provider was not accepted'],
  tokenInvalid: [401, 'The token is not valid'],
  tokenExpired: [401, 'The token has expired'],
  forbidden: [403, 'Your role does not allow this'],
  outOfScope: [403, 'The token does not reach that far'],
  localAccountsOff: [403, 'Passwords are switched off'],
  crossSiteRequest: [403, 'The request came from another site'],
  notFound: [404, 'There is nothing here, or not for you'],
  methodNotAllowed: [405, 'This address does not take that method'],
  notAcceptable: [406, 'The answer cannot be given in that format'],
  requestTimeout: [408, 'The request took too long to arrive'],
  nameTaken: [409, 'The name is taken'],
  alreadyMember: [409, 'This person is a member already'],
  lastAdmin: [409, 'An environment keeps at least one admin'],
  ownerStays: [409, 'The owner keeps their place'],
  otherEnvironments: [409, 'Other environments depend on this person'],
  accountExists: [409, 'There is an account with this address already'],
  identityTaken: [409, 'Somebody else signs in with this identity'],
  identityConnected: [409, 'The account is connected to an identity already'],
  noGroupRole: [409, 'No group of this person has a role here'],
  setupNeeded: [409, 'There is no admin yet'],
  onlyWayIn: [409, 'It is the only way to sign in'],
  tooManyTokens: [409, 'There are too many tokens'],
  tooManyServiceAccounts: [409, 'There are too many service accounts'],
  usageChanged: [409, 'What depends on the connection has changed'],
  connectionGone: [409, 'The connection cannot be used'],
  runLive: [409, 'The export is running already'],
  runOver: [409, 'The run cannot be canceled any more'],
  environmentBusy: [409, 'Runs of the environment are not over'],
  environmentPaused: [409, 'The environment is paused'],
  setupDone: [409, 'The first admin exists already'],
  idempotencyInProgress: [409, 'The same request is still being answered'],
  signInExpired: [410, 'The sign-in took too long or was used already'],
  linkUsed: [410, 'The link is no longer valid'],
  preconditionFailed: [412, 'Somebody changed this in the meantime'],
  payloadTooLarge: [413, 'The request is too large'],
  unsupportedMediaType: [415, 'The request must be JSON'],
  sourceUnreadable: [422, 'The source could not be read'],
  checkFailed: [422, 'The connection could not be verified'],
  identityIncomplete: [422, 'The identity provider does not say who you are'],
  secretRequired: [422, 'The secret is needed again'],
  idempotencyMismatch: [422, 'The idempotency key was used for another request'],
  preconditionRequired: [428, 'If-Match is required'],
  tooManyRequests: [429, 'Too many requests'],
  internal: [500, 'Something went wrong on the server'],
  providerUnavailable: [503, 'The identity provider does not answer'],
  unavailable: [503, 'The service is not available right now'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ErrorCode = keyof typeof errors;
export const errorCodes = Object.keys(errors) as [ErrorCode, ...ErrorCode[]];

/** One thing that is wrong with one field; `field` is a dotted path such as `settings.accountName`. */
export const FieldError = z.object({ field: z.string(), code: z.string(), message: z.string() });
export type FieldError = z.infer<typeof FieldError>;

/** RFC 9457 `application/problem+json`, with the extension members `code`, `errors`, `traceId` and, for a failed check, `check`, for a removal that would do something else than what was confirmed, `usage`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(errorCodes),
  errors: z.array(FieldError).optional(),
  traceId: z.string(),
  check: CheckResult.optional(),
  usage: ConnectionUsage.optional(),
});
export type Problem = z.infer<typeof Problem>;
