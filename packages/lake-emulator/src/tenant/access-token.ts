import { randomBytes } from 'node:crypto';
import type { TenantClient } from './clients.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What a token says of who signed in how: `appidacr` of v1 and `azpacr` of v2. */
export type ProofKind = 'secret' | 'assertion';

export type TokenRequest = {
  tenantId: string;
  principal: Pick<TenantClient, 'clientId' | 'objectId'>;
  /** The `aud` of the token: the resource as it was asked for. */
  audience: string;
  proof: ProofKind;
};

export type AccessToken = { token: string; issuedAt: number; expiresAt: number };

export type AccessTokens = {
  /** Makes a token that is good for as long as the tenant's tokens are, or for so many seconds. */
  issue(request: TokenRequest, lifetimeSeconds?: number): Promise<AccessToken>;
};

export type AccessTokenOptions = {
  origin: string;
  keys: SigningKeys;
  /** Which of Entra's two forms; Azure Storage and Resource Manager get 1. */
  version: 1 | 2;
  lifetimeSeconds: number;
};

const PROOFS: Readonly<Record<ProofKind, string>> = { secret: '1', assertion: '2' };

/** What the `iss` of a tenant's tokens is: Entra's v1 and v2 forms, at this origin. */
export const issuersOf = (origin: string, tenantId: string): { v1: string; v2: string } => ({
  v1: `${origin}/${tenantId}/`,
  v2: `${origin}/${tenantId}/v2.0`,
});

/** "Access token claims reference", as far as an application without a user gets them. Times are seconds since 1970. */
export const createAccessTokens = ({ origin, keys, version, lifetimeSeconds }: AccessTokenOptions): AccessTokens => ({
  async issue({ tenantId, principal, audience, proof }, seconds = lifetimeSeconds) {
    const issuedAt = Math.floor(Date.now() / 1000);
    const expiresAt = issuedAt + seconds;
    const issuers = issuersOf(origin, tenantId);
    const ofVersion =
      version === 1
        ? { iss: issuers.v1, appid: principal.clientId, appidacr: PROOFS[proof], idp: issuers.v1, ver: '1.0' }
        : { iss: issuers.v2, azp: principal.clientId, azpacr: PROOFS[proof], ver: '2.0' };
    const token = await keys.sign({
      aud: audience,
      iat: issuedAt,
      nbf: issuedAt,
      exp: expiresAt,
      ...ofVersion,
      idtyp: 'app',
      oid: principal.objectId,
      sub: principal.objectId,
      tid: tenantId,
      uti: randomBytes(16).toString('base64url'),
    });
    return { token, issuedAt, expiresAt };
  },
});
