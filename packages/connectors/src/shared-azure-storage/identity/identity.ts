import {
  type AccessToken,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  type TokenCredentialOptions,
  WorkloadIdentityCredential,
} from '@azure/identity';
import type { Outbound } from '../../outbound/outbound.ts';
import { isListedAccount } from '../../outbound/server-identity.ts';
import type { AuthenticationKind } from '../authentications.ts';
import type { FindingCode } from '../findings/findings.ts';
import { storageEndpoint } from '../storage-endpoint.ts';
import { type AuthorityLine, guardedLine, surroundingsLine } from './authority-line.ts';
import { type Claims, claimsOf } from './claims.ts';
import { readClientCertificate } from './client-certificate.ts';
import { type Cloud, cloudFor, cloudOf, isAzureAuthority } from './clouds.ts';
import { tokenFailureOf } from './failure-of-token.ts';
import { forgetToken, keepToken, keptToken, tokenName } from './kept-tokens.ts';
import type { SecretsAddress } from './secrets-endpoint.ts';
import { TokenFailure } from './token-failure.ts';

/**
 * What tokens are asked for: any storage account, in every cloud the same.
 * https://learn.microsoft.com/azure/storage/blobs/authorize-access-azure-active-directory#microsoft-authentication-library-msal
 */
export const storageAudience = 'https://storage.azure.com/.default';

/** Less than a request of a check has, so that one that waits for a token can still say who did not give it. */
const tokenDeadlineMs = 4_000;

/** What of a connection an identity is made from. */
export type IdentityTarget = {
  settings: SecretsAddress & { clientId?: string; clientSecretExpiresOn?: string };
  secrets: { clientSecret?: string; certificate?: string };
};

/** What an identity may use. */
export type IdentityContext = {
  outbound: Outbound;
  now(): Date;
  /** Whether a token has to be got anew, as a check does it to find out whether it still is given. */
  isFresh?: boolean;
};

/** Who opens the account where no key does. */
export type Identity = {
  /** In a sentence, such as "The service principal … of tenant …". */
  words(): string;
  /** What is wrong with it that can be told without asking anybody. */
  problem: FindingCode | undefined;
  hasCredential: boolean;
  /** When the credential ends, as far as that is known. */
  expiresAt: Date | undefined;
  /** Who gives its tokens, for messages. */
  authorityHost: string | undefined;
  cloud: Cloud;
  /** Its object ID in Entra, once there was a token. */
  objectId(): string | undefined;
  /** For the clients of the SDK. Gives tokens for storage and nothing else, whatever the other side says it wants. */
  credential: TokenCredential;
  /** A token for something else than storage. Rejects with TokenFailure. */
  tokenFor(audience: string, signal: AbortSignal): Promise<string>;
  /** Has the next request get a new token. */
  forget(): void;
  close(): void;
};

type Make = {
  /** Opens the line that the credential is to use until the signal fires. */
  line(ending: AbortSignal): AuthorityLine;
  credential(options: TokenCredentialOptions): TokenCredential;
  /** Rejects with TokenFailure when the line may not be used. */
  admit(ending: AbortSignal): Promise<void>;
  failureOf(line: AuthorityLine, ending: AbortSignal): TokenFailure;
};

type Kind = Pick<Identity, 'problem' | 'hasCredential' | 'expiresAt' | 'authorityHost' | 'cloud'> & {
  words(claims: Claims): string;
  nameParts: readonly string[];
  make: Make;
};

