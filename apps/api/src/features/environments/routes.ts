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
  route(contract.listEnvironments, (actor, { query, nextLink }) => listEnvironments(house, actor, query, nextLink));
  route(contract.createEnvironment, (actor, { body, from }) => createEnvironment(house, actor, body, from.address));
  route(contract.getEnvironment, (actor, { params }) => getEnvironment(house, actor, params.environmentId));
  route(contract.updateEnvironment, (actor, { params, body, expectedVersion, from }) =>
    updateEnvironment(house, actor, params.environmentId, body, expectedVersion, from.address),
  );
  route(contract.deleteEnvironment, (actor, { params, query, expectedVersion, from }) =>
    deleteEnvironment(house, actor, params.environmentId, query.confirmName, expectedVersion, from.address),
  );
  route(contract.listMembers, (_actor, { params, query, nextLink }) =>
    listMembers(house, params.environmentId, query, nextLink),
  );
  route(contract.getMember, (_actor, { params }) => getMember(house, params));
  route(contract.createMember, (actor, { params, body, from }) =>
    createMember(house, actor, params.environmentId, body, from.address),
  );
  route(contract.updateMember, (actor, { params, body, expectedVersion, from }) =>
    updateMember(house, actor, params, body.role, expectedVersion, from.address),
  );
  route(contract.deleteMember, (actor, { params, expectedVersion, from }) =>
    deleteMember(house, actor, params, expectedVersion, from.address),
  );
  route(contract.resetMemberPassword, (actor, { params, from }) =>
    resetMemberPassword(house, actor, params, from.address),
  );
};
