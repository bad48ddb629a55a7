import type { Actor } from '@junction/contracts';
import type { Request } from 'express';
import { findActor } from '../features/people/index.ts';
import type { House } from '../house.ts';
import type { SessionCookie } from './cookies.ts';

/**
 * Who asks, with their roles as they are at this moment; null when nobody is signed in. `isUse` is false for a look that nobody asked for,
 * such as at a page that is only open: it keeps no session alive.
 */
export const whoAsks = async (
  house: House,
  request: Request,
  cookie: SessionCookie,
  { isUse = true }: { isUse?: boolean } = {},
): Promise<Actor | null> => {
  const token = cookie.read(request.headers.cookie);
  return token === undefined ? null : findActor(house, token, { isUse });
};
