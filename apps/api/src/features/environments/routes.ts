import * as contract from '@junction/contracts';
import type { House } from '../../house.ts';
import type { Route } from '../../http/asked.ts';
import { deleteMember, updateMember } from './change-member.ts';
import { createEnvironment } from './create-environment.ts';
import { createMember } from './create-member.ts';
import { deleteEnvironment } from './delete-environment.ts';
import { getEnvironment } from './get-environment.ts';
import { getMember } from './get-member.ts';
import { listEnvironments } from './list-environments.ts';
import { listMembers } from './list-members.ts';
import { resetMemberPassword } from './reset-member-password.ts';
import { updateEnvironment } from './update-environment.ts';

/** Environments and who belongs to them. */
export const environmentRoutes = (route: Route, house: House): void => {
  route(contract.listEnvironments, (actor, asked) => listEnvironments(house, actor, asked));
  route(contract.createEnvironment, (actor, asked) => createEnvironment(house, actor, asked));
  route(contract.getEnvironment, (actor, asked) => getEnvironment(house, actor, asked));
  route(contract.updateEnvironment, (actor, asked) => updateEnvironment(house, actor, asked));
  route(contract.deleteEnvironment, (actor, asked) => deleteEnvironment(house, actor, asked));
  route(contract.listMembers, (actor, asked) => listMembers(house, actor, asked));
  route(contract.getMember, (actor, asked) => getMember(house, actor, asked));
  route(contract.createMember, (actor, asked) => createMember(house, actor, asked));
  route(contract.updateMember, (actor, asked) => updateMember(house, actor, asked));
  route(contract.deleteMember, (actor, asked) => deleteMember(house, actor, asked));
  route(contract.resetMemberPassword, (actor, asked) => resetMemberPassword(house, actor, asked));
};
