import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { LakeAccount } from '../accounts.ts';
import { header, type LakeRequest } from '../lake-request.ts';
import { type StorageError, storageError } from '../storage-error.ts';
import type { Access } from './access.ts';
import type { RoleAssignments } from './roles.ts';
import { createKeyResolver, type TokenTrust } from './token-trust.ts';

/** Proves a token and says what its principal may do on the account. */
export type BearerVerifier = (account: LakeAccount, request: LakeRequest, token: string) => Promise<Access>;

/** The resource that all of Azure Storage is to a tenant. */
export const STORAGE_RESOURCE = 'https://storage.azure.com';

/** "Call storage operations with OAuth tokens": the oldest `x-ms-version` that may. */
const OLDEST_VERSION = '2017-11-09';
/** "Bearer challenge": who sends an older version is answered 403 and no challenge. */
const CHALLENGE_VERSION = '2019-12-12';

/** The audiences that are good for one account, each also with a slash at its end. */
const audiencesFor = (account: LakeAccount): string[] =>
  [STORAGE_RESOURCE, `https://${account.name}.blob.core.windows.net`].flatMap((audience) => [audience, `${audience}/`]);

const CLAIM_DETAILS: Readonly<Record<string, string>> = {
  aud: 'Audience validation failed. Audience did not match.',
  iss: 'Issuer validation failed. Issuer did not match.',
  nbf: 'Lifetime validation failed. The token is not yet valid.',
};

/** Azure's sentence about what is wrong with a token. */
const detailOf = (error: unknown): string => {
  if (error instanceof errors.JWTExpired) return 'Lifetime validation failed. The token is expired.';
  if (error instanceof errors.JWTClaimValidationFailed) {
    return CLAIM_DETAILS[error.claim] ?? `Token validation failed. ${error.claim} is missing or malformed.`;
  }
  if (error instanceof errors.JWKSNoMatchingKey) return 'Signature validation failed. Signature key not found.';
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return 'Signature validation failed. Signature verification failed.';
  }
  return 'Signature validation failed. The token is malformed.';
};

const refusal = (version: string, detail: string): StorageError =>
  storageError(version < CHALLENGE_VERSION ? 'AuthenticationFailed' : 'InvalidAuthenticationInfo', { detail });

const requireToken = async (
  token: string,
  { issuers }: TokenTrust,
  resolveKey: JWTVerifyGetKey,
  account: LakeAccount,
): Promise<string> => {
  const { payload } = await jwtVerify(token, resolveKey, {
    algorithms: ['RS256'],
    issuer: [...issuers],
    audience: audiencesFor(account),
    requiredClaims: ['exp', 'oid'],
  });
  return String(payload.oid);
};

/**
 * Verifies `Authorization: Bearer` as "Authorize with Microsoft Entra ID" describes: only over TLS, with a token of the
 * tenant for Azure Storage or for this account. Nothing is allowed for clocks that differ.
 * @param trust absent: no token is good.
 */
export const createBearerVerifier = (trust: TokenTrust | undefined, assignments: RoleAssignments): BearerVerifier => {
  const resolveKey = trust && createKeyResolver(trust);
  return async (account, request, token) => {
    if (!request.isSecure) {
      throw storageError('AuthenticationFailed', { detail: 'Authentication scheme Bearer is not allowed with HTTP.' });
    }
    const version = header(request, 'x-ms-version') ?? '';
    if (version < OLDEST_VERSION) {
      throw storageError('AuthenticationFailed', {
        detail: 'Authentication scheme Bearer is not supported in this version.',
      });
    }
    if (!trust || !resolveKey) throw refusal(version, 'This emulator was started without a tenant to trust.');
    try {
      const principalId = await requireToken(token, trust, resolveKey, account);
      return { kind: 'principal', principalId, roles: assignments.of(principalId, account.name) };
    } catch (error) {
      throw refusal(version, detailOf(error));
    }
  };
};

/** What a 401 says in `WWW-Authenticate` so that clients know where to get a token for what. */
export const bearerChallenge = ({ authorizationUri }: TokenTrust): string =>
  `Bearer authorization_uri=${authorizationUri} resource_id=${STORAGE_RESOURCE}`;
