import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  calculatePKCECodeChallenge,
  clockSkew,
  clockTolerance,
  customFetch,
  fetchUserInfo,
  None,
  refreshTokenGrant,
  skipSubjectCheck,
} from 'openid-client';
import { type Ask, askedTooLong, createAsk } from './ask.ts';
import { type Claims, textOf } from './claims.ts';
import { keepDiscovery, type Metadata } from './discovery.ts';
import { readEntraPerson } from './entra-person.ts';
import { type Asked, asProviderError, failureOfClaim } from './failures.ts';
import { readGenericPerson } from './generic-person.ts';
import { askGraphForGroups } from './graph-groups.ts';
import {
  type IdentityProvider,
  type ProvenIdentity,
  ProviderError,
  type ProviderSettings,
} from './identity-provider.ts';
import { clockToleranceSeconds, requestTimeoutMs as defaultRequestTimeoutMs } from './limits.ts';
import { checkLogoutToken } from './logout-token.ts';
import { graphOf, issuerOf, readPlace } from './places.ts';
import { keepKeys } from './provider-keys.ts';
import { waitFor } from './wait-for.ts';

export type IdentityProviderOptions = {
  /** Through the outbound guard. */
  fetch: typeof fetch;
  now: () => Date;
  /** How long one request may take. */
  requestTimeoutMs?: number;
};

/** `User.Read` lets Graph tell the groups of the person themselves, where a token has no room for them. */
const entraScopes = ['User.Read'];

/** `offline_access` asks for a refresh token. OpenID Connect Core 1.0 §11 */
const scopesOf = (settings: ProviderSettings): string =>
  [
    ...new Set([
      'openid',
      'profile',
      'email',
      'offline_access',
      ...(settings.id === 'entra' ? entraScopes : settings.scopes),
    ]),
  ].join(' ');

/** How the client proves who it is: in the body where the provider announces that it may, else in the header, which is the default. */
const clientAuthenticationOf = ({ clientSecret }: ProviderSettings, metadata: Metadata) => {
  if (clientSecret === undefined) return None();
  const methods = metadata.token_endpoint_auth_methods_supported ?? [];
  return methods.includes('client_secret_post') ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret);
};

type Tokens = Awaited<ReturnType<typeof refreshTokenGrant>>;

/**
 * One identity provider: OpenID Connect Core 1.0 with the authorization code flow and PKCE (RFC 7636). Throws a ProviderError when the settings
 * cannot be right.
 */
