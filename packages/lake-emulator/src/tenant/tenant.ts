import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { JSONWebKeySet } from 'jose';
import type { RoleAssignment } from '../auth/roles.ts';
import type { TokenTrust } from '../auth/token-trust.ts';
import { type AccessTokens, createAccessTokens, issuersOf } from './access-token.ts';
import { type ClientRegistry, createClientRegistry, type TenantClient, type TenantDirectory } from './clients.ts';
import { DEMO_TENANT } from './demo.ts';
import { instanceDiscovery, openIdConfiguration } from './discovery.ts';
import { describeEntraError, EntraError } from './entra-error.ts';
import { type Exchange, headerOf, openExchange, readBody, sendJson } from './exchange.ts';
import { type ManagedIdentityServer, startManagedIdentity } from './managed-identity.ts';
import { answerResourceManager, isForResourceManager, type ResourceManager } from './resource-manager.ts';
import { createSigningKeys } from './signing-keys.ts';
import { answerTokenRequest, requireTenant } from './token-endpoint.ts';

/** Azure's own default is between 60 and 90 minutes. */
const TOKEN_LIFETIME_SECONDS = 3600;
/** SDKs keep idle connections for about a minute; closing earlier would race with their next request. */
const KEEP_ALIVE_MS = 90_000;

/** Something that goes wrong at the token endpoint although the request is good. */
export type TenantFault = {
  /** 429 and 5xx are answered in Entra's shape. */
  status?: 429 | 500 | 503 | 504;
  retryAfterSeconds?: number;
  /** Waits before it answers or, without a status, goes on. */
  latencyMs?: number;
  /** So many requests; until it is disarmed when absent. */
  times?: number;
};

export type TenantOptions = {
  /** The certificate to serve with, PEM. */
  tls: { key: string; cert: string };
  /** Default 127.0.0.1. */
  host?: string;
  /** 0 (the default) takes a free port. */
  port?: number;
  /** Default {@link DEMO_TENANT}. The first one is the home of clients that name none. */
  tenants?: readonly TenantDirectory[];
  clients?: readonly TenantClient[];
  /** Resources besides Azure Storage and Resource Manager that tokens may be asked for. */
  resources?: readonly string[];
  /** Which of Entra's two forms access tokens have. Default 1, which is what Azure Storage gets. */
  tokenVersion?: 1 | 2;
  /** Default one hour. */
  tokenLifetimeSeconds?: number;
  /** What Resource Manager lists; usually `emulator.roleAssignments`. */
  roleAssignments?: () => readonly RoleAssignment[];
  /** Starts the endpoints of a managed identity of this principal. */
  managedIdentity?: Pick<TenantClient, 'clientId' | 'objectId'>;
};

export type Tenant = Pick<ClientRegistry, 'set' | 'change' | 'remove'> & {
  /** What is known of an application. */
  find(clientId: string): TenantClient | undefined;
  /** `https://127.0.0.1:<port>`: the authority's host, and the endpoint of Resource Manager. */
  url: string;
  port: number;
  /** What an emulator needs to take this tenant's tokens. */
  trust: TokenTrust;
  /** Makes a token without asking for proof. */
  issue: AccessTokens['issue'];
  keySet(): JSONWebKeySet;
  /** Signs with a new key from now on; `isOldKept: false` revokes what was signed before. */
  rotateKeys(options?: { isOldKept?: boolean }): Promise<void>;
  /** Arms a fault; the answer disarms it. */
  addFault(fault: TenantFault): () => void;
  managedIdentity: ManagedIdentityServer | undefined;
  close(): Promise<void>;
};

const SUBSCRIPTION_ID = 'c0de0000-0000-4000-8000-00000000000a';
const RESOURCE_GROUP = 'lake';

type Faults = { add(fault: TenantFault): () => void; next(): TenantFault | undefined };

const createFaults = (): Faults => {
  const armed = new Map<object, TenantFault & { left: number }>();
  return {
    add(fault) {
      const id = {};
      armed.set(id, { ...fault, left: fault.times ?? Number.POSITIVE_INFINITY });
      return () => {
        armed.delete(id);
      };
    },
    next() {
      const found = [...armed.values()].find(({ left }) => left > 0);
      if (found) found.left -= 1;
      return found;
    },
  };
};

const applyFault = async (fault: TenantFault | undefined): Promise<void> => {
  if (!fault) return;
  if (fault.latencyMs) await delay(fault.latencyMs);
  if (fault.status === undefined) return;
  const headers: Record<string, string> =
    fault.retryAfterSeconds === undefined ? {} : { 'Retry-After': String(fault.retryAfterSeconds) };
  if (fault.status === 429) throw new EntraError(90055, 'There are too many incoming requests.', { headers });
  throw new EntraError(90033, 'A transient error has occurred. Please try again.', { headers, status: fault.status });
};

