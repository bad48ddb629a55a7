import { issuersOf } from './access-token.ts';
import type { TenantDirectory } from './clients.ts';

/** `/{tenant}/v2.0/.well-known/openid-configuration`, and without `v2.0` the older form. */
export const openIdConfiguration = (origin: string, { id }: TenantDirectory, version: 1 | 2) => {
  const base = `${origin}/${id}`;
  const isNew = version === 2;
  return {
    issuer: isNew ? issuersOf(origin, id).v2 : issuersOf(origin, id).v1,
    authorization_endpoint: `${base}/oauth2/${isNew ? 'v2.0/' : ''}authorize`,
    token_endpoint: `${base}/oauth2/${isNew ? 'v2.0/' : ''}token`,
    jwks_uri: `${base}/discovery/${isNew ? 'v2.0/' : ''}keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt', 'client_secret_basic'],
    grant_types_supported: ['client_credentials'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid'],
    tenant_region_scope: null,
    cloud_instance_name: new URL(origin).host,
  };
};

/** `/common/discovery/instance`: whoever asks learns that this host stands for itself. */
export const instanceDiscovery = (origin: string, { id }: TenantDirectory) => {
  const { host } = new URL(origin);
  return {
    tenant_discovery_endpoint: `${origin}/${id}/v2.0/.well-known/openid-configuration`,
    'api-version': '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  };
};
