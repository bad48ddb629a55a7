import { decodeJwt } from 'jose';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { type SigningKey, unsigned } from './signing-keys.ts';
import type { Trouble } from './trouble.ts';

type Json = Record<string, unknown>;

type Keys = { own: SigningKey; foreign: SigningKey };

/** An ID token as a trouble wants it: with other claims, or signed by somebody else. */
const tamperWithIdToken = async (token: string, trouble: Trouble, { own, foreign }: Keys): Promise<string> => {
  const { idToken, signedBy, clockAheadSeconds = 0 } = trouble;
  if (idToken === undefined && signedBy === undefined && clockAheadSeconds === 0) return token;
  const claims: Json = decodeJwt(token);
  const shifted = {
    ...claims,
    iat: Number(claims.iat) + clockAheadSeconds,
    exp: Number(claims.exp) + clockAheadSeconds,
  };
  const changed = idToken?.(shifted) ?? shifted;
  if (signedBy === 'nobody') return unsigned(changed);
  return signedBy === 'somebodyElse' ? foreign.sign(changed, { kid: own.jwk.kid }) : own.sign(changed);
};

/** Changes what the library is about to answer, as a trouble wants it. */
export const tamper = async (ctx: KoaContextWithOIDC, trouble: Trouble, keys: Keys): Promise<void> => {
  const body = (ctx.body ?? {}) as Json;
  if (ctx.oidc?.route === 'discovery' && trouble.discovery !== undefined) ctx.body = trouble.discovery(body);
  if (ctx.oidc?.route === 'token' && typeof body.id_token === 'string') {
    const idToken = trouble.withoutIdToken ? undefined : await tamperWithIdToken(body.id_token, trouble, keys);
    ctx.body = { ...body, id_token: idToken };
  }
};
