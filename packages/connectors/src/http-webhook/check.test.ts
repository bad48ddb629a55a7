import { setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connector } from '../connector.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { verifyPayload } from '../signing/signing.ts';
import { expiredCertificate, testAuthority, testCertificate } from '../testing/certificates.ts';
import { failedStep, type RawTarget, runCheck } from '../testing/run-check.ts';
import { serveTcp, serveTls } from '../testing/servers.ts';
import { httpWebhookConnector } from './connector.ts';
import { canaries, namedUrl, openWebhookWorld } from './testing/webhook-world.ts';

const connector: Connector = httpWebhookConnector;
const { allowing, receiver, started, target, tidy, tokenService } = openWebhookWorld();

beforeEach(() => setDefaultCACertificates([testAuthority]));
afterEach(async () => {
  setDefaultCACertificates([]);
  await tidy();
});

type Arranged = { target: RawTarget; outbound: Outbound };
type Case = {
  name: string;
  step: string;
  code: string;
  outcome?: 'failing' | 'actionRequired';
  field?: string;
  remedy?: string;
  given: () => Promise<Arranged>;
};

const bearer = { authentication: 'bearer' };
const { token, clientSecret, signingSecret } = canaries;

const answering =
  (status: number, settings = {}, secrets: Partial<typeof canaries> = {}) =>
  async (): Promise<Arranged> => {
    const hook = await receiver();
    hook.fail({ status, echoes: true });
    return { target: target(hook.url, settings, secrets), outbound: allowing(hook.url) };
  };

const withTls = async (certificate: typeof testCertificate, domain?: string): Promise<Arranged> => {
  const hook = await receiver();
  const url = namedUrl(await started(serveTls(certificate, hook.url, (host) => host)), domain);
  return { target: target(url), outbound: allowing(url) };
};

/** A token service that answers like this, in front of a receiver that would accept. */
const tokensAnswering = (status: number, body: string) => async (): Promise<Arranged> => {
  const tokens = await tokenService();
  const hook = await receiver();
  tokens.fail((response) => response.writeHead(status).end(body));
  const settings = { authentication: 'oauth2', tokenUrl: tokens.tokenUrl, clientId: 'junction' };
  return { target: target(hook.url, settings, { clientSecret }), outbound: allowing(hook.url, tokens.url) };
};

