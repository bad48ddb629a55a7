import { randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AccessTokens } from './access-token.ts';
import type { TenantClient } from './clients.ts';
import { type Exchange, headerOf, openExchange, sendJson } from './exchange.ts';

/** The identity of a machine, as App Service and virtual machines offer theirs to what runs on them. */
export type ManagedIdentity = {
  /** `IDENTITY_ENDPOINT` for programs, as App Service sets it. */
  endpoint: string;
  /** `IDENTITY_HEADER`: proves that a request comes from the machine. */
  header: string;
  /** `AZURE_POD_IDENTITY_AUTHORITY_HOST`: where the SDKs look for the metadata service (IMDS) instead of 169.254.169.254. */
  metadataHost: string;
};

export type ManagedIdentityServer = ManagedIdentity & {
  /** Whether the machine has an identity; it does at first. */
  setAvailable(isAvailable: boolean): void;
  close(): Promise<void>;
};

export type ManagedIdentityOptions = {
  host: string;
  tenantId: string;
  principal: Pick<TenantClient, 'clientId' | 'objectId'>;
  tokens: AccessTokens;
};

const APP_SERVICE_PATH = ['msi', 'token'];
const IMDS_PATH = ['metadata', 'identity', 'oauth2', 'token'];

/** Ids of a user-assigned identity that a request may name; without one the machine's own is meant. */
const ID_PARAMETERS = ['client_id', 'object_id', 'principal_id'];

const isAt = ({ segments }: Exchange, path: readonly string[]): boolean => segments.join('/') === path.join('/');

/**
 * Starts a managed identity's endpoints, over plain HTTP as the real ones: App Service's (`2019-08-01`) and that of
 * virtual machines (`2018-02-01`).
 */
export const startManagedIdentity = async (options: ManagedIdentityOptions): Promise<ManagedIdentityServer> => {
  const { principal } = options;
  const header = randomBytes(16).toString('hex').toUpperCase();
  let isAvailable = true;

  const isKnown = ({ query }: Exchange): boolean =>
    isAvailable &&
    ID_PARAMETERS.every((name) => [null, principal.clientId, principal.objectId].includes(query.get(name))) &&
    !query.has('mi_res_id') &&
    !query.has('msi_res_id');

  const issue = async (exchange: Exchange, resource: string) => {
    const { token, issuedAt, expiresAt } = await options.tokens.issue({
      tenantId: options.tenantId,
      principal,
      audience: resource,
      proof: 'assertion',
    });
    sendJson(exchange, 200, {
      access_token: token,
      client_id: principal.clientId,
      expires_in: String(expiresAt - issuedAt),
      expires_on: String(expiresAt),
      not_before: String(issuedAt),
      resource,
      token_type: 'Bearer',
    });
  };

  const answerAppService = async (exchange: Exchange): Promise<void> => {
    const refuse = (statusCode: number, message: string): void =>
      sendJson(exchange, statusCode, { statusCode, message, correlationId: randomUUID() });
    const resource = exchange.query.get('resource');
    if (headerOf(exchange, 'x-identity-header') !== header) refuse(401, 'The X-IDENTITY-HEADER is missing or wrong.');
    else if (!resource) refuse(400, 'resource is required.');
    else if (!isKnown(exchange)) {
      refuse(
        400,
        'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.',
      );
    } else await issue(exchange, resource);
  };

  const answerImds = async (exchange: Exchange): Promise<void> => {
    const refuse = (description: string): void =>
      sendJson(exchange, 400, { error: 'invalid_request', error_description: description });
    const resource = exchange.query.get('resource');
    if (headerOf(exchange, 'metadata') !== 'true') refuse('Required metadata header not specified');
    else if (!resource) refuse('Required query variable resource is missing');
    else if (!isKnown(exchange)) refuse('Identity not found');
    else await issue(exchange, resource);
  };

  const answer = async (exchange: Exchange): Promise<void> => {
    if (isAt(exchange, APP_SERVICE_PATH)) await answerAppService(exchange);
    else if (isAt(exchange, IMDS_PATH)) await answerImds(exchange);
    else sendJson(exchange, 404, { error: 'not_found' });
  };

  const server = createServer((message, response) => {
    const exchange = openExchange(message, response);
    answer(exchange).catch(() => sendJson(exchange, 500, { error: 'server_error' }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, options.host, resolve);
  });
  const origin = `http://${options.host}:${(server.address() as AddressInfo).port}`;
  return {
    endpoint: `${origin}/${APP_SERVICE_PATH.join('/')}`,
    header,
    metadataHost: origin,
    setAvailable: (next) => {
      isAvailable = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