export const createIdentityProvider = (
  settings: ProviderSettings,
  { fetch, now, requestTimeoutMs = defaultRequestTimeoutMs }: IdentityProviderOptions,
): IdentityProvider => {
  const { id, name, clientId } = settings;
  const issuer = issuerOf(settings);
  readPlace(issuer, name);
  if (settings.id === 'entra') readPlace(graphOf(settings), name);

  const askFor = (signal?: AbortSignal) =>
    createAsk({ fetch, timeoutMs: requestTimeoutMs, providerName: name }, signal);
  const discovered = keepDiscovery({ issuer, clientId, providerName: name, ask: askFor(), now });
  const discover = (signal?: AbortSignal) => waitFor(discovered(), signal, () => askedTooLong(name));
  const keys = keepKeys(name, now);

  /** The client as openid-client wants it, for one call: what it asks ends with the caller's signal. */
  const configure = (metadata: Metadata, ask: Ask): Configuration => {
    const skewMs = now().getTime() - Date.now();
    const client = { [clockSkew]: Math.round(skewMs / 1000), [clockTolerance]: clockToleranceSeconds };
    const config = new Configuration(metadata, clientId, client, clientAuthenticationOf(settings, metadata));
    config[customFetch] = ask;
    // Both are `ask`'s to decide.
    config.timeout = 0;
    allowInsecureRequests(config);
    return config;
  };

  const translated = <Result>(asked: Asked, promise: Promise<Result>): Promise<Result> =>
    promise.catch((error: unknown) => {
      throw asProviderError(error, asked, name);
    });

  /** The claims of a valid ID token whose other claims openid-client has checked; undefined without one. */
  const verifiedClaims = async (tokens: Tokens, metadata: Metadata, ask: Ask): Promise<Claims | undefined> => {
    const claims = tokens.claims();
    if (tokens.id_token === undefined || claims === undefined) return undefined;
    if (claims.iat > now().getTime() / 1000 + clockToleranceSeconds) throw failureOfClaim('nbf', name);
    await keys.verify(tokens.id_token, metadata.jwks_uri, ask, 'provider');
    return claims;
  };

  const prove = async (
    tokens: Tokens,
    metadata: Metadata,
    config: Configuration,
    ask: Ask,
  ): Promise<Omit<ProvenIdentity, 'refreshToken'>> => {
    const claims = await verifiedClaims(tokens, metadata, ask);
    const sid = claims === undefined ? null : textOf(claims, 'sid');
    if (settings.id === 'entra') {
      if (claims === undefined) throw new ProviderError('rejected', 'idToken', `${name} sent no ID token.`);
      const askGroups = () => askGraphForGroups(graphOf(settings), tokens.access_token, ask, name);
      const person = await readEntraPerson({ claims, tenantId: settings.tenantId, providerName: name, askGroups });
      return { issuer, sid, ...person };
    }
    const { groupsClaim } = settings;
    const askUserInfo = (subject: string | typeof skipSubjectCheck): Promise<Claims> =>
      translated('userInfo', fetchUserInfo(config, tokens.access_token, subject));
    if (claims === undefined) {
      const told = await askUserInfo(skipSubjectCheck);
      const subject = String(told.sub);
      return {
        issuer,
        sid,
        ...(await readGenericPerson({ claims: told, subject, groupsClaim, askUserInfo: undefined })),
      };
    }
    const subject = String(claims.sub);
    if (subject === '') throw new ProviderError('rejected', 'subject', `${name} does not say who signed in.`);
    const mayAsk = metadata.userinfo_endpoint === undefined ? undefined : () => askUserInfo(subject);
    return { issuer, sid, ...(await readGenericPerson({ claims, subject, groupsClaim, askUserInfo: mayAsk })) };
  };

  return {
    id,
    name,
    issuer,

    authorizationUrl: async ({ state, nonce, codeVerifier }, { redirectUri, signal }) => {
      const config = configure(await discover(signal), askFor(signal));
      const url = buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: scopesOf(settings),
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      });
      return url.href;
    },

    complete: async (response, { state, nonce, codeVerifier }, { redirectUri, signal }) => {
      const answered = new URLSearchParams(response);
      if (answered.get('state') !== state) {
        throw new ProviderError('rejected', 'state', 'What came back does not belong to this sign-in.');
      }
      const metadata = await discover(signal);
      // RFC 9207: a provider that announces the parameter always sends it, and none may send another's name.
      const isAnnounced = metadata.authorization_response_iss_parameter_supported === true;
      const iss = answered.get('iss');
      if (iss === null ? isAnnounced : iss !== issuer) throw failureOfClaim('iss', name);
      const ask = askFor(signal);
      const config = configure(metadata, ask);
      const returned = new URL(redirectUri);
      returned.search = response;
      const checks = {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      };
      const tokens = await translated('code', authorizationCodeGrant(config, returned, checks));
      return { ...(await prove(tokens, metadata, config, ask)), refreshToken: tokens.refresh_token ?? null };
    },

    refresh: async (refreshToken, signal) => {
      const metadata = await discover(signal);
      const ask = askFor(signal);
      const config = configure(metadata, ask);
      const tokens = await translated('refresh', refreshTokenGrant(config, refreshToken));
      // A provider that rotates sends the next one; the one before is used up then. RFC 6749 §6
      return { ...(await prove(tokens, metadata, config, ask)), refreshToken: tokens.refresh_token ?? refreshToken };
    },

    signOutUrl: async ({ email, returnTo, signal }) => {
      const metadata = await discover(signal);
      if (metadata.end_session_endpoint === undefined) return null;
      const parameters: Record<string, string> = { post_logout_redirect_uri: returnTo };
      if (email !== null) parameters.logout_hint = email;
      return buildEndSessionUrl(configure(metadata, askFor(signal)), parameters).href;
    },

    readLogoutToken: async (token, signal) => {
      const named = checkLogoutToken(token, { issuer, clientId, providerName: name, now: now() });
      const { jwks_uri: jwksUri } = await discover(signal);
      await keys.verify(token, jwksUri, askFor(signal), 'anybody');
      return { issuer, ...named };
    },
  };
};
