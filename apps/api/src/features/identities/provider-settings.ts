import type { ProviderSettings } from '@junction/identity-providers';
import type { Env } from '../../platform/env.ts';

/** What the button of Entra ID says. */
const entraName = 'Microsoft Entra ID';

const entraOf = (env: Env): ProviderSettings[] => {
  const { JUNCTION_ENTRA_TENANT_ID: tenantId, JUNCTION_ENTRA_CLIENT_ID: clientId } = env;
  if (tenantId === undefined || clientId === undefined) return [];
  const secret = env.JUNCTION_ENTRA_CLIENT_SECRET;
  return [
    {
      id: 'entra',
      name: entraName,
      tenantId,
      clientId,
      cloud: env.JUNCTION_ENTRA_CLOUD,
      ...(secret === undefined ? {} : { clientSecret: secret }),
    },
  ];
};

const oidcOf = (env: Env): ProviderSettings[] => {
  const { JUNCTION_OIDC_ISSUER: issuer, JUNCTION_OIDC_CLIENT_ID: clientId } = env;
  if (issuer === undefined || clientId === undefined) return [];
  const secret = env.JUNCTION_OIDC_CLIENT_SECRET;
  return [
    {
      id: 'oidc',
      name: env.JUNCTION_OIDC_NAME ?? new URL(issuer).host,
      issuer,
      clientId,
      groupsClaim: env.JUNCTION_OIDC_GROUPS_CLAIM,
      scopes: env.JUNCTION_OIDC_SCOPES,
      ...(secret === undefined ? {} : { clientSecret: secret }),
    },
  ];
};

/** The identity providers that the operator has configured. */
export const providerSettingsOf = (env: Env): ProviderSettings[] => [...entraOf(env), ...oidcOf(env)];
