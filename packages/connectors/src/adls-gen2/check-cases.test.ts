import { setDefaultCACertificates } from 'node:tls';
import type { LakeEmulator } from '@junction/lake-emulator';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createOutbound, type OutboundOptions } from '../outbound/outbound.ts';
import { findings } from '../shared-azure-storage/findings/findings.ts';
import { expiredCertificate, testAuthority, testCertificate } from '../testing/certificates.ts';
import {
  accountSas,
  container,
  containerOf,
  containerSas,
  contentsOf,
  flatAccount,
  keylessAccount,
  lakeAccount,
  lakeKey,
  startLake,
  wrongKey,
} from '../testing/lake-subject.ts';
import { type CheckOptions, failedStep, type RawTarget, runCheck } from '../testing/run-check.ts';
import { freePort, serveHttp, serveTcp, serveTls, type TestServer } from '../testing/servers.ts';
import { adlsGen2Connector } from './connector.ts';

let lake: LakeEmulator;
const servers: TestServer[] = [];
const started = async (server: Promise<TestServer>): Promise<TestServer> => {
  servers.push(await server);
  return server;
};

beforeAll(async () => {
  setDefaultCACertificates([testAuthority]);
  lake = await startLake();
  await containerOf(lake, lakeAccount).getBlockBlobClient('a-file').upload('x', 1);
});
afterEach(async () => {
  lake.clearFaults();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
afterAll(() => lake.close());

type Settings = Record<string, unknown>;

const withKey = (settings: Settings = {}, accountKey = lakeKey): RawTarget => ({
  settings: { accountName: lakeAccount, container, authentication: 'sharedKey', endpoint: lake.url, ...settings },
  secrets: { accountKey },
});

const withSas = (sasToken: string, settings: Settings = {}): RawTarget => ({
  settings: { accountName: lakeAccount, container, authentication: 'sas', endpoint: lake.url, ...settings },
  secrets: { sasToken },
});

const fault = (...[rule]: Parameters<LakeEmulator['addFault']>) => lake.addFault(rule);

/** A failure of storage for every request, or those that `match`. */
const refusing = (status: number, code: string, match: Parameters<LakeEmulator['addFault']>[0]['match'] = {}) =>
  fault({ match, fault: { status, code } });

const newFile = { method: 'PUT', path: /resource=file/ };

const failingResolver = (code: string) => async (): Promise<never> => {
  throw Object.assign(new Error(code), { code });
};

type Case = {
  name: string;
  step: string;
  code: string;
  outcome: 'actionRequired' | 'failing';
  /** Arranges the world; the answer is what to check, and through which guard. */
  given: () => Promise<{ target: RawTarget; guard?: OutboundOptions; options?: CheckOptions }>;
  field?: string;
  /** A part of the remedy or of its command that names the exact thing. */
  remedy: string | RegExp;
};

const on = (url: string, settings: Settings = {}) => ({
  target: withKey({ endpoint: url, ...settings }),
  guard: { allowedHosts: [url] },
});

const tlsHost = async (certificate: Parameters<typeof serveTls>[0], host: string) => {
  const { port } = await started(serveTls(certificate, lake.url, (name) => name.replace('.lake.test', '.localhost')));
  const hosts = [`${lakeAccount}.dfs.${host}:${port}`, `${lakeAccount}.blob.${host}:${port}`];
  return {
    target: withKey({ endpoint: `https://${lakeAccount}.dfs.${host}:${port}` }),
    guard: { allowedHosts: hosts, resolve: async () => ['127.0.0.1'] },
  };
};

const cases: Case[] = [
  {
    name: 'loopback that nobody listed',
    step: 'endpoint',
    code: 'schemeRefused',
    outcome: 'actionRequired',
    given: async () => ({ target: withKey({ endpoint: 'http://127.0.0.1:10004' }), guard: { allowedHosts: [] } }),
    field: 'settings.endpoint',
    remedy: 'http://127.0.0.1:10004 to JUNCTION_ALLOWED_HOSTS',
  },
  {
    name: 'a host that nobody listed',
    step: 'endpoint',
    code: 'hostNotAllowed',
    outcome: 'actionRequired',
    given: async () => ({ target: withKey({ endpoint: 'https://lake.evil.example' }), guard: { allowedHosts: [] } }),
    field: 'settings.endpoint',
    remedy: 'lake.evil.example to JUNCTION_ALLOWED_HOSTS',
  },
  {
    name: 'an allowed name that leads to loopback',
    step: 'endpoint',
    code: 'addressRefused',
    outcome: 'actionRequired',
    given: async () => ({
      target: withKey({ endpoint: '' }),
      guard: { allowedHosts: [], resolve: async () => ['127.0.0.1'] },
    }),
    field: 'settings.accountName',
    remedy: 'private endpoint',
  },
  {
    name: 'a name that leads to the metadata service',
    step: 'endpoint',
    code: 'addressRefused',
    outcome: 'actionRequired',
    given: async () => ({
      target: withKey({ endpoint: '' }),
      guard: { allowedHosts: [], resolve: async () => ['169.254.169.254'] },
    }),
    remedy: 'no storage account has this address',
  },
  {
    name: 'an account that does not exist',
    step: 'endpoint',
    code: 'nameNotFound',
    outcome: 'actionRequired',
    given: async () => ({
      target: withKey({ endpoint: '' }),
      guard: { allowedHosts: [], resolve: failingResolver('ENOTFOUND') },
    }),
    field: 'settings.accountName',
    remedy: 'spelling of the account name',
  },
  {
    name: 'a name server that does not answer',
    step: 'endpoint',
    code: 'nameLookupFailed',
    outcome: 'failing',
    given: async () => ({
      target: withKey({ endpoint: '' }),
      guard: { allowedHosts: [], resolve: failingResolver('EAI_AGAIN') },
    }),
    remedy: 'DNS',
  },
  {
    name: 'a host with a stray dot',
    step: 'endpoint',
    code: 'urlInvalid',
    outcome: 'actionRequired',
    given: async () => ({ target: withKey({ endpoint: `https://${lakeAccount}.dfs.core.windows.net.` }) }),
    field: 'settings.endpoint',
    remedy: 'stray dots',
  },
  {
    name: 'the endpoint of another account',
    step: 'endpoint',
    code: 'endpointAccountMismatch',
    outcome: 'actionRequired',
    given: async () => ({ target: withKey({ endpoint: 'https://otheraccount.dfs.core.windows.net' }) }),
    field: 'settings.endpoint',
    remedy: 'same account',
  },
  {
    name: 'nothing that listens',
    step: 'connect',
    code: 'connectionRefused',
    outcome: 'failing',
    given: async () => on(`http://127.0.0.1:${await freePort()}`),
    remedy: 'emulator',
  },
  {
    name: 'connections that are reset',
    step: 'connect',
    code: 'connectionReset',
    outcome: 'failing',
    given: async () => {
      fault({ match: {}, fault: { reset: true } });
      return { target: withKey() };
    },
    remedy: 'firewalls',
  },
  {
    name: 'an account that never answers',
    step: 'connect',
    code: 'noAnswer',
    outcome: 'failing',
    given: async () => {
      fault({ match: {}, fault: { hang: true } });
      return { target: withKey() };
    },
    remedy: 'outgoing connections',
  },
  {
    name: 'a name that is rebound to a private address after it was admitted',
    step: 'connect',
    code: 'addressChanged',
    outcome: 'actionRequired',
    given: async () => {
      const answers = ['20.60.1.1', '20.60.1.1'];
      return {
        target: withKey({ endpoint: '' }),
        guard: { allowedHosts: [], resolve: async () => [answers.shift() ?? '10.0.0.1'] },
      };
    },
    remedy: 'DNS',
  },
  {
    name: 'a web server that is not storage',
    step: 'connect',
    code: 'notStorage',
    outcome: 'actionRequired',
    given: async () => on((await started(serveHttp((_request, response) => response.end('<html>Welcome</html>')))).url),
    field: 'settings.endpoint',
    remedy: 'proxy',
  },
  {
    name: 'a sign-in page that redirects',
    step: 'connect',
    code: 'redirected',
    outcome: 'actionRequired',
    given: async () => {
      const location = `${lake.url}/${lakeAccount}`;
      const { url } = await started(
        serveHttp((_request, response) => response.writeHead(302, { location, 'x-ms-request-id': '1' }).end()),
      );
      return { ...on(url), guard: { allowedHosts: [url, lake.url] } };
    },
    field: 'settings.endpoint',
    remedy: 'sign-in page',
  },
  {
    name: 'something that does not speak HTTP',
    step: 'connect',
    code: 'notHttp',
    outcome: 'actionRequired',
    given: async () => on((await started(serveTcp((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')))).url),
    remedy: 'port',
  },
  {
    name: 'TLS to a server without TLS',
    step: 'connect',
    code: 'tlsFailed',
    outcome: 'actionRequired',
    given: async () => on(lake.url.replace('http:', 'https:')),
    field: 'settings.endpoint',
    remedy: 'http://',
  },
  {
    name: 'a certificate of an unknown authority',
    step: 'connect',
    code: 'certificateNotTrusted',
    outcome: 'actionRequired',
    given: async () => {
      setDefaultCACertificates([]);
      return tlsHost(testCertificate, 'lake.test');
    },
    remedy: 'NODE_EXTRA_CA_CERTS',
  },
  {
    name: 'a certificate that has expired',
    step: 'connect',
    code: 'certificateExpired',
    outcome: 'actionRequired',
    given: () => tlsHost(expiredCertificate, 'lake.test'),
    remedy: 'Renew the certificate',
  },
  {
    name: 'a certificate for another host',
    step: 'connect',
    code: 'certificateForOtherHost',
    outcome: 'actionRequired',
    given: () => tlsHost(testCertificate, 'other.test'),
    remedy: 'DNS',
  },
  {
    name: 'an emulator that is too old',
    step: 'connect',
    code: 'versionNotSupported',
    outcome: 'actionRequired',
    given: async () => {
      fault({
        match: {},
        fault: { status: 400, code: 'InvalidHeaderValue', message: 'The API version 2099-01-01 is not supported.' },
      });
      return { target: withKey() };
    },
    remedy: '--skipApiVersionCheck',
  },
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

/** Arranges a case and checks it. */
const checkCase = async ({ given }: Pick<Case, 'given'>) => {
  const { target, guard, options } = await given();
  const outbound = createOutbound(guard ?? { allowedHosts: [lake.url] });
  const { result, events } = await runCheck(adlsGen2Connector, target, { outbound, ...options });
  setDefaultCACertificates([testAuthority]);
  lake.clearFaults();
  return { result, events, target };
};

describe('what goes wrong is told apart', () => {
  it.each(cases)(
    '$name: $step fails with $code',
    async ({ given, step, code, outcome, field, remedy }) => {
      const { result, events, target } = await checkCase({ given });
      const failed = failedStep(result);
      expect({ step: failed?.step, code: failed?.code, outcome: result.outcome }).toEqual({ step, code, outcome });
      if (field !== undefined) expect(failed?.field).toBe(field);
      expect(`${failed?.remedy?.text} ${failed?.remedy?.command}`).toMatch(remedy);
      expect(result.steps.map((one) => one.step)).toEqual(adlsGen2Connector.manifest.steps.map((one) => one.step));
      const output = JSON.stringify([result, events]);
      for (const secret of Object.values(target.secrets)) {
        expect(output).not.toContain(secret);
        const signature = new URLSearchParams(secret).get('sig');
        if (signature !== null) expect(output).not.toContain(signature);
      }
      expect((await contentsOf(lake, lakeAccount)).filter((name) => name !== 'a-file')).toEqual([]);
    },
    15_000,
  );

  it('in at least twenty ways', () => {
    expect(new Set(cases.map(({ code }) => code)).size).toBeGreaterThanOrEqual(20);
  });

  it('with a case for every code of a failure but the one that needs a network without a route', () => {
    const failures = Object.entries(findings).filter(([, { status }]) => status === 'failed');
    const tried = new Set(cases.map(({ code }) => code));
    expect(failures.map(([code]) => code).filter((code) => !tried.has(code))).toEqual(['hostUnreachable']);
  });
});

describe('what goes well', () => {
  const codesOf = async (target: RawTarget, options: CheckOptions = {}) => {
    const outbound = createOutbound({ allowedHosts: [lake.url] });
    const { result } = await runCheck(adlsGen2Connector, target, { outbound, ...options });
    return { result, codes: Object.fromEntries(result.steps.map(({ step, code }) => [step, code])) };
  };

  it('accepts an account SAS and says when it ends', async () => {
    const { result, codes } = await codesOf(withSas(accountSas()));
    expect(result.outcome).toBe('passed');
    expect(codes.authenticate).toBe('sasAccepted');
    expect(Date.parse(result.credentialExpiresAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('accepts a SAS for the container alone', async () => {
    expect((await codesOf(withSas(containerSas()))).result.outcome).toBe('passed');
  });

  it('does not know the end of a SAS with a stored access policy', async () => {
    await containerOf(lake, lakeAccount).setAccessPolicy(undefined, [
      {
        id: 'exports',
        accessPolicy: { permissions: 'racwdl', startsOn: new Date(0), expiresOn: new Date(Date.now() + 86_400_000) },
      },
    ]);
    const { result } = await codesOf(withSas(containerSas({ policy: 'exports' })));
    expect(result.outcome).toBe('passed');
    expect(result.credentialExpiresAt).toBeUndefined();
  });

  it('leaves the kind of account open when a SAS may not ask for it', async () => {
    refusing(403, 'AuthorizationFailure', { path: /comp=properties/ });
    const { result, codes } = await codesOf(withSas(containerSas()));
    expect(codes.account).toBe('accountUnknown');
    expect(result.outcome).toBe('passed');
  });

  it('creates a missing container when that is allowed, and only then', async () => {
    const target = withKey({ container: 'on-demand', baseFolder: 'x/y' });
    const first = await codesOf(target);
    expect(first.result.steps.find(({ step }) => step === 'container')?.offer).toBe('createContainer');
    expect(await containerOf(lake, lakeAccount, 'on-demand').exists()).toBe(false);
    const second = await codesOf(target, { allow: new Set(['createContainer']) });
    expect(second.codes.container).toBe('containerCreated');
    expect(second.result.outcome).toBe('passed');
    expect((await codesOf(target)).codes.container).toBe('containerFound');
  });

  it('does not offer to create what the SAS cannot', async () => {
    const { result } = await codesOf(withSas(accountSas({ resourceTypes: 'o' }), { container: 'missing' }));
    const step = result.steps.find(({ step }) => step === 'container');
    expect(step).toMatchObject({ code: 'containerMissing', status: 'failed' });
    expect(step?.offer).toBeUndefined();
  });

  it('finds an existing folder and leaves it as it is', async () => {
    await containerOf(lake, lakeAccount).getBlockBlobClient('kept/folder/file').upload('x', 1);
    expect((await codesOf(withKey({ baseFolder: 'kept/folder' }))).codes.folder).toBe('folderFound');
    expect((await codesOf(withKey({ baseFolder: 'kept/new/below' }))).codes.folder).toBe('folderCanBeMade');
    expect((await contentsOf(lake, lakeAccount)).filter((name) => name.startsWith('kept'))).toEqual(
      ['kept', 'kept/folder', 'kept/folder/file'].filter(
        (name) => name === 'kept/folder/file' || name.startsWith('kept'),
      ),
    );
    await containerOf(lake, lakeAccount).deleteBlob('kept/folder/file');
  });

  it('does not try to make a folder with a SAS that cannot, and lets the write step say so', async () => {
    const { result, codes } = await codesOf(withSas(containerSas({ permissions: 'rl' }), { baseFolder: 'new' }));
    expect(codes).toMatchObject({ folder: 'folderNotTried', write: 'writePermissionMissing' });
    expect(failedStep(result)?.message).toContain('write and delete');
  });

  it('works over TLS with a host for each service', async () => {
    const { target, guard } = await tlsHost(testCertificate, 'lake.test');
    const { result } = await runCheck(adlsGen2Connector, target, { outbound: createOutbound(guard) });
    expect(result.steps.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('removes the test file even when nobody waits any more', async () => {
    const abort = new AbortController();
    fault({ match: { method: 'GET', path: '.junction-check-' }, fault: { hang: true } });
    const outbound = createOutbound({ allowedHosts: [lake.url] });
    const { result } = await runCheck(adlsGen2Connector, withKey({ baseFolder: 'gone/soon' }), {
      outbound,
      signal: abort.signal,
      onStep: (event) => {
        if ('started' in event && event.started === 'write') setTimeout(() => abort.abort(), 100);
      },
    });
    expect(result.steps.at(-1)).toMatchObject({ step: 'write', status: 'skipped', code: 'cancelled' });
    lake.clearFaults();
    expect((await contentsOf(lake, lakeAccount)).filter((name) => name.startsWith('gone'))).toEqual([]);
  });
});
