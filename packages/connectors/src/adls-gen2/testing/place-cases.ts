import { accountSas, containerSas, flatAccount, lakeAccount } from '../../testing/lake-subject.ts';
import { type CheckCase, type LakeWorld, newFile } from './lake-world.ts';

/** Accounts, containers and folders that cannot be used. */
export const placeCases = ({ withKey, withSas, fault, refusing }: LakeWorld): CheckCase[] => [
  {
    name: 'throttling of the path alone',
    step: 'folder',
    code: 'throttled',
    outcome: 'failing',
    given: async () => {
      refusing(429, 'TooManyRequests', { method: 'HEAD' });
      return { target: withKey() };
    },
    remedy: 'wait',
  },
  {
    name: 'an account without hierarchical namespace',
    step: 'account',
    code: 'hierarchicalNamespaceOff',
    outcome: 'actionRequired',
    given: async () => ({ target: withKey({ accountName: flatAccount }) }),
    field: 'settings.accountName',
    remedy: `az storage account hns-migration start --type upgrade --name ${flatAccount}`,
  },
  {
    name: 'an account for page blobs',
    step: 'account',
    code: 'accountKindUnsupported',
    outcome: 'actionRequired',
    given: async () => {
      fault({
        match: { path: /comp=properties/ },
        fault: {
          body: '',
          headers: { 'x-ms-request-id': '1', 'x-ms-sku-name': 'Premium_LRS', 'x-ms-account-kind': 'Storage' },
        },
      });
      return { target: withKey() };
    },
    field: 'settings.accountName',
    remedy: 'general-purpose v2',
  },
  {
    name: 'a container that is missing',
    step: 'container',
    code: 'containerMissing',
    outcome: 'actionRequired',
    given: async () => ({ target: withKey({ container: 'missing' }) }),
    field: 'settings.container',
    remedy: `az storage container create --account-name ${lakeAccount} --name missing`,
  },
  {
    name: 'a missing container that may not be created',
    step: 'container',
    code: 'containerCreationRefused',
    outcome: 'actionRequired',
    given: async () => {
      const target = withSas(accountSas({ permissions: 'rl' }), { container: 'missing' });
      return { target, options: { allow: new Set(['createContainer'] as const) } };
    },
    field: 'settings.container',
    remedy: 'az storage container create',
  },
  {
    name: 'a container that is being deleted',
    step: 'container',
    code: 'containerBeingDeleted',
    outcome: 'failing',
    given: async () => {
      refusing(409, 'ContainerBeingDeleted', { path: /restype=container/ });
      return { target: withKey() };
    },
    field: 'settings.container',
    remedy: 'Wait',
  },
  {
    name: 'a file where the base folder should be',
    step: 'folder',
    code: 'folderIsFile',
    outcome: 'actionRequired',
    given: async () => ({ target: withKey({ baseFolder: 'a-file' }) }),
    field: 'settings.baseFolder',
    remedy: 'another base folder',
  },
  {
    name: 'a file above the base folder',
    step: 'folder',
    code: 'folderIsFile',
    outcome: 'actionRequired',
    given: async () => ({ target: withKey({ baseFolder: 'a-file/below' }) }),
    field: 'settings.baseFolder',
    remedy: 'another base folder',
  },
  {
    name: 'a folder that may not be made',
    step: 'folder',
    code: 'folderRefused',
    outcome: 'actionRequired',
    given: async () => {
      refusing(403, 'AuthorizationPermissionMismatch', { method: 'PUT', path: /resource=directory/ });
      return { target: withKey({ baseFolder: 'closed' }) };
    },
    field: 'settings.baseFolder',
    remedy: 'execute permission',
  },
  {
    name: 'features that the Data Lake endpoint does not support',
    step: 'write',
    code: 'accountFeaturesUnsupported',
    outcome: 'actionRequired',
    given: async () => {
      refusing(409, 'EndpointUnsupportedAccountFeatures', newFile);
      return { target: withKey() };
    },
    field: 'settings.accountName',
    remedy: '--enable-delete-retention false',
  },
  {
    name: 'a SAS that may only read',
    step: 'write',
    code: 'writePermissionMissing',
    outcome: 'actionRequired',
    given: async () => ({ target: withSas(containerSas({ permissions: 'rl' })) }),
    field: 'secrets.sasToken',
    remedy: '--permissions racwdl',
  },
  {
    name: 'a credential that may not write',
    step: 'write',
    code: 'writeRefused',
    outcome: 'actionRequired',
    given: async () => {
      refusing(403, 'AuthorizationPermissionMismatch', newFile);
      return { target: withKey() };
    },
    remedy: 'Storage Blob Data Contributor',
  },
  {
    name: 'a test file that may not be read',
    step: 'write',
    code: 'readBackRefused',
    outcome: 'actionRequired',
    given: async () => {
      refusing(403, 'AuthorizationPermissionMismatch', { method: 'GET', path: '.junction-check-' });
      return { target: withKey() };
    },
    remedy: 'read',
  },
  {
    name: 'a proxy that changes content',
    step: 'write',
    code: 'readBackDiffers',
    outcome: 'actionRequired',
    given: async () => {
      fault({
        match: { method: 'GET', path: '.junction-check-' },
        fault: { body: 'changed', headers: { 'x-ms-request-id': '1', ETag: '"1"' } },
      });
      return { target: withKey() };
    },
    remedy: 'proxy',
  },
  {
    name: 'a connection that breaks while the test file is read',
    step: 'write',
    code: 'connectionReset',
    outcome: 'failing',
    given: async () => {
      fault({ match: { method: 'GET', path: '.junction-check-' }, fault: { truncateBodyAfterBytes: 10 } });
      return { target: withKey() };
    },
    remedy: 'Try again',
  },
  {
    name: 'a test file that may not be deleted',
    step: 'write',
    code: 'deleteRefused',
    outcome: 'actionRequired',
    given: async () => {
      fault({ match: { method: 'DELETE', times: 1 }, fault: { status: 403, code: 'AuthorizationPermissionMismatch' } });
      return { target: withKey() };
    },
    remedy: 'delete',
  },
  {
    name: 'a container with an immutability policy',
    step: 'write',
    code: 'containerImmutable',
    outcome: 'actionRequired',
    given: async () => {
      fault({
        match: { path: /restype=container/ },
        fault: { body: '', headers: { 'x-ms-request-id': '1', 'x-ms-has-immutability-policy': 'true' } },
      });
      return { target: withKey() };
    },
    field: 'settings.container',
    remedy: 'az storage container immutability-policy show',
  },
  {
    name: 'an answer without a name',
    step: 'write',
    code: 'unexpected',
    outcome: 'actionRequired',
    given: async () => {
      refusing(418, 'IAmATeapot', newFile);
      return { target: withKey() };
    },
    remedy: 'documentation of Azure Storage',
  },
];
