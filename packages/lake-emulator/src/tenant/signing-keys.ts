import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';

/** Keys that tokens are signed with, and those that were. */
export type SigningKeys = {
  /** The public keys. */
  keySet(): JSONWebKeySet;
  /** Signs with the newest key. */
  sign(payload: JWTPayload): Promise<string>;
  /**
   * Signs with a new key from now on.
   * @param options.isOldKept false: what was signed before is good no more, as after a key was revoked. Default true.
   */
  rotate(options?: { isOldKept?: boolean }): Promise<void>;
};

const ALGORITHM = 'RS256';

/** Makes the first key. */
export const createSigningKeys = async (): Promise<SigningKeys> => {
  const make = async () => {
    const { publicKey, privateKey } = await generateKeyPair(ALGORITHM);
    const kid = randomUUID();
    return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', alg: ALGORITHM } };
  };
  let newest = await make();
  let published = [newest.jwk];
  return {
    keySet: () => ({ keys: published }),
    sign: (payload) =>
      new SignJWT(payload).setProtectedHeader({ typ: 'JWT', alg: ALGORITHM, kid: newest.kid }).sign(newest.privateKey),
    async rotate({ isOldKept = true } = {}) {
      const old = isOldKept ? published : [];
      newest = await make();
      published = [newest.jwk, ...old];
    },
  };
};
