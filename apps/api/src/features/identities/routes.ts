import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { completeSignIn } from './complete-sign-in.ts';
import { disconnectIdentity } from './disconnect-identity.ts';
import { groupRoleRoutes } from './group-roles/routes.ts';
import { startSignIn } from './start-sign-in.ts';

/** Signing in with an identity provider, and the roles that its groups give. */
export const identityRoutes = (route: Route, house: House): void => {
  route.open(contract.startSignIn, (actor, asked) => startSignIn(house, actor, asked));
  route.open(contract.completeSignIn, (previous, asked) => completeSignIn(house, previous, asked));
  route(contract.deleteMyIdentity, (actor, asked) => disconnectIdentity(house, actor, asked));
  groupRoleRoutes(route, house);
};
