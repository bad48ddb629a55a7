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
  route(contract.updateMe, (actor, { body, expectedVersion, from }) =>
    updateMe(house, actor, body, expectedVersion, from.address),
  );
  route(contract.changePassword, (actor, { body, from }) => changePassword(house, actor, body, from.address));
  route(contract.listMySessions, (actor) => listMySessions(house, actor));
  route(contract.deleteMySession, async (actor, { params, expectedVersion, from, setSession }) => {
    const wasThisOne = await deleteMySession(house, actor, params.sessionId, expectedVersion, from.address);
    if (wasThisOne) setSession(null);
  });
  route.open(contract.inspectOneTimeLink, (_actor, { body, from }) =>
    inspectOneTimeLink(house, body.token, from.address),
  );
  route.open(contract.redeemOneTimeLink, async (previous, { body, from, setSession }) => {
    const { me, session } = await redeemOneTimeLink(house, previous, body, from);
    setSession(session);
    return me;
  });
};
