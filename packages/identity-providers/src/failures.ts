import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { ProviderError, type ProviderErrorCode } from './identity-provider.ts';

/** What was asked for when something failed. */
export type Asked = 'discovery' | 'signIn' | 'code' | 'refresh' | 'userInfo';

type Failure = [code: ProviderErrorCode, reason: string, what: string];

/** What an error of the standards means wherever it comes. RFC 6749 §4.1.2.1 and §5.2, OpenID Connect Core 1.0 §3.1.2.6 */
const byError: Readonly<Record<string, Failure>> = {
  access_denied: ['refused', 'denied', 'did not let you in'],
  login_required: ['refused', 'loginRequired', 'wants you to sign in there once more'],
  interaction_required: ['refused', 'interactionRequired', 'wants to ask you something first'],
  consent_required: ['refused', 'consentRequired', 'has not been allowed to tell Junction who you are'],
  account_selection_required: ['refused', 'accountSelectionRequired', 'wants to know which account is meant'],
  server_error: ['unavailable', 'status', 'answers with an error of its own'],
  temporarily_unavailable: ['unavailable', 'status', 'is not available right now'],
  invalid_client: ['misconfigured', 'client', 'does not accept the client ID or its secret'],
  unauthorized_client: ['misconfigured', 'client', 'does not let this client do that'],
  unsupported_grant_type: ['misconfigured', 'client', 'does not let this client do that'],
  unsupported_response_type: ['misconfigured', 'client', 'does not let this client do that'],
  invalid_scope: ['misconfigured', 'scope', 'does not know a scope that was asked for'],
  invalid_request: ['misconfigured', 'request', 'does not understand what was asked'],
  invalid_grant: [
    'rejected',
    'code',
    'does not know the code: it was used already, is too old or was given to somebody else',
  ],
};

const lost: Failure = ['lost', 'gone', 'no longer lets this person in'];

/** A refresh that needs the person is one that says no: only signing in again can help. */
const onRefresh: Readonly<Record<string, Failure>> = {
  invalid_grant: lost,
  access_denied: lost,
  login_required: lost,
  interaction_required: lost,
  consent_required: lost,
};

const byClaim: Readonly<Record<string, Failure>> = {
  iss: ['rejected', 'issuer', 'sent a token of another issuer'],
  aud: ['rejected', 'audience', 'sent a token that is meant for another application'],
  azp: ['rejected', 'audience', 'sent a token that is meant for another application'],
  nonce: ['rejected', 'nonce', 'sent a token that belongs to another sign-in'],
  exp: ['rejected', 'expired', 'sent a token that has expired. Its clock or the one of this machine may be wrong'],
  nbf: ['rejected', 'clock', 'sent a token of the future. Its clock or the one of this machine is wrong'],
};

/** What a failed token says of itself, as a word and an error to show. */
export const failureOfClaim = (claim: string, providerName: string): ProviderError =>
  asError(byClaim[claim] ?? ['rejected', 'claim', 'sent a token that is not valid'], providerName);

const notUnderstood: Failure = ['rejected', 'answer', 'sent an answer that is not what was asked for'];

const unsigned: Failure = ['rejected', 'signature', 'sent a token that is not signed as it should be'];

/** Codes of openid-client. */
const byCode: Readonly<Record<string, Failure>> = {
  OAUTH_MISSING_SERVER_METADATA: ['misconfigured', 'discovery', 'lacks what Junction needs in its discovery document'],
  OAUTH_INVALID_SERVER_METADATA: ['misconfigured', 'discovery', 'has something wrong in its discovery document'],
  OAUTH_HTTP_REQUEST_FORBIDDEN: ['misconfigured', 'insecure', 'names an address that is not https'],
  OAUTH_UNSUPPORTED_OPERATION: unsigned,
};

const ofDiscovery: Readonly<Record<string, Failure>> = {
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: [
    'misconfigured',
    'issuer',
    'calls itself by another name than the configured issuer',
  ],
  OAUTH_RESPONSE_IS_NOT_CONFORM: ['misconfigured', 'discovery', 'has no discovery document. Check the issuer'],
  OAUTH_RESPONSE_IS_NOT_JSON: ['unavailable', 'answer', 'answers with something else than its discovery document'],
  OAUTH_PARSE_ERROR: ['unavailable', 'answer', 'answers with something else than its discovery document'],
  OAUTH_INVALID_RESPONSE: ['unavailable', 'answer', 'answers with something else than its discovery document'],
};

const ofUserInfo: Readonly<Record<string, Failure>> = {
  OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED: ['rejected', 'subject', 'told of somebody else than who signed in'],
};

/** openid-client says in `cause.cause` which claim of a token it did not expect, or that it is the header, which names the algorithm. */
const failureOfToken = ({ cause }: ClientError): Failure | undefined => {
  const detail = cause instanceof Error ? cause.cause : undefined;
  if (typeof detail !== 'object' || detail === null) return undefined;
  if ('claim' in detail) return byClaim[String(detail.claim)];
  return 'header' in detail ? unsigned : undefined;
};

const failureOf = (error: unknown, asked: Asked): Failure | undefined => {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return (asked === 'refresh' ? onRefresh[error.error] : undefined) ?? byError[error.error] ?? notUnderstood;
  }
  if (error instanceof WWWAuthenticateChallengeError) {
    return asked === 'userInfo'
      ? ['rejected', 'userInfo', 'does not accept its own access token']
      : byError.invalid_client;
  }
  if (!(error instanceof ClientError)) return undefined;
  const code = error.code ?? '';
  const special = asked === 'discovery' ? ofDiscovery[code] : asked === 'userInfo' ? ofUserInfo[code] : undefined;
  return failureOfToken(error) ?? special ?? byCode[code] ?? notUnderstood;
};

/** ProviderErrors of our own requests come back from openid-client as the cause of its errors. */
const ownErrorIn = (error: unknown): ProviderError | undefined => {
  for (let each = error; each instanceof Error; each = each.cause) if (each instanceof ProviderError) return each;
  return undefined;
};

const asError = ([code, reason, what]: Failure, providerName: string): ProviderError =>
  new ProviderError(code, reason, `${providerName} ${what}.`);

/** What openid-client failed with, as a ProviderError that holds nothing of what was sent. Whatever else it is stays as it is. */
export const asProviderError = (error: unknown, asked: Asked, providerName: string): unknown => {
  const own = ownErrorIn(error);
  if (own !== undefined) return own;
  const failure = failureOf(error, asked);
  return failure === undefined ? error : asError(failure, providerName);
};
