import type { Ask } from './ask.ts';
import { ProviderError } from './identity-provider.ts';

type GroupIds = { value: string[]; '@odata.nextLink'?: string };

const isGroupIds = (json: unknown): json is GroupIds =>
  typeof json === 'object' &&
  json !== null &&
  'value' in json &&
  Array.isArray(json.value) &&
  json.value.every((id) => typeof id === 'string');

/**
 * The ids of everything that somebody belongs to, directly or through other groups: security and Microsoft 365 groups, directory roles and
 * administrative units. The same as in a token whose application is set to `groupMembershipClaims: All`, and more than with the other values;
 * what nobody mapped to a role changes nothing. One answer holds all of it. Its sibling getMemberGroups refuses, with 400, to name more than 11,000.
 *
 * Needs the delegated permission User.Read, the least one of them. https://learn.microsoft.com/graph/api/directoryobject-getmemberobjects
 */
export const askGraphForGroups = async (
  graph: string,
  accessToken: string,
  ask: Ask,
  providerName: string,
): Promise<string[]> => {
  const response = await ask(`${graph}/v1.0/me/getMemberObjects`, {
    method: 'POST',
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${accessToken}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ securityEnabledOnly: false }),
  });
  if (response.status === 403) {
    throw new ProviderError(
      'misconfigured',
      'graphPermission',
      `Microsoft Graph does not tell Junction the groups of this person. Give its app registration at ${providerName} the delegated permission User.Read.`,
    );
  }
  if (response.status === 400) {
    throw new ProviderError(
      'misconfigured',
      'tooManyGroups',
      'Microsoft Graph does not name the groups of somebody who is in so many. Use app roles in place of groups for Junction.',
    );
  }
  const json: unknown = response.status === 200 ? await response.json().catch(() => undefined) : undefined;
  // Part of an answer would take roles away from somebody.
  if (!isGroupIds(json) || json['@odata.nextLink'] !== undefined) {
    throw new ProviderError(
      'unavailable',
      'graph',
      'Microsoft Graph does not tell the groups of this person right now.',
    );
  }
  return json.value;
};
