import type { JSONWebKeySet } from 'jose';

/** A tenant (directory), known by its id and, as with Entra, by a domain name. */
export type TenantDirectory = {
  /** A GUID. */
  id: string;
  name: string;
  /** Such as `contoso.onmicrosoft.com`. */
  domain?: string;
};

export type ClientSecret = { value: string; expiresAt?: Date };

/** An issuer whose tokens an application may sign in with ("workload identity federation"). All three must match exactly. */
export type FederatedCredential = {
  issuer: string;
  subject: string;
  /** Entra's own is `api://AzureADTokenExchange`. */
  audience: string;
  /** The issuer's keys; Entra fetches them from the issuer. */
  keys: JSONWebKeySet;
};

/** An application in a tenant, with its service principal. */
export type TenantClient = {
  /** The application's id, a GUID. */
  clientId: string;
  /** The service principal's id, which roles are assigned to. */
  objectId: string;
  /** Which of the tenants; the first one when absent. */
  tenantId?: string;
  name?: string;
  secrets?: readonly ClientSecret[];
  /** Registered certificates, PEM. */
  certificates?: readonly string[];
  federated?: readonly FederatedCredential[];
  /** Nobody signs in with it (AADSTS7000112). */
  isDisabled?: boolean;
  /** A policy refuses it a token (AADSTS53003). */
  isBlockedByConditionalAccess?: boolean;
  /** It may read role assignments through Resource Manager, as with the role Reader. */
  mayReadRoleAssignments?: boolean;
};

export type ClientRegistry = {
  /** Adds an application, or replaces the one with its client id. */
  set(client: TenantClient): void;
  /**
   * Changes some of what is known of an application.
   * @throws Error when there is none with that client id.
   */
  change(clientId: string, change: Partial<Omit<TenantClient, 'clientId'>>): void;
  remove(clientId: string): void;
  find(tenantId: string, clientId: string): TenantClient | undefined;
  findByClientId(clientId: string): TenantClient | undefined;
  findByObjectId(objectId: string): TenantClient | undefined;
};

/** Ids of applications are GUIDs and so compare without case. */
export const createClientRegistry = (first: TenantDirectory, clients: readonly TenantClient[]): ClientRegistry => {
  const byId = new Map<string, TenantClient>();
  const set = (client: TenantClient): void => {
    byId.set(client.clientId.toLowerCase(), { ...client });
  };
  for (const client of clients) set(client);
  return {
    set,
    change(clientId, change) {
      const known = byId.get(clientId.toLowerCase());
      if (!known) throw new Error(`The tenant has no client "${clientId}".`);
      set({ ...known, ...change });
    },
    remove: (clientId) => {
      byId.delete(clientId.toLowerCase());
    },
    find(tenantId, clientId) {
      const client = byId.get(clientId.toLowerCase());
      return (client?.tenantId ?? first.id) === tenantId ? client : undefined;
    },
    findByClientId: (clientId) => byId.get(clientId.toLowerCase()),
    findByObjectId: (objectId) => [...byId.values()].find((client) => client.objectId === objectId),
  };
};
