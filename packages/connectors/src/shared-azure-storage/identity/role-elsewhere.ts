import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import * as z from 'zod';
import type { StorageCheck } from '../check-storage.ts';
import { guardedLine } from './authority-line.ts';
import { isAzureAuthority } from './clouds.ts';

/** Where the identity has a role, for a finding. */
export type RoleElsewhere = { roleThere: string; scopeThere: string };

/** A look that only makes a message better may not use up the time of the step, of which the requests before have had their part. */
const lookDeadlineMs = 2_000;

const publicResourceManager = 'https://management.azure.com';

/** Azure's own roles for data in containers. https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage */
const dataRoles: Readonly<Record<string, string>> = {
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe': 'Storage Blob Data Contributor',
  '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1': 'Storage Blob Data Reader',
};

const Found = z.object({
  data: z.array(
    z.object({
      properties: z.object({ scope: z.string().regex(/^\/[\w./()-]{0,1000}$/), roleDefinitionId: z.string() }),
    }),
  ),
});

/** https://learn.microsoft.com/azure/governance/resource-graph/reference/supported-tables-resources#authorizationresources */
const queryFor = (objectId: string): string =>
  [
    'authorizationresources',
    "where type =~ 'microsoft.authorization/roleassignments'",
    `where properties.principalId =~ '${objectId}'`,
  ].join(' | ');

/** What a scope is, without what only says where it is kept. */
const wordsOf = (scope: string): string => {
  const [, account, container] =
    /\/storageAccounts\/([^/]+)(?:\/blobServices\/default\/containers\/([^/]+))?$/i.exec(scope) ?? [];
  if (account === undefined) return scope;
  return container === undefined ? `the account ${account}` : `the container ${container} of ${account}`;
};

const covers = (scope: string, account: string, container: string): boolean => {
  const own = `/storageaccounts/${account}`;
  const at = scope.toLowerCase();
  return at.endsWith(own) || at.endsWith(`${own}/blobservices/default/containers/${container}`);
};

/**
 * Looks whether an identity that was refused has its role for something else, with one query to Azure Resource Graph. It sees only
 * assignments that it may read, which takes the role Reader where they are: most identities may not, and nothing is found then.
 * https://learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources
 */
export const findRoleElsewhere = async (
  { place, context }: StorageCheck,
  signal: AbortSignal,
): Promise<RoleElsewhere | undefined> => {
  const { identity } = place;
  const objectId = identity?.objectId();
  if (identity === undefined || objectId === undefined) return undefined;
  const { authority, resourceManager } = identity.cloud;
  const ending = AbortSignal.any([signal, AbortSignal.timeout(lookDeadlineMs)]);
  const line = guardedLine(context.outbound, resourceManager, ending, context.now);
  try {
    // One that stands in for Resource Manager takes the tokens that the public cloud's takes.
    const audience = isAzureAuthority(authority) ? resourceManager : publicResourceManager;
    const token = await identity.tokenFor(`${audience}/.default`, ending);
    const answer = await line.httpClient.sendRequest(
      createPipelineRequest({
        url: `${resourceManager}/providers/Microsoft.ResourceGraph/resources?api-version=2022-10-01`,
        method: 'POST',
        headers: createHttpHeaders({ authorization: `Bearer ${token}`, 'content-type': 'application/json' }),
        body: JSON.stringify({ query: queryFor(objectId) }),
      }),
    );
    const { data } = Found.parse(JSON.parse(answer.bodyAsText ?? ''));
    const assigned = data.flatMap(({ properties: { scope, roleDefinitionId } }) => {
      const name = dataRoles[roleDefinitionId.toLowerCase().split('/').at(-1) ?? ''];
      return name === undefined ? [] : [{ scope, name }];
    });
    // One that covers the container has no effect yet: it takes minutes.
    if (assigned.some(({ scope }) => covers(scope, place.account, place.container))) return undefined;
    const [first] = assigned;
    return first && { roleThere: first.name, scopeThere: wordsOf(first.scope) };
  } catch {
    return undefined;
  } finally {
    line.close();
  }
};
