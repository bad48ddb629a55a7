import type { StorageRole } from '../auth/roles.ts';
import type { TenantDirectory } from './clients.ts';

/** The tenant of the demo. */
export const DEMO_TENANT = {
  id: 'c0de0000-0000-4000-8000-000000000001',
  name: 'Contoso',
  domain: 'contoso.onmicrosoft.com',
} as const satisfies TenantDirectory;

/** The application of the demo. Its secret is public on purpose: it opens nothing but an emulator on loopback. */
export const DEMO_CLIENT = {
  clientId: 'c0de0000-0000-4000-8000-000000000002',
  objectId: 'c0de0000-0000-4000-8000-000000000003',
  name: 'Lake demo',
  secret: 'demo~secret-for-the-emulator-only',
  role: 'Storage Blob Data Contributor' satisfies StorageRole,
} as const;
