import { type RequestHandler, urlencoded } from 'express';
import { endSessionsByProvider } from '../features/identities/index.ts';
import type { House } from '../house.ts';

/** Where identity providers tell that somebody has signed out there. */
export const backChannelLogoutPath = '/oidc/back-channel-logout';

/** A logout token has some kB at most. */
const bodyLimit = '16kb';

/** Reads the one field that a provider posts, as a form and nothing else. */
export const readLogoutForm = (): RequestHandler =>
  urlencoded({ extended: false, limit: bodyLimit, inflate: false, parameterLimit: 10 });

/**
 * Back-channel logout (OpenID Connect Back-Channel Logout 1.0 §2.5 to §2.8). No browser comes here: the token alone says who asks for what. Any
 * failure is a 400 that says nothing more; the reason is in the log.
 */
export const answerBackChannelLogout =
  (house: House): RequestHandler =>
  async (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    const { logout_token: token } = (request.body ?? {}) as { logout_token?: unknown };
    const isDone = typeof token === 'string' && (await endSessionsByProvider(house, token, request.ip ?? ''));
    if (isDone) response.status(200).end();
    else response.status(400).json({ error: 'invalid_request' });
  };
