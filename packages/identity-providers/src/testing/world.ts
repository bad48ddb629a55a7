import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { createOutbound, guardedFetch } from '@junction/connectors/outbound';
import { createIdentityProvider } from '../create-identity-provider.ts';
import {
  type Handshake,
  type IdentityProvider,
  type ProvenIdentity,
  ProviderError,
  type ProviderSettings,
} from '../identity-provider.ts';
import { allowedHostsOf } from '../places.ts';
import type { StandInPerson } from './directory.ts';
import { openPlainBrowser } from './sign-in-as.ts';
import { type StandInOptions, type StandInProvider, startStandInProvider } from './stand-in-provider.ts';

export const redirectUri = 'https://junction.contoso.example/sign-in/callback';
export const signInPage = 'https://junction.contoso.example/sign-in';
export const clientId = 'junction';
export const clientSecret = 'the-secret-of-junction';
export const tenantId = '0f3b6a52-5d1c-4a5f-9a34-1f7d3b1f2c11';

export const ada: StandInPerson = {
  sub: '5b2c0e4e-8f0a-4b8e-9b1a-3a1f1d7d6c01',
  email: 'ada@contoso.example',
  name: 'Ada Lovelace',
  groups: ['engineers', 'pilots'],
};

export const newHandshake = (): Handshake => ({
  state: randomBytes(32).toString('base64url'),
  nonce: randomBytes(32).toString('base64url'),
  codeVerifier: randomBytes(32).toString('base64url'),
});

type Options = Partial<
  Pick<StandInOptions, 'people' | 'claimsIn' | 'rotatesRefreshTokens' | 'algorithm' | 'clients'>
> & {
  flavour?: 'generic' | 'entra';
  /** Changes the settings that fit the stand-in. */
  settings?: Partial<Extract<ProviderSettings, { id: 'oidc' }>> | Partial<Extract<ProviderSettings, { id: 'entra' }>>;
  /** Of the outbound guard, in place of those that the provider needs. */
  allowedHosts?: readonly string[];
  requestTimeoutMs?: number;
};

/** A provider, Junction's side of it, and Ada. */
export type World = {
  standIn: StandInProvider;
  settings: ProviderSettings;
  provider: IdentityProvider;
  /** Another process of Junction: the same settings, nothing remembered. */
  anotherProvider(): IdentityProvider;
  /** Moves Junction's clock on. */
  waitSeconds(seconds: number): void;
  /** Goes to the provider and comes back: what it sent, and what that belongs to. */
  goThere(options?: { email?: string; handshake?: Handshake }): Promise<{ response: string; handshake: Handshake }>;
  /** The whole way. */
  signIn(email?: string): Promise<ProvenIdentity>;
  close(): Promise<void>;
};

export const openWorld = async ({
  flavour = 'generic',
  settings: changed,
  ...options
}: Options = {}): Promise<World> => {
  const standIn = await startStandInProvider({
    people: options.people ?? [ada],
    clients: options.clients ?? [
      { clientId, clientSecret, redirectUris: [redirectUri], postLogoutRedirectUris: [signInPage] },
    ],
    ...(flavour === 'entra' ? { tenantId } : {}),
    claimsIn: options.claimsIn,
    rotatesRefreshTokens: options.rotatesRefreshTokens,
    algorithm: options.algorithm,
  });
  const shared = { name: 'Contoso ID', clientId, clientSecret };
  const settings = {
    ...(flavour === 'entra'
      ? { ...shared, id: flavour, tenantId, cloud: 'public', authority: standIn.origin, graph: standIn.origin }
      : { ...shared, id: 'oidc', issuer: standIn.issuer, groupsClaim: 'groups', scopes: ['groups'] }),
    ...changed,
  } as ProviderSettings;
  const outbound = createOutbound({ allowedHosts: options.allowedHosts ?? allowedHostsOf(settings) });
  let aheadMs = 0;
  const anotherProvider = () =>
    createIdentityProvider(settings, {
      fetch: guardedFetch(outbound),
      now: () => new Date(Date.now() + aheadMs),
      requestTimeoutMs: options.requestTimeoutMs,
    });
  const provider = anotherProvider();

  const goThere: World['goThere'] = async ({ email = ada.email, handshake = newHandshake() } = {}) => {
    const url = await provider.authorizationUrl(handshake, { redirectUri });
    return { response: await openPlainBrowser().signInAs(url, email), handshake };
  };

  return {
    standIn,
    settings,
    provider,
    anotherProvider,
    waitSeconds: (seconds) => {
      aheadMs += seconds * 1_000;
    },
    goThere,
    signIn: async (email) => {
      const { response, handshake } = await goThere({ email });
      return provider.complete(response, handshake, { redirectUri });
    },
    close: () => standIn.close(),
  };
};

/** What a call fails with: code, reason and message. Throws when it does not fail, or when the error holds one of the secrets. */
export const failureOf = async (
  promise: Promise<unknown>,
  secrets: readonly string[] = [],
): Promise<{ code: string; reason: string; message: string }> => {
  const error: unknown = await promise.then(
    (result) => {
      throw new Error(`It did not fail: ${inspect(result)}`);
    },
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderError)) throw error;
  const told = inspect(error, { depth: 10, showHidden: true });
  const leaked = [clientSecret, ...secrets].find((secret) => secret !== '' && told.includes(secret));
  if (leaked !== undefined) throw new Error(`The error tells a secret: ${told}`);
  return { code: error.code, reason: error.reason, message: error.message };
};
