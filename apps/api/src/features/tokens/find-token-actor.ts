import { type Actor, tokenPattern } from '@junction/contracts';
import type { House } from '../../house.ts';
import { AppError } from '../../platform/app-error.ts';
import { hashToken } from '../../platform/tokens.ts';
import type { IdentityFacts } from '../people/index.ts';
import { findHolder } from './find-holder.ts';
import { touchToken } from './store.ts';

type Needs = Pick<House, 'db' | 'clock' | 'tokenLimits'>;

/** How exact the time of the last use is: a write per request would cost more than the minute is worth. */
const minuteMs = 60_000;

const invalid = (detail: string) => new AppError('tokenInvalid', detail);

/** What a token gets whose owner's identity provider no longer stands for them. */
export const ownerIsLost = (): AppError =>
  invalid('The identity provider no longer lets the owner of the token in. It works again once they have signed in.');

/** Whom a token acts for, and what is known of their identity at a provider. */
export type FoundToken = { actor: Actor; identity: IdentityFacts | null };

/**
 * Whom a token acts for, with their roles as they are at this moment and its scope. Throws tokenInvalid for what is no token, was revoked or
 * belongs to somebody whom their identity provider has lost, tokenExpired for one that has ended, tooManyRequests after too many unknown
 * ones. A page that is only open is no use of the token.
 */
export const findTokenActor = async (
  { db, clock, tokenLimits }: Needs,
  shown: string,
  { isUse, address }: { isUse: boolean; address: string },
): Promise<FoundToken> => {
  const now = clock.now();
  const holder = tokenPattern.test(shown) ? await findHolder(db, hashToken(shown), now) : undefined;
  if (holder === undefined) {
    if (isUse) await tokenLimits.failed(address);
    throw invalid('There is no such token. It may have been revoked: make a new one.');
  }
  const { token, owner, memberships, identity } = holder;
  if (token.expiresAt <= now) {
    throw new AppError('tokenExpired', `The token expired at ${token.expiresAt.toISOString()}. Make a new one.`);
  }
  if (identity?.lostAt) throw ownerIsLost();
  const minute = new Date(Math.floor(now.getTime() / minuteMs) * minuteMs);
  if (isUse && (token.lastUsedAt === null || token.lastUsedAt < minute))
    await touchToken(db, token.id, minute, address);
  const actor = {
    id: owner.id,
    name: owner.name,
    email: owner.email,
    sessionId: '',
    memberships,
    isService: owner.kind === 'service',
    token: { id: token.id, name: token.name, scope: token.scope },
  };
  return { actor, identity };
};