const cases: Case[] = [
  {
    name: 'a host that is not on the list',
    step: 'endpoint',
    code: 'hostNotAllowed',
    field: 'settings.url',
    remedy: 'JUNCTION_ALLOWED_HOSTS',
    given: async () => ({ target: target('https://hooks.contoso.com/in'), outbound: allowing() }),
  },
  {
    name: 'http where only https is allowed',
    step: 'endpoint',
    code: 'schemeRefused',
    field: 'settings.url',
    given: async () => ({ target: target('http://hooks.contoso.com'), outbound: allowing('hooks.contoso.com') }),
  },
  {
    name: 'a token service that is not on the list',
    step: 'endpoint',
    code: 'hostNotAllowed',
    field: 'settings.tokenUrl',
    given: async () => {
      const hook = await receiver();
      const settings = { authentication: 'oauth2', tokenUrl: 'https://login.contoso.com/token', clientId: 'junction' };
      return { target: target(hook.url, settings, { clientSecret }), outbound: allowing(hook.url) };
    },
  },
  {
    name: 'a certificate of an unknown authority',
    step: 'connect',
    code: 'certificateNotTrusted',
    field: 'settings.url',
    remedy: 'NODE_EXTRA_CA_CERTS',
    given: () => {
      setDefaultCACertificates([]);
      return withTls(testCertificate);
    },
  },
  {
    name: 'a certificate that has expired',
    step: 'connect',
    code: 'certificateExpired',
    field: 'settings.url',
    given: () => withTls(expiredCertificate),
  },
  {
    name: 'a certificate for another host',
    step: 'connect',
    code: 'certificateForOtherHost',
    field: 'settings.url',
    given: () => withTls(testCertificate, 'other.test'),
  },
  {
    name: 'TLS to a server without TLS',
    step: 'connect',
    code: 'tlsFailed',
    field: 'settings.url',
    given: async () => {
      const url = (await receiver()).url.replace('http:', 'https:');
      return { target: target(url), outbound: allowing(url) };
    },
  },
  {
    name: 'something that does not speak HTTP',
    step: 'authenticate',
    code: 'notHttp',
    field: 'settings.url',
    given: async () => {
      const { url } = await started(
        serveTcp((socket) => socket.on('error', () => undefined).end('SSH-2.0-OpenSSH_9.6\r\n')),
      );
      return { target: target(url), outbound: allowing(url) };
    },
  },
  {
    name: 'a receiver that breaks connections',
    step: 'authenticate',
    code: 'connectionReset',
    outcome: 'failing',
    given: async () => {
      const hook = await receiver();
      hook.fail('reset');
      return { target: target(hook.url), outbound: allowing(hook.url) };
    },
  },
  {
    name: 'no sign-in where one is asked for',
    step: 'authenticate',
    code: 'credentialRefused',
    field: 'settings.authentication',
    given: answering(401),
  },
  {
    name: 'a signature that is not accepted',
    step: 'authenticate',
    code: 'credentialRefused',
    field: 'secrets.signingSecret',
    remedy: 'signing secret',
    given: answering(401, {}, { signingSecret }),
  },
  {
    name: 'a wrong password',
    step: 'authenticate',
    code: 'credentialRefused',
    field: 'secrets.password',
    given: answering(401, { authentication: 'basic', userName: 'ada' }, { password: canaries.password }),
  },
  {
    name: 'a wrong API key',
    step: 'authenticate',
    code: 'accessRefused',
    field: 'secrets.apiKey',
    given: answering(403, { authentication: 'apiKey', headerName: 'X-API-Key' }, { apiKey: canaries.apiKey }),
  },
  {
    name: 'a token or a signing secret that is wrong',
    step: 'authenticate',
    code: 'credentialRefused',
    field: 'secrets.token',
    remedy: 'compare the signing secret',
    given: answering(401, bearer, { token, signingSecret }),
  },
  {
    name: 'a wrong key in the address',
    step: 'authenticate',
    code: 'credentialRefused',
    field: 'secrets.query',
    given: answering(401, { authentication: 'query' }, { query: canaries.query }),
  },
  {
    name: 'a credential that is not there',
    step: 'authenticate',
    code: 'credentialMissing',
    field: 'secrets.token',
    given: answering(200, bearer),
  },
  {
    name: 'a redirect',
    step: 'deliver',
    code: 'redirected',
    field: 'settings.url',
    given: answering(308),
  },
  { name: 'a wrong path', step: 'deliver', code: 'addressMissing', field: 'settings.url', given: answering(404) },
  {
    name: 'a receiver that is gone',
    step: 'deliver',
    code: 'addressGone',
    field: 'settings.url',
    given: answering(410),
  },
  {
    name: 'a receiver that does not unpack',
    step: 'deliver',
    code: 'typeRefused',
    field: 'settings.compresses',
    given: answering(415, { compresses: true }),
  },
  { name: 'a receiver that is busy', step: 'deliver', code: 'throttled', outcome: 'failing', given: answering(429) },
  {
    name: 'a receiver with an error',
    step: 'deliver',
    code: 'receiverError',
    outcome: 'failing',
    given: answering(502),
  },
  {
    name: 'a wrong client secret',
    step: 'authenticate',
    code: 'clientRefused',
    field: 'secrets.clientSecret',
    given: tokensAnswering(401, '{"error":"invalid_client","error_description":"canary-client-secret+/ is wrong"}'),
  },
  {
    name: 'a client that is refused without a word',
    step: 'authenticate',
    code: 'clientRefused',
    field: 'secrets.clientSecret',
    given: tokensAnswering(401, ''),
  },
  {
    name: 'a client that may not have tokens of its own',
    step: 'authenticate',
    code: 'grantRefused',
    field: 'settings.clientId',
    given: tokensAnswering(400, '{"error":"unauthorized_client"}'),
  },
  {
    name: 'an unknown scope',
    step: 'authenticate',
    code: 'scopeRefused',
    field: 'settings.scope',
    given: tokensAnswering(400, '{"error":"invalid_scope"}'),
  },
  {
    name: 'an error of a token service with a name of its own',
    step: 'authenticate',
    code: 'tokenRequestRefused',
    field: 'settings.tokenUrl',
    given: tokensAnswering(400, '{"error":"__proto__"}'),
  },
  {
    name: 'a sign-in page in place of a token',
    step: 'authenticate',
    code: 'tokenUnreadable',
    field: 'settings.tokenUrl',
    given: tokensAnswering(200, '<html>'),
  },
  {
    name: 'a token of another kind',
    step: 'authenticate',
    code: 'tokenUnreadable',
    given: tokensAnswering(200, '{"access_token":"canary-token","token_type":"mac"}'),
  },
  {
    name: 'a token that fits into no header',
    step: 'authenticate',
    code: 'tokenUnreadable',
    given: tokensAnswering(200, '{"access_token":"canary-token\\r\\nX: y","token_type":"bearer"}'),
  },
  {
    name: 'a token service that sends elsewhere',
    step: 'authenticate',
    code: 'redirected',
    field: 'settings.tokenUrl',
    given: tokensAnswering(302, ''),
  },
  {
    name: 'a token service with an error',
    step: 'authenticate',
    code: 'receiverError',
    outcome: 'failing',
    given: tokensAnswering(500, ''),
  },
];

describe('the check', () => {
  it.each(cases)('finds $name', async ({ step, code, outcome = 'actionRequired', field, remedy, given }) => {
    const { target, outbound } = await given();
    const { result, events } = await runCheck(connector, target, { outbound });
    const failed = failedStep(result);
    expect(failed).toMatchObject({ step, code });
    expect(result.outcome).toBe(outcome);
    if (field !== undefined) expect(failed?.field).toBe(field);
    if (remedy !== undefined) expect(failed?.remedy?.text).toContain(remedy);
    for (const secret of Object.values(canaries)) expect(JSON.stringify([result, events])).not.toContain(secret);
  });

  it('says nothing of whether a credential is accepted when the answer does not', async () => {
    const { target, outbound } = await answering(404, bearer, { token })();
    const { result } = await runCheck(connector, target, { outbound });
    expect(result.steps.map(({ status, code }) => `${status} ${code}`)).toEqual([
      'passed endpointFound',
      'passed connected',
      'skipped credentialNotJudged',
      'failed addressMissing',
    ]);
  });

  it('delivers no rows, in a request that is signed like the others and has a key of its own', async () => {
    const hook = await receiver();
    const checked = target(hook.url, { compresses: true }, { signingSecret });
    for (const _ of ['first', 'second']) await runCheck(connector, checked, { outbound: allowing(hook.url) });
    expect(hook.accepted).toEqual([]);
    const keys = hook.requests.map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys).size).toBe(2);
    for (const { headers, body } of hook.requests) {
      expect(headers).toMatchObject({ 'junction-event': 'check', 'junction-rows': '0', 'content-encoding': 'gzip' });
      expect(body).toBe('');
      expect(verifyPayload(headers, body, signingSecret, new Date())).toBe(true);
    }
  });
});
