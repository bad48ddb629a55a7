import { BlobServiceClient } from '@azure/storage-blob';
import { DataLakeServiceClient } from '@azure/storage-file-datalake';
import { DEMO_ACCOUNT } from '../accounts.ts';
import type { RoleAssignment } from '../auth/roles.ts';
import { type LakeEmulator, startLakeEmulator } from '../emulator.ts';
import type { TenantClient } from '../tenant/clients.ts';
import { startTenant, type Tenant, type TenantOptions } from '../tenant/tenant.ts';
import { createOwnCa, type OwnCa } from '../tls/own-ca.ts';

/** An emulator over TLS that trusts a tenant. */
export type Secured = { ca: OwnCa; emulator: LakeEmulator; tenant: Tenant; close(): Promise<void> };

export const APP: TenantClient & { objectId: string } = {
  clientId: 'aaaaaaaa-0000-4000-8000-000000000001',
  objectId: 'bbbbbbbb-0000-4000-8000-000000000001',
  name: 'lake-app',
  secrets: [{ value: 'the-secret-of-the-app' }],
};

/** The accounts of such an emulator. */
export const OTHER_ACCOUNT = { ...DEMO_ACCOUNT, name: 'otherlake' };

export const startSecured = async (options: Partial<TenantOptions> = {}): Promise<Secured> => {
  const ca = await createOwnCa();
  const tls = await ca.issue();
  const assigned: { list(): readonly RoleAssignment[] } = { list: () => [] };
  const tenant = await startTenant({ tls, clients: [APP], roleAssignments: () => assigned.list(), ...options });
  const emulator = await startLakeEmulator({ accounts: [DEMO_ACCOUNT, OTHER_ACCOUNT], tls, tokens: tenant.trust });
  assigned.list = emulator.roleAssignments;
  return {
    ca,
    emulator,
    tenant,
    close: async () => {
      await emulator.close();
      await tenant.close();
    },
  };
};

/** What trusts the authority of {@link Secured} alone, for the Azure SDKs. */
export const trusting = ({ ca }: { ca: Pick<OwnCa, 'cert'> }) => ({
  tlsOptions: { ca: ca.cert },
  retryOptions: { maxTries: 1 },
});

/** Clients that sign in with whatever the function answers. */
export const clientsWith = (secured: Secured, token: () => Promise<string>, account: string = DEMO_ACCOUNT.name) => {
  const credential = {
    getToken: async () => ({ token: await token(), expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const url = secured.emulator.endpointOf(account);
  const options = trusting(secured);
  return {
    lake: new DataLakeServiceClient(url, credential, options),
    blob: new BlobServiceClient(url, credential, options),
  };
};

/** A token of the tenant for this principal, as {@link clientsWith} takes it. */
export const tokenOf =
  ({ tenant }: Secured, objectId: string = APP.objectId, audience = 'https://storage.azure.com') =>
  async (): Promise<string> => {
    const principal = { clientId: APP.clientId, objectId };
    const { token } = await tenant.issue({ tenantId: tenant.trust.tenantId, principal, audience, proof: 'secret' });
    return token;
  };
