import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { grantProfileAccess } from './access/grant-profile-access.ts';
import { listMemberProfileAccess } from './access/list-member-profile-access.ts';
import { listProfileAccess } from './access/list-profile-access.ts';
import { listProfileViews } from './access/list-profile-views.ts';
import { revokeProfileAccess } from './access/revoke-profile-access.ts';

/** Imports of profile data, who may see it, and the reports. */
export const profileRoutes = (route: Route, house: House): void => {
  route(contract.listProfileAccess, (actor, asked) => listProfileAccess(house, actor, asked));
  route(contract.grantProfileAccess, (actor, asked) => grantProfileAccess(house, actor, asked));
  route(contract.revokeProfileAccess, (actor, asked) => revokeProfileAccess(house, actor, asked));
  route(contract.listProfileViews, (actor, asked) => listProfileViews(house, actor, asked));
  route(contract.listMemberProfileAccess, (actor, asked) => listMemberProfileAccess(house, actor, asked));
};
