import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose';

export type SigningAlgorithm = 'ES256' | 'RS256';

/** A key that tokens are signed with. */
export type SigningKey = {
  jwk: JWK;
  sign(claims: Record<string, unknown>, header?: { typ?: string; kid?: string }): Promise<string>;
};

export const createSigningKey = async (alg: SigningAlgorithm): Promise<SigningKey> => {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const kid = randomUUID();
  return {
    jwk: { ...(await exportJWK(privateKey)), alg, kid, use: 'sig' },
    sign: (claims, header) => new SignJWT(claims).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  };
};

/** A token that nobody has signed: `alg` is `none`. */
export const unsigned = (claims: Record<string, unknown>): string => new UnsecuredJWT(claims).encode();
