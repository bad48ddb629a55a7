import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { getSignInOptions } from './get-sign-in-options.ts';
import { readMe } from './read-me.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

/** Signing in and out, one's own account, and one-time links. */
export const peopleRoutes = (route: Route, house: House): void => {
  route.open(contract.getSignInOptions, () => getSignInOptions(house));
  route.open(contract.createSession, async (previous, { body, from, setSession }) => {
    const { me, session } = await signIn(house, previous, body, from);
    setSession(session);
    return me;
  });
  route(contract.deleteSession, async (actor, { from, setSession }) => {
    await signOut(house, actor, from.address);
    setSession(null);
  });
  route(contract.getMe, (actor) => readMe(house, actor));
};
