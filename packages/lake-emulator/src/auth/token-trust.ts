import { get } from 'node:https';
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  type FetchImplementation,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from 'jose';

/** The one tenant whose tokens an emulator takes, as a subscription belongs to one. */
export type TokenTrust = {
  /** A GUID; part of the challenge that a 401 carries. */
  tenantId: string;
  /** Where tokens are got: the `authorization_uri` of the challenge. */
  authorizationUri: string;
  /** What `iss` may be; Entra's is `https://sts.windows.net/{tid}/` in v1 tokens and `https://login.microsoftonline.com/{tid}/v2.0` in v2. */
  issuers: readonly string[];
  /** The keys tokens are signed with: given, asked for at every token, or fetched and, at most every `refetchAfterMs`, fetched again when a key is unknown. */
  keys: JSONWebKeySet | (() => JSONWebKeySet) | { uri: string; ca?: string; refetchAfterMs?: number };
};

/** After a fetch an unknown key is looked for again only so much later; somebody who invents key ids must not cause a storm. */
const REFETCH_AFTER_MS = 5_000;

/** Fetches over TLS with an authority that only this request trusts. */
const fetchWith =
  (ca: string | undefined): FetchImplementation =>
  (url, { signal }) =>
    new Promise((resolve, reject) => {
      get(url, { ca, signal }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 500 })));
      }).on('error', reject);
    });

/** Finds the key that a token names; asked at every token, so that keys may change. */
export const createKeyResolver = ({ keys }: TokenTrust): JWTVerifyGetKey => {
  if (typeof keys === 'function') return (header, token) => createLocalJWKSet(keys())(header, token);
  if ('keys' in keys) return createLocalJWKSet(keys);
  return createRemoteJWKSet(new URL(keys.uri), {
    cooldownDuration: keys.refetchAfterMs ?? REFETCH_AFTER_MS,
    [customFetch]: fetchWith(keys.ca),
  });
};
