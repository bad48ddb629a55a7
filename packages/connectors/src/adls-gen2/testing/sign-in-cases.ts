import { accountSas, containerSas, keylessAccount, lakeAccount, wrongKey } from '../../testing/lake-subject.ts';
import type { CheckCase, LakeWorld } from './lake-world.ts';

/** Credentials that are not accepted. */
export const signInCases = ({ withKey, withSas, fault, refusing }: LakeWorld): CheckCase[] => [
  {
    name: 'no key at all',
    step: 'authenticate',
    code: 'credentialMissing',
    outcome: 'actionRequired',
    given: async () => ({ target: { ...withKey(), secrets: {} } }),
    field: 'secrets.accountKey',
    remedy: 'Enter it',
  },
  {
    name: 'a wrong key',
    step: 'authenticate',
    code: 'accountKeyWrong',
    outcome: 'actionRequired',
    given: async () => ({ target: withKey({}, wrongKey) }),
    field: 'secrets.accountKey',
    remedy: `az storage account keys list --account-name ${lakeAccount}`,
  },
  {
    name: 'a key that may not do everything',
    step: 'authenticate',
    code: 'accountKeyRefused',
    outcome: 'actionRequired',
    given: async () => {
      refusing(403, 'AuthorizationPermissionMismatch');
      return { target: withKey() };
    },
    field: 'secrets.accountKey',
    remedy: 'check the endpoint',
  },
  {
    name: 'key access that is disabled',
    step: 'authenticate',
    code: 'sharedKeyDisabled',
    outcome: 'actionRequired',
    given: async () => ({ target: withKey({ accountName: keylessAccount }) }),
    field: 'settings.authentication',
    remedy: `az storage account update --name ${keylessAccount} --allow-shared-key-access true`,
  },
  {
    name: 'a firewall that does not let in',
    step: 'authenticate',
    code: 'firewallBlocked',
    outcome: 'actionRequired',
    given: async () => {
      refusing(403, 'AuthorizationFailure');
      return { target: withKey() };
    },
    remedy: `az storage account network-rule add --account-name ${lakeAccount}`,
  },
  {
    name: 'a clock that is off',
    step: 'authenticate',
    code: 'clockSkew',
    outcome: 'actionRequired',
    given: async () => {
      const date = new Date(Date.now() + 40 * 60_000).toUTCString();
      fault({ match: {}, fault: { status: 403, code: 'AuthenticationFailed', headers: { Date: date } } });
      return { target: withKey() };
    },
    remedy: 'NTP',
  },
  {
    name: 'an account that is disabled',
    step: 'authenticate',
    code: 'accountDisabled',
    outcome: 'actionRequired',
    given: async () => {
      refusing(403, 'AccountIsDisabled');
      return { target: withKey() };
    },
    remedy: 'subscription',
  },
  {
    name: 'an account that the emulator does not have',
    step: 'authenticate',
    code: 'accountNotFound',
    outcome: 'actionRequired',
    given: async () => ({ target: withKey({ accountName: 'nobody' }) }),
    field: 'settings.accountName',
    remedy: 'account name',
  },
  {
    name: 'a credential that storage does not see',
    step: 'authenticate',
    code: 'anonymousRefused',
    outcome: 'actionRequired',
    given: async () => {
      refusing(401, 'NoAuthenticationInformation');
      return { target: withKey() };
    },
    field: 'secrets.accountKey',
    remedy: 'again',
  },
  {
    name: 'a SAS that has expired',
    step: 'authenticate',
    code: 'sasExpired',
    outcome: 'actionRequired',
    given: async () => ({ target: withSas(accountSas({ expiresInDays: -1 })) }),
    field: 'secrets.sasToken',
    remedy: 'az storage container generate-sas',
  },
  {
    name: 'a SAS that is not valid yet',
    step: 'authenticate',
    code: 'sasNotYetValid',
    outcome: 'actionRequired',
    given: async () => ({ target: withSas(accountSas({ startsInDays: 2 })) }),
    field: 'secrets.sasToken',
    remedy: 'without a start time',
  },
  {
    name: 'a SAS that another key has signed',
    step: 'authenticate',
    code: 'sasSignatureWrong',
    outcome: 'actionRequired',
    given: async () => ({ target: withSas(accountSas({ key: wrongKey })) }),
    field: 'secrets.sasToken',
    remedy: 'new SAS token',
  },
  {
    name: 'a SAS whose stored access policy is gone',
    step: 'authenticate',
    code: 'sasPolicyNotFound',
    outcome: 'actionRequired',
    given: async () => {
      // Answers to HEAD carry no reason, so the reason comes with a request that has a body.
      const detail =
        "<Error><AuthenticationErrorDetail>The stored access policy 'exports' does not exist.</AuthenticationErrorDetail></Error>";
      fault({
        match: { path: /comp=properties/ },
        fault: {
          status: 403,
          body: detail,
          headers: {
            'x-ms-error-code': 'AuthenticationFailed',
            'x-ms-request-id': '1',
            'Content-Type': 'application/xml',
          },
        },
      });
      return { target: withSas(containerSas({ policy: 'exports' })) };
    },
    field: 'secrets.sasToken',
    remedy: 'az storage container policy list',
  },
  {
    name: 'a SAS for another service',
    step: 'authenticate',
    code: 'sasServiceMissing',
    outcome: 'actionRequired',
    given: async () => ({ target: withSas(accountSas({ services: 'q' })) }),
    field: 'secrets.sasToken',
    remedy: '"ss"',
  },
  {
    name: 'a SAS that does not reach files',
    step: 'authenticate',
    code: 'sasResourceTypeMissing',
    outcome: 'actionRequired',
    given: async () => ({ target: withSas(accountSas({ resourceTypes: 'sc' })) }),
    field: 'secrets.sasToken',
    remedy: '"srt"',
  },
  {
    name: 'a SAS that may not read',
    step: 'authenticate',
    code: 'sasPermissionMissing',
    outcome: 'actionRequired',
    given: async () => ({ target: withSas(accountSas({ permissions: 'wdl' })) }),
    field: 'secrets.sasToken',
    remedy: 'Storage Blob Data Contributor',
  },
  {
    name: 'a SAS whose signer has no data role',
    step: 'authenticate',
    code: 'roleMissing',
    outcome: 'actionRequired',
    given: async () => {
      refusing(403, 'AuthorizationPermissionMismatch');
      return { target: withSas(`${containerSas()}&skoid=1&sktid=2`) };
    },
    field: 'secrets.sasToken',
    remedy: 'az role assignment create --role "Storage Blob Data Contributor"',
  },
  {
    name: 'a SAS for another address',
    step: 'authenticate',
    code: 'sasAddressRefused',
    outcome: 'actionRequired',
    given: async () => ({ target: withSas(accountSas({ address: '20.60.1.1' })) }),
    field: 'secrets.sasToken',
    remedy: '"sip"',
  },
  {
    name: 'a SAS for https alone over http',
    step: 'authenticate',
    code: 'sasProtocolRefused',
    outcome: 'actionRequired',
    given: async () => ({ target: withSas(accountSas({ httpsOnly: true })) }),
    field: 'secrets.sasToken',
    remedy: '"spr=https,http"',
  },
  {
    name: 'throttling',
    step: 'authenticate',
    code: 'throttled',
    outcome: 'failing',
    given: async () => {
      fault({ match: {}, fault: { retryAfterSeconds: 7 } });
      return { target: withKey() };
    },
    remedy: 'wait',
  },
  {
    name: 'an error of storage itself',
    step: 'authenticate',
    code: 'serverError',
    outcome: 'failing',
    given: async () => {
      refusing(500, 'InternalError');
      return { target: withKey() };
    },
    remedy: 'status.azure.com',
  },
];
