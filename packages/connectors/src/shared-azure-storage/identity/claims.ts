import * as z from 'zod';

/** Whom a token is about. https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference */
export type Claims = { objectId?: string; clientId?: string; tenantId?: string };

const Id = z.guid().optional().catch(undefined);
const Payload = z.object({ oid: Id, appid: Id, azp: Id, tid: Id });

/**
 * Reads whom a token is about, to name them to whoever looks at a check. Nothing is decided by it, so its signature does not matter; what
 * is no ID is left out, whoever wrote it.
 */
export const claimsOf = (token: string): Claims => {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const { oid, appid, azp, tid } = Payload.parse(payload);
    return { objectId: oid, clientId: appid ?? azp, tenantId: tid };
  } catch {
    return {};
  }
};
