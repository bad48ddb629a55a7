import type { Actor } from '@junction/contracts';
import type { House } from '../../house.ts';
import { AppError } from '../../platform/app-error.ts';
import { handshakeOf, isAnswerTo } from './handshake.ts';
import { findAttempt, useAttempt } from './store.ts';

const expired = () =>
  new AppError(
    'signInExpired',
    'The sign-in took too long, was used already or began in another browser. Start again.',
  );

const somebodyElse = () =>
  new AppError('signInExpired', 'Somebody else signed in here in the meantime. Sign in, then connect your account.');

/**
 * The attempt that an answer of a provider belongs to, used up from now on. Throws signInExpired for one that is not this browser's, was used
 * or is too old, and for an account to connect that is not the signed-in person's; unauthenticated when nobody is signed in for that.
 */
export const takeAttempt = async (
  { db, clock }: Pick<House, 'db' | 'clock'>,
  actor: Actor | null,
  { token, response }: { token: string | undefined; response: string },
) => {
  if (token === undefined) throw expired();
  const handshake = handshakeOf(token);
  if (!isAnswerTo(handshake, response)) throw expired();
  const now = clock.now();
  const attempt = await findAttempt(db, token, now);
  if (attempt === null) throw expired();
  if (attempt.personId !== null && actor === null)
    throw new AppError('unauthenticated', 'Sign in again, then connect your account.');
  if (attempt.personId !== null && attempt.personId !== actor?.id) throw somebodyElse();
  if (!(await useAttempt(db, attempt.id, now))) throw expired();
  return { ...attempt, handshake };
};
