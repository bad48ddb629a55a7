import { createHash } from 'node:crypto';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { RoleAssignment, StorageRole } from '../auth/roles.ts';
import type { ClientRegistry, TenantClient } from './clients.ts';
import { type Exchange, headerOf, readBody, sendJson } from './exchange.ts';
import type { SigningKeys } from './signing-keys.ts';

/** "Azure built-in roles": the ids of the definitions, the same in every tenant. */
const ROLE_IDS: Readonly<Record<StorageRole, string>> = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
  'Storage Blob Data Reader': '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
};

const AUDIENCES = ['https://management.azure.com', 'https://management.core.windows.net'].flatMap((audience) => [
  audience,
  `${audience}/`,
]);

export type ResourceManager = {
  clients: ClientRegistry;
  keys: SigningKeys;
  /** Where the storage accounts are said to be. */
  subscriptionId: string;
  resourceGroup: string;
  roleAssignments(): readonly RoleAssignment[];
};

/** A GUID that is always the same for the same assignment. */
const guidOf = (text: string): string => {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
};

const scopeOf = (
  { subscriptionId, resourceGroup }: ResourceManager,
  { account, container }: RoleAssignment,
): string => {
  const ofAccount = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Storage/storageAccounts/${account}`;
  return container === undefined ? ofAccount : `${ofAccount}/blobServices/default/containers/${container}`;
};

/** An assignment as Resource Manager writes it. */
const resourceOf = (manager: ResourceManager, assignment: RoleAssignment) => {
  const scope = scopeOf(manager, assignment);
  const name = guidOf(JSON.stringify([assignment.principalId, assignment.role, scope]));
  return {
    id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    type: 'Microsoft.Authorization/roleAssignments',
    properties: {
      roleDefinitionId: `/subscriptions/${manager.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${ROLE_IDS[assignment.role]}`,
      principalId: assignment.principalId,
      principalType: 'ServicePrincipal',
      scope,
    },
  };
};

const refuse = (exchange: Exchange, status: number, code: string, message: string): void =>
  sendJson(exchange, status, { error: { code, message } });

const findCaller = async (manager: ResourceManager, exchange: Exchange): Promise<TenantClient | undefined> => {
  const token = /^Bearer (.+)$/.exec(headerOf(exchange, 'authorization') ?? '')?.[1];
  if (token === undefined) return undefined;
  try {
    const keys = createLocalJWKSet(manager.keys.keySet());
    const { payload } = await jwtVerify(token, keys, { audience: AUDIENCES });
    return manager.clients.findByObjectId(String(payload.oid));
  } catch {
    return undefined;
  }
};

const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** The principal that an OData filter or a query of Resource Graph is about. Nothing else of either is understood. */
const principalIn = (text: string): string | undefined => {
  const named = new RegExp(`(?:principalId|assignedTo).{1,12}?(${GUID.source})`, 'i').exec(text)?.[1];
  return named?.toLowerCase();
};

const assignmentsFor = (manager: ResourceManager, principalId: string | undefined, below: string) =>
  manager
    .roleAssignments()
    .filter((assignment) => principalId === undefined || assignment.principalId.toLowerCase() === principalId)
    .map((assignment) => resourceOf(manager, assignment))
    .filter(({ properties }) => properties.scope.toLowerCase().startsWith(below.toLowerCase()));

const answerGraph = async (manager: ResourceManager, exchange: Exchange, caller: TenantClient): Promise<void> => {
  const { query = '' } = JSON.parse(await readBody(exchange)) as { query?: string };
  if (!/^\s*authorizationresources\b/i.test(query)) {
    refuse(exchange, 400, 'BadRequest', 'This stand-in knows the table authorizationresources only.');
    return;
  }
  const data = caller.mayReadRoleAssignments ? assignmentsFor(manager, principalIn(query), '') : [];
  sendJson(exchange, 200, { totalRecords: data.length, count: data.length, resultTruncated: 'false', data });
};

const LIST_SUFFIX = '/providers/microsoft.authorization/roleassignments';

const answerList = (manager: ResourceManager, exchange: Exchange, caller: TenantClient, scope: string): void => {
  if (!caller.mayReadRoleAssignments) {
    refuse(
      exchange,
      403,
      'AuthorizationFailed',
      `The client '${caller.clientId}' with object id '${caller.objectId}' does not have authorization to perform action 'Microsoft.Authorization/roleAssignments/read' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
    );
    return;
  }
  const principalId = principalIn(exchange.query.get('$filter') ?? '');
  sendJson(exchange, 200, { value: assignmentsFor(manager, principalId, scope) });
};

/** True for what {@link answerResourceManager} answers. */
export const isForResourceManager = ({ segments }: Exchange): boolean =>
  segments[0] === 'providers' || segments[0] === 'subscriptions';

/**
 * Answers who has which role, as Azure Resource Manager does: Role Assignments - List For Scope (or for a subscription),
 * and Resource Graph's table of them, which hides what the caller may not see instead of refusing.
 */
export const answerResourceManager = async (manager: ResourceManager, exchange: Exchange): Promise<void> => {
  const caller = await findCaller(manager, exchange);
  if (!caller) {
    refuse(
      exchange,
      401,
      'InvalidAuthenticationToken',
      'The access token is missing, invalid or for another resource.',
    );
    return;
  }
  const path = `/${exchange.segments.join('/')}`;
  const lower = path.toLowerCase();
  if (exchange.method === 'POST' && lower === '/providers/microsoft.resourcegraph/resources') {
    await answerGraph(manager, exchange, caller);
  } else if (exchange.method === 'GET' && lower.endsWith(LIST_SUFFIX)) {
    answerList(manager, exchange, caller, path.slice(0, -LIST_SUFFIX.length));
  } else {
    refuse(exchange, 404, 'InvalidResourceType', 'This stand-in knows role assignments only.');
  }
};
