import { createHmac, randomBytes } from 'node:crypto';
import type { AccessToken } from '@azure/identity';

/** A token is not used in its last minutes, as clocks differ and a request takes time; a very short one for half of its life. */
const marginMs = 5 * 60_000;

/** Tokens are kept of as many credentials; each has about two kilobytes. */
const mostTokens = 500;

type Kept = { token: AccessToken; goodUntilMs: number };

const kept = new Map<string, Kept>();

/** Of this process alone, so that what names a token says nothing about the secret it was got with. */
const nameKey = randomBytes(32);

/** A name for a credential in which its secret has a part: with another secret it is another one, and finds nothing that is kept. */
export const tokenName = (parts: readonly string[]): string =>
  createHmac('sha256', nameKey).update(JSON.stringify(parts)).digest('base64');

/** A token that is good for a while; undefined when none is kept. */
export const keptToken = (name: string, now: Date): AccessToken | undefined => {
  const found = kept.get(name);
  if (found !== undefined && now.getTime() < found.goodUntilMs) return found.token;
  kept.delete(name);
  return undefined;
};

/** Keeps a token in memory for its life. Nothing is ever written to a disk. */
export const keepToken = (name: string, token: AccessToken, now: Date): void => {
  const lifeMs = token.expiresOnTimestamp - now.getTime();
  kept.delete(name);
  kept.set(name, { token, goodUntilMs: token.expiresOnTimestamp - Math.min(marginMs, lifeMs / 2) });
  const [oldest] = kept.keys();
  if (kept.size > mostTokens && oldest !== undefined) kept.delete(oldest);
};

/** Forgets a token that was not taken. */
export const forgetToken = (name: string): void => {
  kept.delete(name);
};
