import type { Actor } from '@junction/contracts';
import type { Request } from 'express';
import { findSession } from '../features/people/index.ts';
import { findTokenActor } from '../features/tokens/index.ts';
import type { House } from '../house.ts';
import { readBearer } from './bearer.ts';
import type { Cookies } from './cookies.ts';

/**
 * Who asks, with their roles as they are at this moment; null when nobody is signed in. `isUse` is false for a look that nobody asked for,
 * such as at a page that is only open: it keeps no session alive. Of who shows a token no cookie is looked at; throws when it does not hold.
 */
export const whoAsks = async (
  house: House,
  request: Request,
  cookie: Cookies['session'],
  { isUse = true }: { isUse?: boolean } = {},
): Promise<Actor | null> => {
  const shown = readBearer(request);
  if (shown !== undefined) return findTokenActor(house, shown, { isUse, address: request.ip ?? '' });
  const token = cookie.read(request.headers.cookie);
  return token === undefined ? null : ((await findSession(house, token, { isUse }))?.actor ?? null);
};
