import { randomBytes, randomUUID } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { DataLakeServiceClient, StorageSharedKeyCredential } from '@azure/storage-file-datalake';
import { createOwnCa, makeClientCertificate, startLakeEmulator, startTenant } from '@junction/lake-emulator';
import { openDoor } from './open-door.ts';
import type { LakeApp, TenantRequest } from './tenant-control.ts';

const account = 'contosoidentities';

/**
 * A tenant that gives tokens, a lake over TLS that takes them, and a door through which flows change who may do what (see tenant-control.ts).
 * This process trusts their certificate from now on. `hosts` are those that the product has to be let out to, `line` is what the tests learn
 * the door from.
 */
export const startTenantAndLake = async (): Promise<{ hosts: string[]; line: string }> => {
  const ca = await createOwnCa();
  setDefaultCACertificates([...getCACertificates('default'), ca.cert]);
  const tls = await ca.issue();
  const tenant = await startTenant({ tls, roleAssignments: () => lake.roleAssignments() });
  const key = randomBytes(64).toString('base64');
  const lake = await startLakeEmulator({
    accounts: [{ name: account, key, hierarchicalNamespace: true }],
    tls,
    tokens: tenant.trust,
  });
  const endpoint = lake.endpointOf(account);
  const owner = new DataLakeServiceClient(endpoint, new StorageSharedKeyCredential(account, key));
  const taking = new Map<string, (() => void)[]>();

  const add = async (): Promise<LakeApp> => {
    const [clientId, objectId, secret] = [randomUUID(), randomUUID(), randomBytes(30).toString('base64url')];
    const [registered, other] = await Promise.all([makeClientCertificate('junction'), makeClientCertificate('other')]);
    const name = `t-${randomBytes(3).toString('hex')}`;
    const containers = { container: name, otherContainer: `${name}-other` };
    for (const container of Object.values(containers)) await owner.getFileSystemClient(container).create();
    tenant.set({
      clientId,
      objectId,
      name: 'Junction',
      secrets: [{ value: secret }],
      certificates: [registered.cert],
      mayReadRoleAssignments: true,
    });
    return {
      authority: tenant.url,
      tenantId: tenant.trust.tenantId,
      endpoint,
      account,
      ...containers,
      clientId,
      objectId,
      secret,
      certificate: `${registered.key}${registered.cert}`,
      otherCertificate: `${other.key}${other.cert}`,
    };
  };

  const expire = (clientId: string, isExpired: boolean): void => {
    const { secrets = [] } = tenant.find(clientId) ?? {};
    const expiresAt = isExpired ? new Date(0) : undefined;
    tenant.change(clientId, { secrets: secrets.map(({ value }) => ({ value, expiresAt })) });
  };

  const does: { [Deed in TenantRequest['deed']]: (asked: Extract<TenantRequest, { deed: Deed }>) => unknown } = {
    add,
    assign: ({ objectId, role, container }) => {
      const take = lake.assignRole({ principalId: objectId, role, account, container });
      taking.set(objectId, [...(taking.get(objectId) ?? []), take]);
    },
    takeRoles: ({ objectId }) => {
      for (const take of taking.get(objectId) ?? []) take();
      taking.delete(objectId);
    },
    expireSecret: ({ clientId, isExpired }) => expire(clientId, isExpired),
    blockByConditionalAccess: ({ clientId, isBlocked }) =>
      tenant.change(clientId, { isBlockedByConditionalAccess: isBlocked }),
  };

  const door = await openDoor((asked) => does[(asked as TenantRequest).deed](asked as never));
  return {
    hosts: [tenant.url, lake.url].map((url) => new URL(url).host),
    line: `Tenant and lake       ${door}`,
  };
};
