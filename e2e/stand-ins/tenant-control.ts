import type { StorageRole } from '@junction/lake-emulator';

/** An application of the tenant, and a storage account that takes the tenant's tokens. */
export type LakeApp = {
  authority: string;
  tenantId: string;
  /** Where the account is: an endpoint over TLS. */
  endpoint: string;
  account: string;
  /** Two empty containers of the application's own. */
  container: string;
  otherContainer: string;
  clientId: string;
  objectId: string;
  secret: string;
  /** Private key and certificate, PEM: registered, and not. */
  certificate: string;
  otherCertificate: string;
};

/** What can be asked of the tenant and its lake behind their backs. */
export type TenantRequest =
  | { deed: 'add' }
  | { deed: 'assign'; objectId: string; role: StorageRole; container?: string }
  | { deed: 'takeRoles'; objectId: string }
  | { deed: 'expireSecret'; clientId: string; isExpired: boolean }
  | { deed: 'blockByConditionalAccess'; clientId: string; isBlocked: boolean };

/** Who runs the tenant and owns the storage account, from the tests' side. */
export type TenantControl = {
  /** A new application without any role, with containers of its own. */
  app(): Promise<LakeApp>;
  /** Lets it into one container, or all of them. It has no other role then. */
  assign(app: LakeApp, role: StorageRole, container?: string): Promise<void>;
  takeRoles(app: LakeApp): Promise<void>;
  expireSecret(app: LakeApp, isExpired: boolean): Promise<void>;
  blockByConditionalAccess(app: LakeApp, isBlocked: boolean): Promise<void>;
};

/** Goes through the door that the stand-in says it has opened. */
export const controlTenant = (doorUrl: string): TenantControl => {
  const ask = async (asked: TenantRequest): Promise<unknown> => {
    const response = await fetch(doorUrl, { method: 'POST', body: JSON.stringify(asked) });
    if (!response.ok) throw new Error(`The tenant cannot ${asked.deed}: ${await response.text()}`);
    return response.json();
  };
  return {
    app: async () => (await ask({ deed: 'add' })) as LakeApp,
    assign: async ({ objectId }, role, container) => {
      await ask({ deed: 'takeRoles', objectId });
      await ask({ deed: 'assign', objectId, role, container });
    },
    takeRoles: async ({ objectId }) => {
      await ask({ deed: 'takeRoles', objectId });
    },
    expireSecret: async ({ clientId }, isExpired) => {
      await ask({ deed: 'expireSecret', clientId, isExpired });
    },
    blockByConditionalAccess: async ({ clientId }, isBlocked) => {
      await ask({ deed: 'blockByConditionalAccess', clientId, isBlocked });
    },
  };
};
