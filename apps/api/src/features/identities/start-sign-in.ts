import type * as contract from '@junction/contracts';
import { type Actor, signInCallbackPath } from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Asked } from '../../http/asked.ts';
import { AppError, invalidField } from '../../platform/app-error.ts';
import { newToken } from '../../platform/tokens.ts';
import { handshakeOf } from './handshake.ts';
import { asAppError, asProviderError, logProviderError } from './provider-problems.ts';
import { readReturnPath } from './return-path.ts';
import { insertAttempt } from './store.ts';

/** Long enough to find a second factor, short enough that nobody finds a browser half-way signed in. */
export const attemptMinutes = 10;

/** Where providers send browsers back to. */
export const redirectUriOf = ({ publicUrl }: Pick<House, 'publicUrl'>): string =>
  new URL(signInCallbackPath, publicUrl).href;

type Needs = Pick<House, 'db' | 'clock' | 'log' | 'publicUrl' | 'identityProviders' | 'signInAttemptLimits'>;

/** Only somebody who is signed in in a browser has an account to connect. */
const requireBrowser = (actor: Actor | null): string => {
  if (actor !== null && actor.sessionId !== '') return actor.id;
  throw new AppError('unauthenticated', 'Sign in first, then connect your account.');
};

/**
 * Begins a sign-in with a provider: what makes it this browser's own goes into a cookie, and the browser on its way. Nothing changes for a
 * session that the browser has already.
 */
export const startSignIn = async (
  house: Needs,
  actor: Actor | null,
  { body: { providerId, purpose, returnTo }, from, signal, setSignInToken }: Asked<typeof contract.startSignIn>,
): Promise<{ url: string }> => {
  const provider = house.identityProviders.find(({ id }) => id === providerId);
  if (provider === undefined)
    throw invalidField('providerId', 'not_configured', 'This Junction has no such identity provider.');
  const personId = purpose === 'connect' ? requireBrowser(actor) : null;
  const path = returnTo === undefined ? null : readReturnPath(returnTo, house.publicUrl);
  await house.signInAttemptLimits.begin(from.address);
  const token = newToken();
  const url = await provider
    .authorizationUrl(handshakeOf(token), { redirectUri: redirectUriOf(house), signal })
    .catch((error: unknown) => {
      const failure = asProviderError(error);
      logProviderError(house, provider, failure, 'a sign-in could not begin');
      throw asAppError(provider, failure);
    });
  const createdAt = house.clock.now();
  const expiresAt = new Date(createdAt.getTime() + attemptMinutes * 60_000);
  await insertAttempt(house.db, token, { providerId, personId, returnTo: path, createdAt, expiresAt });
  setSignInToken({ token, expiresAt });
  return { url };
};
