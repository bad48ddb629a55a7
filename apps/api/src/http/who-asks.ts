import type { Actor } from '@junction/contracts';
import type { Request } from 'express';
import { confirmOwner, confirmSession } from '../features/identities/index.ts';
import { findSession } from '../features/people/index.ts';
import { findTokenActor, ownerIsLost } from '../features/tokens/index.ts';
import type { House } from '../house.ts';
import { readBearer } from './bearer.ts';
import type { Cookies } from './cookies.ts';

type Options = { isUse: boolean };

/** Whom a token acts for; throws when it does not hold, or when the provider of its owner no longer stands for them. */
const byToken = async (house: House, shown: string, request: Request, { isUse }: Options): Promise<Actor> => {
  const address = request.ip ?? '';
  const { actor, identity } = await findTokenActor(house, shown, { isUse, address });
  const standing = await confirmOwner(house, { identity, isService: actor.isService ?? false });
  if (standing === 'over') throw ownerIsLost();
  return standing === 'holds' ? actor : (await findTokenActor(house, shown, { isUse: false, address })).actor;
};

const bySession = async (house: House, token: string, options: Options): Promise<Actor | null> => {
  const found = await findSession(house, token, options);
  if (found === null) return null;
  const standing = await confirmSession(house, found);
  if (standing === 'over') return null;
  if (standing === 'holds') return found.actor;
  return (await findSession(house, token, { isUse: false }))?.actor ?? null;
};

/**
 * Who asks, with their roles as they are at this moment; null when nobody is signed in. `isUse` is false for a look that nobody asked for,
 * such as at a page that is only open: it keeps no session alive. Of who shows a token no cookie is looked at; throws when it does not hold,
 * and providerUnavailable when an identity provider has to answer first.
 */
export const whoAsks = (
  house: House,
  request: Request,
  cookie: Cookies['session'],
  { isUse = true }: Partial<Options> = {},
): Promise<Actor | null> => {
  const shown = readBearer(request);
  if (shown !== undefined) return byToken(house, shown, request, { isUse });
  const token = cookie.read(request.headers.cookie);
  return token === undefined ? Promise.resolve(null) : bySession(house, token, { isUse });
};
