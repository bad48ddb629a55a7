import { setDefaultCACertificates } from 'node:tls';
import { expiredCertificate, testCertificate } from '../../testing/certificates.ts';
import { lakeAccount } from '../../testing/lake-subject.ts';
import { freePort, serveHttp, serveTcp } from '../../testing/servers.ts';
import { type CheckCase, failingResolver, type LakeWorld } from './lake-world.ts';

/** Failures to find and to reach the account. */
export const reachCases = ({ lake, withKey, fault, started, on, tlsHost }: LakeWorld): CheckCase[] => [
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
    remedy: 'has this address',
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
];
