import * as contract from '@junction/contracts';
import type { House } from '../../../house.ts';
import type { Route } from '../../../http/asked.ts';
import { createGroupRole, deleteGroupRole, updateGroupRole } from './change-group-roles.ts';
import { listGroupRoles } from './list-group-roles.ts';

/** The roles of groups in an environment. */
export const groupRoleRoutes = (route: Route, house: House): void => {
  route(contract.listGroupRoles, (actor, asked) => listGroupRoles(house, actor, asked));
  route(contract.createGroupRole, (actor, asked) => createGroupRole(house, actor, asked));
  route(contract.updateGroupRole, (actor, asked) => updateGroupRole(house, actor, asked));
  route(contract.deleteGroupRole, (actor, asked) => deleteGroupRole(house, actor, asked));
};
