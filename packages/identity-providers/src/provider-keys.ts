import { compactVerify, createLocalJWKSet, errors, type JSONWebKeySet } from 'jose';
import type { Ask } from './ask.ts';
import { ProviderError } from './identity-provider.ts';
import { keysMaxAgeMs, keysPauseMs } from './limits.ts';

/** Signatures that only the provider can make. Never `none`, and no HMAC, whose key the client has too. */
export const signatureAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** The keys that a provider signs with, as it publishes them. */
export type ProviderKeys = {
  /**
   * Verifies who signed a token, and nothing else about it. Where the keys at hand do not fit they are read anew, as the provider may have
   * changed them: at once for what it has given us itself, and only every few seconds (`from: 'anybody'`) for what anybody can send.
   */
  verify(token: string, jwksUri: string, ask: Ask, from: 'provider' | 'anybody'): Promise<void>;
};

const invalid = (providerName: string) =>
  new ProviderError('rejected', 'signature', `A token does not have the signature of ${providerName}.`);

const isKeySet = (json: unknown): json is JSONWebKeySet =>
  typeof json === 'object' && json !== null && 'keys' in json && Array.isArray(json.keys);

const readKeys = async (jwksUri: string, ask: Ask, providerName: string): Promise<JSONWebKeySet> => {
  const response = await ask(jwksUri, { headers: { accept: 'application/json' } });
  const json: unknown = response.status === 200 ? await response.json().catch(() => undefined) : undefined;
  if (!isKeySet(json)) throw new ProviderError('unavailable', 'keys', `${providerName} does not tell its keys.`);
  return json;
};

/** Whether other keys could make a difference: none fits, or one of the same name does not. */
const mayBeRollover = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWSSignatureVerificationFailed;

/** Keeps a provider's keys for some minutes, and follows when it rolls them over. */
export const keepKeys = (providerName: string, now: () => Date): ProviderKeys => {
  let kept: { keys: JSONWebKeySet; readAt: number } | undefined;

  const age = () => (kept === undefined ? Number.POSITIVE_INFINITY : Math.abs(now().getTime() - kept.readAt));

  const keysFor = async (jwksUri: string, ask: Ask, maxAgeMs: number) => {
    if (kept === undefined || age() >= maxAgeMs) {
      kept = { keys: await readKeys(jwksUri, ask, providerName), readAt: now().getTime() };
    }
    return createLocalJWKSet(kept.keys);
  };

  return {
    verify: async (token, jwksUri, ask, from) => {
      const verifyWith = async (maxAgeMs: number) =>
        compactVerify(token, await keysFor(jwksUri, ask, maxAgeMs), { algorithms: signatureAlgorithms });
      try {
        await verifyWith(keysMaxAgeMs).catch((error: unknown) => {
          if (!mayBeRollover(error)) throw error;
          return verifyWith(from === 'provider' ? 0 : keysPauseMs);
        });
      } catch (error) {
        throw error instanceof errors.JOSEError ? invalid(providerName) : error;
      }
    },
  };
};