/** Waits for work that others wait for too, but not after the signal has fired. */
const unlessAborted = async <Value>(work: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> => {
  if (signal === undefined) return work;
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
};

const servicePrincipal = ({ settings, secrets }: IdentityTarget, { outbound, now }: IdentityContext): Kind => {
  const { authentication, tenantId = '', clientId = '' } = settings;
  const cloud = cloudFor(settings);
  const { authority } = cloud;
  const hasCertificate = authentication === 'servicePrincipalCertificate';
  const secret = (hasCertificate ? secrets.certificate : secrets.clientSecret) ?? '';
  const certificate = hasCertificate && secret !== '' ? readClientCertificate(secret, now()) : undefined;
  const noted = hasCertificate ? undefined : settings.clientSecretExpiresOn;
  return {
    cloud,
    authorityHost: new URL(authority).host,
    words: () => `The service principal ${clientId} of tenant ${tenantId}`,
    problem: certificate?.problem,
    hasCredential: secret !== '',
    expiresAt: noted === undefined ? certificate?.expiresAt : new Date(noted),
    nameParts: [authentication, authority, tenantId, clientId, secret],
    make: {
      line: (ending) => guardedLine(outbound, authority, ending, now),
      credential: (options) => {
        // Only this authority is asked, so nobody has to be asked whether it is one.
        const given = { ...options, authorityHost: authority, disableInstanceDiscovery: true };
        return hasCertificate
          ? new ClientCertificateCredential(tenantId, clientId, { certificate: secret }, given)
          : new ClientSecretCredential(tenantId, clientId, secret, given);
      },
      async admit(ending) {
        const admission = await outbound.admit(authority, ending);
        if (admission.admitted) return;
        const { message, remedy } = admission.refusal;
        throw new TokenFailure('authorityNotAllowed', { refusal: message, refusalRemedy: remedy });
      },
      failureOf: tokenFailureOf,
    },
  };
};

/** What decides about who the server is. */
const surroundings = [
  'AZURE_FEDERATED_TOKEN_FILE',
  'AZURE_TENANT_ID',
  'AZURE_CLIENT_ID',
  'AZURE_AUTHORITY_HOST',
  'IDENTITY_ENDPOINT',
] as const;

const isFederated = (): boolean =>
  ['AZURE_FEDERATED_TOKEN_FILE', 'AZURE_TENANT_ID', 'AZURE_CLIENT_ID'].every((name) => process.env[name]);

/** Only the platform's own ways: the tools of developers that the SDK also knows are programs, and a server starts none for a token. */
const surroundingsCredential = (options: TokenCredentialOptions): TokenCredential => {
  // A workload that is federated and refused is not to be taken for another identity that happens to be around.
  if (isFederated())
    return new WorkloadIdentityCredential({ ...options, disableInstanceDiscovery: isPrivateAuthority() });
  const clientId = process.env.AZURE_CLIENT_ID;
  return clientId ? new ManagedIdentityCredential({ ...options, clientId }) : new ManagedIdentityCredential(options);
};

/** The SDK keeps the first client that it was given for a managed identity for as long as the process lives. */
const machineLine = surroundingsLine(
  () => AbortSignal.timeout(tokenDeadlineMs),
  () => new Date(),
);

const isPrivateAuthority = (): boolean => {
  const host = process.env.AZURE_AUTHORITY_HOST;
  return host !== undefined && !isAzureAuthority(host.replace(/\/+$/, ''));
};

const serverIdentity = ({ settings }: IdentityTarget, { outbound, now }: IdentityContext): Kind => {
  const endpoints = (['dfs', 'blob'] as const).map((service) => storageEndpoint(settings, service));
  const allowed = outbound.serverIdentity;
  const isListed =
    allowed !== undefined && endpoints.every((endpoint) => isListedAccount(allowed, settings.accountName, endpoint));
  const given = process.env.AZURE_AUTHORITY_HOST?.replace(/\/+$/, '');
  const cloud =
    isPrivateAuthority() && given !== undefined
      ? { authority: given, resourceManager: given }
      : cloudOf(endpoints[0] ?? '');
  return {
    cloud,
    authorityHost: undefined,
    words: ({ clientId }) => `The server's own identity${clientId === undefined ? '' : ` (client ID ${clientId})`}`,
    problem: allowed === undefined ? 'serverIdentityOff' : isListed ? undefined : 'serverIdentityAccountNotListed',
    hasCredential: true,
    expiresAt: undefined,
    nameParts: ['serverIdentity', ...surroundings.map((name) => process.env[name] ?? '')],
    make: {
      line: (ending) => (isFederated() ? surroundingsLine(() => ending, now) : machineLine),
      credential: surroundingsCredential,
      admit: async () => undefined,
      failureOf(line, ending) {
        const failure = tokenFailureOf(line, ending);
        // Only an authority of Entra has such codes; nobody at all, or a metadata service without an identity, has none.
        return failure.about.errorCode?.startsWith('AADSTS') === true || failure.finding === 'authorityThrottled'
          ? failure
          : new TokenFailure('serverIdentityUnavailable', failure.about);
      },
    },
  };
};

const isIdentity = (kind: AuthenticationKind): boolean => kind !== 'sharedKey' && kind !== 'sas';

/** The identity of a connection; undefined for one that has a key or a SAS token. Asks nothing yet. */
export const openIdentity = (target: IdentityTarget, context: IdentityContext): Identity | undefined => {
  const { authentication, ...address } = target.settings;
  if (!isIdentity(authentication)) return undefined;
  const kind =
    authentication === 'serverIdentity' ? serverIdentity(target, context) : servicePrincipal(target, context);
  const isSecure = new URL(storageEndpoint(address, 'blob')).protocol === 'https:';
  const problem = kind.problem ?? (isSecure ? undefined : 'identityNeedsHttps');
  const closing = new AbortController();
  const underWay = new Map<string, Promise<AccessToken>>();
  let claims: Claims = {};

  const fetchToken = async (audience: string): Promise<AccessToken> => {
    const ending = AbortSignal.any([closing.signal, AbortSignal.timeout(tokenDeadlineMs)]);
    const line = kind.make.line(ending);
    try {
      await kind.make.admit(ending);
      const options = { httpClient: line.httpClient, retryOptions: { maxRetries: 0 } };
      const token = await unlessAborted(kind.make.credential(options).getToken(audience), ending);
      if (token === null) throw kind.make.failureOf(line, ending);
      return token;
    } catch (error) {
      throw error instanceof TokenFailure ? error : kind.make.failureOf(line, ending);
    } finally {
      line.close();
    }
  };

  const tokenOf = async (audience: string, signal: AbortSignal | undefined): Promise<AccessToken> => {
    if (!kind.hasCredential) throw new TokenFailure('credentialMissing');
    if (problem !== undefined) throw new TokenFailure(problem);
    const name = tokenName([...kind.nameParts, audience]);
    const known = context.isFresh === true ? undefined : keptToken(name, context.now());
    if (known !== undefined) return known;
    const asked = underWay.get(audience) ?? fetchToken(audience);
    underWay.set(audience, asked);
    // Whoever asked may have left.
    asked.catch(() => undefined);
    try {
      const token = await unlessAborted(asked, signal);
      keepToken(name, token, context.now());
      return token;
    } finally {
      // A check asks once; whoever works on asks again when what is kept is over.
      if (context.isFresh !== true) underWay.delete(audience);
    }
  };

  return {
    ...kind,
    problem,
    words: () => kind.words(claims),
    objectId: () => claims.objectId,
    credential: {
      getToken: async (_, options) => {
        const token = await tokenOf(storageAudience, options?.abortSignal as AbortSignal | undefined);
        claims = claimsOf(token.token);
        return token;
      },
    },
    tokenFor: async (audience, signal) => (await tokenOf(audience, signal)).token,
    forget: () => forgetToken(tokenName([...kind.nameParts, storageAudience])),
    close: () => closing.abort(new Error('The store was closed.')),
  };
};
