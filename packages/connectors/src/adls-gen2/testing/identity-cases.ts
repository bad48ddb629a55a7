import {
  application,
  type IdentityWorld,
  machine,
  tenantId,
  wrongClientSecret,
} from '../../shared-azure-storage/testing/identity-world.ts';
import { container, lakeAccount, startLake } from '../../testing/lake-subject.ts';
import { freePort } from '../../testing/servers.ts';
import type { CheckCase } from './lake-world.ts';

const otherId = '00000000-1111-4222-8333-444444444444';

const named = `The service principal ${application.clientId} of tenant ${tenantId}`;

/** One way in which an identity fails, and how the message names it. */
export type IdentityCase = CheckCase & { says?: string };

/** How far off a clock is that no authority puts up with. */
const skewMs = 40 * 60_000;

const roleCommand = (objectId: string, role: string): string =>
  `az role assignment create --role "${role}" --assignee-object-id ${objectId} --assignee-principal-type ServicePrincipal --scope "$(az storage account show --name ${lakeAccount} --query id --output tsv)/blobServices/default/containers/${container}"`;

/** Identities that get no token, or that storage does not let in. */
export const identityCases = (world: IdentityWorld): IdentityCase[] => {
  const { guard, tenant, withSecret, withCertificate, asServer, assign, change, listing, surround, lake } = world;
  const failing = { step: 'authenticate', outcome: 'actionRequired' } as const;
  return [
    {
      ...failing,
      name: 'no client secret at all',
      code: 'credentialMissing',
      given: async () => ({ target: { ...withSecret(), secrets: {} }, guard }),
      field: 'secrets.clientSecret',
      remedy: 'Enter it',
      says: 'No client secret is set.',
    },
    {
      ...failing,
      name: 'an endpoint without TLS',
      code: 'identityNeedsHttps',
      given: async () => {
        const plain = await startLake();
        return {
          target: withSecret({ endpoint: plain.url }),
          guard: { allowedHosts: [plain.url, tenant.url] },
          end: plain.close,
        };
      },
      field: 'settings.endpoint',
      remedy: 'https://',
    },
    {
      ...failing,
      name: 'a tenant that does not exist',
      code: 'tenantUnknown',
      given: async () => ({ target: withSecret({ tenantId: otherId }), guard }),
      field: 'settings.tenantId',
      remedy: 'Directory (tenant) ID',
      says: otherId,
    },
    {
      ...failing,
      name: 'an application that the tenant does not have',
      code: 'clientUnknown',
      given: async () => ({ target: withSecret({ clientId: otherId }), guard }),
      field: 'settings.clientId',
      remedy: `az ad sp show --id ${otherId}`,
      says: `The service principal ${otherId} of tenant ${tenantId} does not exist`,
    },
    {
      ...failing,
      name: 'an application that is disabled',
      code: 'clientDisabled',
      given: async () => {
        change({ isDisabled: true });
        return { target: withSecret(), guard };
      },
      field: 'settings.clientId',
      remedy: 'accountEnabled=true',
      says: named,
    },
    {
      ...failing,
      name: 'a wrong client secret',
      code: 'clientSecretWrong',
      given: async () => ({ target: withSecret({}, wrongClientSecret), guard }),
      field: 'secrets.clientSecret',
      remedy: `az ad app credential reset --id ${application.clientId}`,
      says: named,
    },
    {
      ...failing,
      name: 'a client secret that has expired',
      code: 'clientSecretExpired',
      given: async () => {
        const target = withSecret();
        change({ secrets: [{ value: String(target.secrets.clientSecret), expiresAt: new Date(Date.now() - 1_000) }] });
        return { target, guard };
      },
      field: 'secrets.clientSecret',
      remedy: 'day of expiry',
      says: named,
    },
    {
      ...failing,
      name: 'a certificate that is none',
      code: 'clientCertificateUnreadable',
      given: async () => {
        const broken = world.certificate.replace(/(-----BEGIN CERTIFICATE-----\n).{64}/, '$1');
        return { target: withCertificate({}, broken), guard };
      },
      field: 'secrets.certificate',
      remedy: '-----BEGIN',
    },
    {
      ...failing,
      name: 'a certificate with the key of another',
      code: 'clientCertificateKeyMismatch',
      given: async () => ({ target: withCertificate({}, world.mixedCertificate), guard }),
      field: 'secrets.certificate',
      remedy: 'key of this certificate',
    },
    {
      ...failing,
      name: 'a certificate that has expired',
      code: 'clientCertificateExpired',
      given: async () => ({ target: withCertificate({}, world.expiredCertificate), guard }),
      field: 'secrets.certificate',
      remedy: 'Make a new certificate',
      says: named,
    },
    {
      ...failing,
      name: 'a certificate that the application does not have',
      code: 'clientCertificateNotRegistered',
      given: async () => ({ target: withCertificate({}, world.otherCertificate), guard }),
      field: 'secrets.certificate',
      remedy: 'Upload this certificate',
      says: named,
    },
    {
      ...failing,
      name: 'a clock that is off',
      code: 'clientClockSkew',
      given: async () => {
        const { url } = await world.refusing(700024, skewMs);
        return { target: withCertificate({ authority: url }), guard: { allowedHosts: [lake.url, url] } };
      },
      remedy: 'NTP',
      says: '40 minutes',
    },
    {
      ...failing,
      name: 'a Conditional Access policy',
      code: 'conditionalAccess',
      given: async () => {
        change({ isBlockedByConditionalAccess: true });
        return { target: withSecret(), guard };
      },
      remedy: 'sign-in logs',
      says: 'AADSTS53003',
    },
    {
      ...failing,
      name: 'a workload whose service account the application does not trust',
      code: 'federatedCredentialMissing',
      given: async () => {
        await surround.workload('system:serviceaccount:other:other');
        return { target: asServer(), guard: listing() };
      },
      remedy: 'issuer, subject and audience',
      says: "The server's own identity",
    },
    {
      ...failing,
      name: 'a refusal without a name here',
      code: 'tokenNotGiven',
      given: async () => {
        const { url } = await world.refusing(9002313);
        return { target: withSecret({ authority: url }), guard: { allowedHosts: [lake.url, url] } };
      },
      field: 'secrets.clientSecret',
      remedy: 'error?code=9002313',
      says: `${named} was given no token (AADSTS9002313).`,
    },
    {
      ...failing,
      name: 'an authority that Junction may not reach',
      code: 'authorityNotAllowed',
      given: async () => ({ target: withSecret(), guard: { allowedHosts: [lake.url] } }),
      field: 'settings.authority',
      remedy: 'JUNCTION_ALLOWED_HOSTS',
      says: new URL(tenant.url).host,
    },
    {
      ...failing,
      name: 'an authority that nobody is',
      code: 'authorityUnreachable',
      outcome: 'failing',
      given: async () => {
        const url = `https://127.0.0.1:${await freePort()}`;
        return { target: withSecret({ authority: url }), guard: { allowedHosts: [lake.url, url] } };
      },
      remedy: 'firewall',
      says: 'connectionRefused',
    },
    {
      ...failing,
      name: 'an authority that is slow',
      code: 'authorityUnreachable',
      outcome: 'failing',
      given: async () => {
        const end = tenant.addFault({ latencyMs: 8_000 });
        return { target: withSecret(), guard, end: async () => end() };
      },
      remedy: 'firewall',
      says: 'noAnswer',
    },
    {
      ...failing,
      name: 'an authority with an error of its own',
      code: 'authorityError',
      outcome: 'failing',
      given: async () => {
        const end = tenant.addFault({ status: 503 });
        return { target: withSecret(), guard, end: async () => end() };
      },
      remedy: 'status.azure.com',
    },
    {
      ...failing,
      name: 'an authority that is asked too often',
      code: 'authorityThrottled',
      outcome: 'failing',
      given: async () => {
        const end = tenant.addFault({ status: 429, retryAfterSeconds: 7 });
        return { target: withSecret(), guard, end: async () => end() };
      },
      remedy: 'wait',
      says: 'in 7 seconds',
    },
    {
      ...failing,
      name: 'an authority that is none',
      code: 'authorityNotEntra',
      given: async () => ({ target: withSecret({ authority: lake.url }), guard }),
      field: 'settings.authority',
      remedy: 'Check the authority',
    },
    {
      ...failing,
      name: "the server's own identity where it is not switched on",
      code: 'serverIdentityOff',
      given: async () => {
        surround.virtualMachine();
        return { target: asServer(), guard };
      },
      field: 'settings.authentication',
      remedy: 'JUNCTION_SERVER_IDENTITY_ACCOUNTS',
    },
    {
      ...failing,
      name: "the server's own identity for an account that is not listed",
      code: 'serverIdentityAccountNotListed',
      given: async () => {
        surround.virtualMachine();
        return { target: asServer(), guard: listing([`${lake.url}/otheraccount`, lakeAccount]) };
      },
      field: 'settings.accountName',
      remedy: 'JUNCTION_SERVER_IDENTITY_ACCOUNTS',
    },
    {
      ...failing,
      name: 'surroundings that give no identity',
      code: 'serverIdentityUnavailable',
      given: async () => {
        surround.nothing();
        return { target: asServer(), guard: listing() };
      },
      field: 'settings.authentication',
      remedy: 'managed identity',
      says: 'AZURE_FEDERATED_TOKEN_FILE',
    },
    {
      ...failing,
      name: 'a token of another tenant than the account is in',
      code: 'tokenRefused',
      given: async () => {
        const { url } = world.otherTenant;
        return { target: withSecret({ authority: url }), guard: { allowedHosts: [lake.url, url] } };
      },
      remedy: 'in the tenant',
      says: `the service principal ${application.clientId}`,
    },
    {
      ...failing,
      name: 'a service principal without a role',
      code: 'roleMissing',
      given: async () => ({ target: withSecret(), guard }),
      field: 'settings.container',
      remedy: roleCommand(application.objectId, 'Storage Blob Data Contributor'),
      says: `${named} has no role that lets it read data in ${container}.`,
    },
    {
      ...failing,
      name: 'a managed identity without a role',
      code: 'roleMissing',
      given: async () => {
        surround.virtualMachine();
        return { target: asServer(), guard: listing() };
      },
      field: 'settings.container',
      remedy: roleCommand(machine.objectId, 'Storage Blob Data Contributor'),
      says: `The server's own identity (client ID ${machine.clientId}) has no role`,
    },
    {
      ...failing,
      name: 'a role for another container that may not be looked up',
      code: 'roleMissing',
      given: async () => {
        assign('Storage Blob Data Contributor', { container: 'elsewhere' });
        return { target: withSecret(), guard };
      },
      remedy: application.objectId,
    },
    {
      ...failing,
      name: 'a role for another container',
      code: 'roleElsewhere',
      given: async () => {
        assign('Storage Blob Data Contributor', { container: 'elsewhere' });
        change({ mayReadRoleAssignments: true });
        return { target: withSecret(), guard };
      },
      remedy: roleCommand(application.objectId, 'Storage Blob Data Contributor'),
      says: `"Storage Blob Data Contributor", but for the container elsewhere of ${lakeAccount}, not for the container ${container} of ${lakeAccount}.`,
    },
    {
      name: 'a role that only reads',
      step: 'write',
      code: 'roleTooWeak',
      outcome: 'actionRequired',
      given: async () => {
        assign('Storage Blob Data Reader');
        return { target: withSecret(), guard };
      },
      remedy: roleCommand(application.objectId, 'Storage Blob Data Contributor'),
      says: named,
    },
    {
      name: 'a role that only reads, where the folder has to be made',
      step: 'folder',
      code: 'roleTooWeak',
      outcome: 'actionRequired',
      given: async () => {
        assign('Storage Blob Data Reader');
        return { target: withSecret({ baseFolder: 'new/one' }), guard };
      },
      remedy: 'Storage Blob Data Contributor',
    },
  ];
};
