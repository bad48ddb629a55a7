import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: nobody guesses them, so a plain hash is enough to keep them by. */
const tokenBytes = 32;

/** A new opaque token for a cookie or a one-time link. */
export const newToken = (): string => randomBytes(tokenBytes).toString('base64url');

/** What is stored of a token. */
export const hashToken = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(token).digest());
