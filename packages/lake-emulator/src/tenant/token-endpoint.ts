import type { AccessTokens, ProofKind, TokenRequest } from './access-token.ts';
import { issuersOf } from './access-token.ts';
import { verifyClientAssertion } from './client-assertion.ts';
import type { ClientRegistry, TenantClient, TenantDirectory } from './clients.ts';
import { EntraError } from './entra-error.ts';

/** Resources that every tenant knows. */
const AZURE_RESOURCES = [
  'https://storage.azure.com',
  'https://management.azure.com',
  'https://management.core.windows.net',
];
/** Each storage account is a resource of its own. */
const ACCOUNT_RESOURCE = /^https:\/\/[a-z0-9]{3,24}\.(?:blob|dfs)\.core\.windows\.net$/;

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const DEFAULT_SCOPE = '/.default';

export type TokenEndpoint = {
  origin: string;
  clients: ClientRegistry;
  tokens: AccessTokens;
  /** More resources that tokens are asked for. */
  resources: readonly string[];
};

type Form = URLSearchParams;

const required = (form: Form, name: string): string => {
  const value = form.get(name);
  if (value) return value;
  throw new EntraError(900144, `The request body must contain the following parameter: '${name}'.`);
};

/** The resource that is asked for, as `scope=<resource>/.default` or, at the v1 endpoint, as `resource`. */
const audienceOf = (form: Form, version: 1 | 2): string => {
  if (version === 1) return required(form, 'resource');
  const scope = required(form, 'scope');
  if (scope.endsWith(DEFAULT_SCOPE) && !scope.includes(' ')) return scope.slice(0, -DEFAULT_SCOPE.length);
  throw new EntraError(
    1002012,
    `The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  );
};

const requireResource = (endpoint: TokenEndpoint, audience: string, tenant: TenantDirectory): void => {
  const resource = audience.replace(/\/$/, '');
  if ([...AZURE_RESOURCES, ...endpoint.resources].includes(resource) || ACCOUNT_RESOURCE.test(resource)) return;
  throw new EntraError(
    500011,
    `The resource principal named ${audience} was not found in the tenant named ${tenant.name}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`,
  );
};

const requireSecret = (client: TenantClient, secret: string): void => {
  const found = (client.secrets ?? []).find(({ value }) => value === secret);
  if (!found) {
    throw new EntraError(
      7000215,
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${client.clientId}'.`,
    );
  }
  if (found.expiresAt && found.expiresAt.getTime() <= Date.now()) {
    throw new EntraError(
      7000222,
      `The provided client secret keys for app '${client.clientId}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`,
    );
  }
};

/** `client_id` and `client_secret` may also come as HTTP Basic (RFC 6749, 2.3.1). */
const withBasic = (form: Form, authorization: string | undefined): Form => {
  const encoded = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return form;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const whole = new URLSearchParams(form);
  whole.set('client_id', id);
  whole.set('client_secret', secret);
  return whole;
};

const requireProof = async (
  { origin }: TokenEndpoint,
  tenant: TenantDirectory,
  client: TenantClient,
  form: Form,
): Promise<ProofKind> => {
  const assertion = form.get('client_assertion');
  if (assertion && form.get('client_assertion_type') === JWT_BEARER) {
    const issuers = issuersOf(origin, tenant.id);
    const names = [tenant.id, tenant.domain].flatMap((name) => (name === undefined ? [] : [`${origin}/${name}`]));
    const endpoints = names.flatMap((base) => [`${base}/oauth2/v2.0/token`, `${base}/oauth2/token`]);
    await verifyClientAssertion(client, assertion, [issuers.v1, issuers.v2, ...endpoints]);
    return 'assertion';
  }
  const secret = form.get('client_secret');
  if (secret) {
    requireSecret(client, secret);
    return 'secret';
  }
  throw new EntraError(
    7000216,
    "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.",
  );
};

const requireClient = ({ clients }: TokenEndpoint, tenant: TenantDirectory, clientId: string): TenantClient => {
  const client = clients.find(tenant.id, clientId);
  if (!client) {
    throw new EntraError(
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${tenant.name}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`,
    );
  }
  if (client.isDisabled) {
    throw new EntraError(7000112, `Application '${client.clientId}'(${client.name ?? 'Application'}) is disabled.`);
  }
  return client;
};

/** The answer of each of the two endpoints; v1 writes its numbers as text. */
const answerOf = (version: 1 | 2, audience: string, token: { token: string; issuedAt: number; expiresAt: number }) => {
  const seconds = token.expiresAt - token.issuedAt;
  if (version === 2) {
    return { token_type: 'Bearer', expires_in: seconds, ext_expires_in: seconds, access_token: token.token };
  }
  return {
    token_type: 'Bearer',
    expires_in: String(seconds),
    ext_expires_in: String(seconds),
    expires_on: String(token.expiresAt),
    not_before: String(token.issuedAt),
    resource: audience,
    access_token: token.token,
  };
};

/**
 * `POST /{tenant}/oauth2/v2.0/token` and `/{tenant}/oauth2/token` with `grant_type=client_credentials`
 * ("Microsoft identity platform and the OAuth 2.0 client credentials flow").
 * @throws EntraError in the order that Entra finds things: application, proof, resource, policy.
 */
export const answerTokenRequest = async (
  endpoint: TokenEndpoint,
  tenant: TenantDirectory,
  version: 1 | 2,
  sent: Form,
  authorization: string | undefined,
) => {
  const form = withBasic(sent, authorization);
  const grantType = required(form, 'grant_type');
  if (grantType !== 'client_credentials') {
    throw new EntraError(70003, `The app requested an unsupported grant type '${grantType}'.`);
  }
  const client = requireClient(endpoint, tenant, required(form, 'client_id'));
  const audience = audienceOf(form, version);
  const proof = await requireProof(endpoint, tenant, client, form);
  requireResource(endpoint, audience, tenant);
  if (client.isBlockedByConditionalAccess) {
    throw new EntraError(
      53003,
      'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.',
    );
  }
  const request: TokenRequest = { tenantId: tenant.id, principal: client, audience, proof };
  return answerOf(version, audience, await endpoint.tokens.issue(request));
};

/** @throws EntraError AADSTS90002 or 900023. */
export const requireTenant = (tenants: readonly TenantDirectory[], name: string): TenantDirectory => {
  const wanted = name.toLowerCase();
  const found = tenants.find(({ id, domain }) => id.toLowerCase() === wanted || domain?.toLowerCase() === wanted);
  if (found) return found;
  if (!/^[0-9a-f-]{36}$/.test(wanted) && !wanted.includes('.')) {
    throw new EntraError(
      900023,
      `Specified tenant identifier '${name}' is neither a valid DNS name, nor a valid external domain.`,
    );
  }
  throw new EntraError(
    90002,
    `Tenant '${name}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`,
  );
};
