import { maxTokensPerOwner } from '@junction/contracts';
import { AppError } from '../../platform/app-error.ts';

const dayMs = 24 * 3_600_000;

/** An expired token is listed for so long, so that whoever wonders why a program stopped sees it; then it is swept away when one is made. */
const listedAfterExpiryDays = 30;

export const expiryOf = (now: Date, days: number): Date => new Date(now.getTime() + days * dayMs);

/** Tokens that expired before this are swept away. */
export const sweptBefore = (now: Date): Date => new Date(now.getTime() - listedAfterExpiryDays * dayMs);

export const isExpired = ({ expiresAt }: { expiresAt: Date }, now: Date): boolean => expiresAt <= now;

/** Throws tooManyTokens when there is no room for one more. */
export const requireRoom = (count: number): void => {
  if (count < maxTokensPerOwner) return;
  throw new AppError('tooManyTokens', `There are ${maxTokensPerOwner} tokens. Revoke one that is not needed any more.`);
};
