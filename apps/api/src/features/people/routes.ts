import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { changePassword } from './change-password.ts';
import { getSignInOptions } from './get-sign-in-options.ts';
import { deleteMySession, listMySessions } from './my-sessions.ts';
import { inspectOneTimeLink } from './one-time-links.ts';
import { readMe } from './read-me.ts';
import { redeemOneTimeLink } from './redeem-one-time-link.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { updateMe } from './update-me.ts';

/** Signing in and out, one's own account, and one-time links. */
export const peopleRoutes = (route: Route, house: House): void => {
  route.open(contract.getSignInOptions, () => getSignInOptions(house));
  route.open(contract.createSession, (previous, asked) => signIn(house, previous, asked));
  route(contract.deleteSession, (actor, asked) => signOut(house, actor, asked));
  route(contract.getMe, (actor) => readMe(house, actor));
  route(contract.updateMe, (actor, asked) => updateMe(house, actor, asked));
  route(contract.changePassword, (actor, asked) => changePassword(house, actor, asked));
  route(contract.listMySessions, (actor) => listMySessions(house, actor));
  route(contract.deleteMySession, (actor, asked) => deleteMySession(house, actor, asked));
  route.open(contract.inspectOneTimeLink, (actor, asked) => inspectOneTimeLink(house, actor, asked));
  route.open(contract.redeemOneTimeLink, (previous, asked) => redeemOneTimeLink(house, previous, asked));
};
