/** Which of the two identity providers that can be configured. */
export type ProviderId = 'entra' | 'oidc';

/** Microsoft's clouds, each with its own authority and its own Graph. */
export const clouds = ['public', 'china', 'usGovernment'] as const;
export type Cloud = (typeof clouds)[number];

/** What the operator has configured of one provider. */
export type ProviderSettings = {
  /** What the button on the sign-in page says. */
  name: string;
  clientId: string;
  /** Absent for a public client, which PKCE alone protects. */
  clientSecret?: string;
} & (
  | {
      id: 'entra';
      /** The tenant's GUID; only people of this tenant may sign in. */
      tenantId: string;
      cloud: Cloud;
      /** In place of the cloud's own, for a stand-in: origins without a path. */
      authority?: string;
      graph?: string;
    }
  | {
      id: 'oidc';
      /** As its discovery document says it: a URL, compared character by character. */
      issuer: string;
      /** The claim that lists groups. */
      groupsClaim: string;
      /** Asked for beside `openid profile email offline_access`. */
      scopes: readonly string[];
    }
);

/** What makes one sign-in this browser's own. All three are unguessable and used once. */
export type Handshake = { state: string; nonce: string; codeVerifier: string };

/** Who somebody is, as the provider proved it just now. */
export type ProvenIdentity = {
  issuer: string;
  /** Never given to anybody else: `oid` for Entra ID, `sub` for all others. */
  subject: string;
  /** In lower case; null when the provider tells none. */
  email: string | null;
  /** Whether the provider vouches that the address is theirs. */
  isEmailProven: boolean;
  name: string | null;
  /** Values of groups and app roles. */
  groups: readonly string[];
  /** The provider's name for its own session; null when it has none. */
  sid: string | null;
  /** What `refresh` takes; null when the provider gives none. */
  refreshToken: string | null;
};

/** One identity provider. Every call goes through the outbound guard and rejects with a ProviderError. */
export type IdentityProvider = {
  id: ProviderId;
  name: string;
  issuer: string;
  /** Where to send the browser: authorization code flow with PKCE (S256). */
  authorizationUrl(handshake: Handshake, options: { redirectUri: string; signal?: AbortSignal }): Promise<string>;
  /** Trades the code in what came back for proof of who it is. `response` is the query of the redirect URI, without '?'. */
  complete(
    response: string,
    handshake: Handshake,
    options: { redirectUri: string; signal?: AbortSignal },
  ): Promise<ProvenIdentity>;
  /** Asks whether somebody may still sign in, and what their groups are now; `lost` when they may not. */
  refresh(refreshToken: string, signal?: AbortSignal): Promise<ProvenIdentity>;
  /**
   * Where the browser signs out at the provider too (RP-initiated logout); null when the provider has no such place. It names the client
   * and the person's address, not their ID token, which would then stand in a URL.
   */
  signOutUrl(options: { email: string | null; returnTo: string; signal?: AbortSignal }): Promise<string | null>;
  /** Verifies a logout token of OpenID Connect Back-Channel Logout 1.0; `rejected` when it is none. */
  readLogoutToken(
    token: string,
    signal?: AbortSignal,
  ): Promise<{ issuer: string; subject: string | null; sid: string | null }>;
};

/**
 * - `unavailable`: it does not answer, or with an error of its own: it may pass by itself.
 * - `refused`: it said no to this person, such as `access_denied`.
 * - `rejected`: what it sent is not what was asked for, or not from it: state, nonce, issuer, audience, signature, time, code.
 * - `lost`: it no longer stands for a person whom it once let in.
 * - `misconfigured`: it does not know this client, its secret or its redirect URI; the operator has to change something.
 */
export type ProviderErrorCode = 'unavailable' | 'refused' | 'rejected' | 'lost' | 'misconfigured';

/** Why an identity provider could not say who somebody is. Holds no token, code or secret. */
export class ProviderError extends Error {
  readonly code: ProviderErrorCode;
  /** A word for what was wrong, such as `issuer`, `audience`, `nonce`, `signature`, `expired`, `clock`, `state`, `code`. */
  readonly reason: string;
  constructor(code: ProviderErrorCode, reason: string, message: string) {
    super(message);
    this.name = 'ProviderError';
    this.code = code;
    this.reason = reason;
  }
}