type Desk = {
  tenants: readonly [TenantDirectory, ...TenantDirectory[]];
  clients: ClientRegistry;
  resources: readonly string[];
  keys: { keySet(): JSONWebKeySet };
  tokens: AccessTokens;
  faults: Faults;
  manager: ResourceManager;
};

/** Says what a path below a tenant is for: `/{tenant}/<this>`. */
const answerTenant = async (desk: Desk, origin: string, exchange: Exchange): Promise<void> => {
  const [name = '', ...rest] = exchange.segments;
  const path = rest.join('/').toLowerCase();
  if (name === 'common' && path === 'discovery/instance') {
    sendJson(exchange, 200, instanceDiscovery(origin, desk.tenants[0]));
    return;
  }
  if (path === 'discovery/keys' || path === 'discovery/v2.0/keys') {
    if (name !== 'common') requireTenant(desk.tenants, name);
    sendJson(exchange, 200, desk.keys.keySet());
    return;
  }
  const tenant = requireTenant(desk.tenants, name);
  if (path === 'v2.0/.well-known/openid-configuration' || path === '.well-known/openid-configuration') {
    sendJson(exchange, 200, openIdConfiguration(origin, tenant, path.startsWith('v2.0') ? 2 : 1));
    return;
  }
  const isToken = path === 'oauth2/v2.0/token' || path === 'oauth2/token';
  if (!isToken || exchange.method !== 'POST') {
    sendJson(exchange, 404, { error: 'not_found', error_description: 'This stand-in has no such endpoint.' });
    return;
  }
  const form = new URLSearchParams(await readBody(exchange));
  await applyFault(desk.faults.next());
  const endpoint = { origin, clients: desk.clients, tokens: desk.tokens, resources: desk.resources };
  const version = path === 'oauth2/v2.0/token' ? 2 : 1;
  sendJson(
    exchange,
    200,
    await answerTokenRequest(endpoint, tenant, version, form, headerOf(exchange, 'authorization')),
  );
};

const sendRefusal = (exchange: Exchange, origin: string, error: unknown): void => {
  if (exchange.response.headersSent) {
    exchange.response.destroy();
    return;
  }
  const refusal = error instanceof EntraError ? error : new EntraError(90033, 'This stand-in failed.', { status: 500 });
  const { status, body } = describeEntraError(refusal, origin, headerOf(exchange, 'client-request-id'));
  sendJson(exchange, status, body, refusal.headers);
};

/**
 * Starts a stand-in for a tenant of Microsoft Entra ID: gives tokens to applications for their secrets, certificates and
 * federated identities, and answers as Entra where it does not. On the same origin Resource Manager tells role assignments.
 * @throws Error when the port is taken (`EADDRINUSE`) or the certificate is not one.
 */
export const startTenant = async (options: TenantOptions): Promise<Tenant> => {
  const host = options.host ?? '127.0.0.1';
  const [first = DEMO_TENANT, ...others] = options.tenants ?? [];
  const clients = createClientRegistry(first, options.clients ?? []);
  const keys = await createSigningKeys();
  const faults = createFaults();

  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, ...options.tls });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `https://${host}:${port}`;
  const tokens = createAccessTokens({
    origin: url,
    keys,
    version: options.tokenVersion ?? 1,
    lifetimeSeconds: options.tokenLifetimeSeconds ?? TOKEN_LIFETIME_SECONDS,
  });
  const desk: Desk = {
    tenants: [first, ...others],
    clients,
    resources: options.resources ?? [],
    keys,
    tokens,
    faults,
    manager: {
      clients,
      keys,
      subscriptionId: SUBSCRIPTION_ID,
      resourceGroup: RESOURCE_GROUP,
      roleAssignments: options.roleAssignments ?? (() => []),
    },
  };
  server.on('request', (message, response) => {
    const exchange = openExchange(message, response);
    const answer = isForResourceManager(exchange)
      ? answerResourceManager(desk.manager, exchange)
      : answerTenant(desk, url, exchange);
    answer.catch((error: unknown) => sendRefusal(exchange, url, error));
  });
  const managedIdentity = options.managedIdentity
    ? await startManagedIdentity({ host, tenantId: first.id, principal: options.managedIdentity, tokens })
    : undefined;
  const issuers = issuersOf(url, first.id);
  return {
    url,
    port,
    set: clients.set,
    change: clients.change,
    remove: clients.remove,
    find: clients.findByClientId,
    trust: {
      tenantId: first.id,
      authorizationUri: `${url}/${first.id}/oauth2/authorize`,
      issuers: [issuers.v1, issuers.v2],
      keys: keys.keySet,
    },
    issue: tokens.issue,
    keySet: keys.keySet,
    rotateKeys: keys.rotate,
    addFault: faults.add,
    managedIdentity,
    close: async () => {
      await managedIdentity?.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
};
