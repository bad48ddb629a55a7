import { decodeJwt, decodeProtectedHeader, errors } from 'jose';
import { type Claims, textOf } from './claims.ts';
import { failureOfClaim } from './failures.ts';
import { ProviderError } from './identity-provider.ts';
import { clockToleranceSeconds } from './limits.ts';

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

/** The type that logout tokens should have, and what others write who have not followed yet. An access token has another one. */
const types = ['logout+jwt', 'application/logout+jwt', 'jwt', undefined];

type Expected = { issuer: string; clientId: string; providerName: string; now: Date };

export type LogoutToken = { issuer: string; subject: string | null; sid: string | null };

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Reads a JWT without believing it. */
const decode = (token: string): { type: string | undefined; claims: Claims } | undefined => {
  try {
    return { type: decodeProtectedHeader(token).typ?.toLowerCase(), claims: decodeJwt(token) };
  } catch (error) {
    // jose says TypeError of what is no JWT at all.
    if (error instanceof errors.JOSEError || error instanceof TypeError) return undefined;
    throw error;
  }
};

/**
 * Checks everything about a logout token but its signature. OpenID Connect Back-Channel Logout 1.0 §2.6. That `jti` was seen before is not looked
 * at: ending sessions that are over does nothing.
 */
export const checkLogoutToken = (
  token: string,
  { issuer, clientId, providerName, now }: Expected,
): { subject: string | null; sid: string | null } => {
  const wrong = (reason: string, what: string) =>
    new ProviderError('rejected', reason, `The logout token of ${providerName} ${what}.`);
  const decoded = decode(token);
  if (decoded === undefined) throw wrong('token', 'is not a token');
  const { type, claims } = decoded;
  if (!types.includes(type)) throw wrong('type', 'is a token of another kind');
  if (claims.iss !== issuer) throw failureOfClaim('iss', providerName);
  const audiences: unknown[] = Array.isArray(claims.aud) ? claims.aud : [claims.aud];
  if (!audiences.includes(clientId)) throw failureOfClaim('aud', providerName);
  const seconds = now.getTime() / 1000;
  if (typeof claims.iat !== 'number' || typeof claims.exp !== 'number') throw wrong('time', 'does not say its time');
  if (claims.exp <= seconds - clockToleranceSeconds) throw failureOfClaim('exp', providerName);
  if (claims.iat > seconds + clockToleranceSeconds) throw failureOfClaim('nbf', providerName);
  if (!isObject(claims.events) || !isObject((claims.events as Claims)[logoutEvent])) {
    throw wrong('events', 'does not say that somebody signed out');
  }
  // An ID token has one, and must not pass for a logout token.
  if (claims.nonce !== undefined) throw wrong('nonce', 'has a nonce, as only ID tokens do');
  const subject = textOf(claims, 'sub');
  const sid = textOf(claims, 'sid');
  if (subject === null && sid === null) throw wrong('subject', 'does not say who signed out');
  return { subject, sid };
};
