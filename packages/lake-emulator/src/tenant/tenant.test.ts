import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  type TokenCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { APP, type Secured, startSecured, trusting } from '../testing/secured.ts';
import { makeClientCertificate } from '../tls/certificates.ts';
import { DEMO_TENANT } from './demo.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';

const SCOPE = 'https://storage.azure.com/.default';
const AUDIENCE = 'api://AzureADTokenExchange';
const SUBJECT = 'system:serviceaccount:lake:app';
const ISSUER = 'https://cluster.example/';
const OTHER_TENANT = 'c0de0000-0000-4000-8000-0000000000ff';
const IDENTITY = { clientId: 'aaaaaaaa-0000-4000-8000-0000000000aa', objectId: 'bbbbbbbb-0000-4000-8000-0000000000aa' };

let secured: Secured;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lake-tenant-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  secured = await startSecured({ managedIdentity: IDENTITY });
});
afterEach(() => secured.close());

/** What points the SDK at the stand-in: without these it would ask Microsoft which tenants there are. */
const options = () => ({
  ...trusting(secured),
  retryOptions: { maxRetries: 0 },
  authorityHost: secured.tenant.url,
  disableInstanceDiscovery: true,
});

const withSecret = (secret = 'the-secret-of-the-app', clientId = APP.clientId, tenant: string = DEMO_TENANT.id) =>
  new ClientSecretCredential(tenant, clientId, secret, options());

const withCertificate = async (pem: { cert: string; key: string }) => {
  const path = join(folder, `${crypto.randomUUID()}.pem`);
  await writeFile(path, `${pem.key}${pem.cert}`);
  return new ClientCertificateCredential(DEMO_TENANT.id, APP.clientId, path, options());
};

/** A GET, or a POST of the form, without an SDK. */
const askTenant = (path: string, form?: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number | undefined; body: Record<string, unknown> }>((resolve, reject) => {
    const target = { host: '127.0.0.1', port: secured.tenant.port, path, ca: secured.ca.cert, headers };
    request({ ...target, method: form === undefined ? 'GET' : 'POST' }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      answer.on('end', () => resolve({ status: answer.statusCode, body: JSON.parse(text) }));
    })
      .on('error', reject)
      .end(form);
  });

const claimsOf = async (credential: TokenCredential, scope = SCOPE) => {
  const answer = await credential.getToken(scope);
  return decodeJwt(answer?.token ?? '');
};

/** What the SDK was told: `<error code> <text up to the trace id>`. */
const refusalOf = async (credential: TokenCredential, scope = SCOPE): Promise<string> => {
  try {
    await credential.getToken(scope);
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
  throw new Error('A token was given but should not have been.');
};

describe('an application with a secret', () => {
  it('gets a token such as Entra’s v1 tokens', async () => {
    const now = Date.now() / 1000;
    const answer = await withSecret().getToken(SCOPE);
    const claims = decodeJwt(answer?.token ?? '');
    expect(claims).toMatchObject({
      aud: 'https://storage.azure.com',
      iss: `${secured.tenant.url}/${DEMO_TENANT.id}/`,
      tid: DEMO_TENANT.id,
      appid: APP.clientId,
      oid: APP.objectId,
      sub: APP.objectId,
      idtyp: 'app',
      ver: '1.0',
      uti: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect(claims.exp).toBeGreaterThan(now + 3500);
    expect(answer?.expiresOnTimestamp).toBeGreaterThan(Date.now() + 3_500_000);
  });

  it('signs in by the domain of the tenant too', async () => {
    expect(await claimsOf(withSecret(undefined, undefined, 'contoso.onmicrosoft.com'))).toMatchObject({
      tid: DEMO_TENANT.id,
    });
  });

  it('is asked for the resource with the slash that it names', async () => {
    expect(await claimsOf(withSecret(), 'https://storage.azure.com//.default')).toMatchObject({
      aud: 'https://storage.azure.com/',
    });
  });

  it.each([
    ['an application that is not there', () => withSecret(undefined, 'aaaaaaaa-0000-4000-8000-0000000000ff'), 700016],
    ['a wrong secret', () => withSecret('wrong'), 7000215],
  ] as const)('is refused for %s', async (_, credential, code) => {
    expect(await refusalOf(credential())).toContain(`AADSTS${code}: `);
  });

  it('is told by its SDK that another tenant has no endpoints', async () => {
    const elsewhere = withSecret(undefined, undefined, OTHER_TENANT);
    expect(await refusalOf(elsewhere)).toContain('endpoints_resolution_error');
  });

  it.each([
    ['an expired secret', { secrets: [{ value: 'the-secret-of-the-app', expiresAt: new Date(0) }] }, 7000222],
    ['being disabled', { isDisabled: true }, 7000112],
    ['a policy', { isBlockedByConditionalAccess: true }, 53003],
  ])('is refused for %s, until that is changed', async (_, change, code) => {
    secured.tenant.change(APP.clientId, change);
    expect(await refusalOf(withSecret())).toContain(`AADSTS${code}: `);
    secured.tenant.set(APP);
    expect(await claimsOf(withSecret())).toMatchObject({ oid: APP.objectId });
  });

  it('is refused for a resource that the tenant does not know', async () => {
    expect(await refusalOf(withSecret(), 'https://lake.example/.default')).toContain('AADSTS500011: ');
  });
});

describe('what is not asked by an SDK', () => {
  const post = (form: Record<string, string>, path = `/${DEMO_TENANT.id}/oauth2/v2.0/token`) =>
    askTenant(path, new URLSearchParams(form).toString());
  const good = {
    grant_type: 'client_credentials',
    client_id: APP.clientId,
    client_secret: 'the-secret-of-the-app',
    scope: SCOPE,
  };

  it('is refused in the shape of Entra’s errors', async () => {
    const { status, body } = await post({ ...good, client_secret: 'wrong' });
    expect(status).toBe(401);
    expect(body).toEqual({
      error: 'invalid_client',
      error_description: expect.stringMatching(
        /^AADSTS7000215: Invalid client secret provided\. .* Trace ID: [0-9a-f-]{36} Correlation ID: [0-9a-f-]{36} Timestamp: \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/,
      ),
      error_codes: [7000215],
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
      trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      error_uri: `${secured.tenant.url}/error?code=7000215`,
    });
  });

  it.each([
    ['a grant', { ...good, grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    ['a scope', { ...good, scope: 'openid profile' }, 400, 'invalid_scope', 1002012],
    ['no proof', { ...good, client_secret: '' }, 401, 'invalid_client', 7000216],
    ['no client', { ...good, client_id: '' }, 400, 'invalid_request', 900144],
  ])('is refused for %s that is not for applications', async (_, form, status, error, code) => {
    expect(await post(form)).toMatchObject({ status, body: { error, error_codes: [code] } });
  });

  it.each([
    ['/nobody/oauth2/v2.0/token', 900023],
    [`/${OTHER_TENANT}/oauth2/v2.0/token`, 90002],
    ['/fabrikam.example/oauth2/v2.0/token', 90002],
  ])('is refused by a tenant that is not there: %s', async (path, code) => {
    expect(await post(good, path)).toMatchObject({ status: 400, body: { error_codes: [code] } });
  });

  it('may come to the older endpoint, or with HTTP Basic', async () => {
    const { scope: _, ...rest } = good;
    const older = await post({ ...rest, resource: 'https://storage.azure.com' }, `/${DEMO_TENANT.id}/oauth2/token`);
    expect(older).toMatchObject({ status: 200, body: { resource: 'https://storage.azure.com', expires_in: '3600' } });
    const authorization = `Basic ${Buffer.from(`${APP.clientId}:the-secret-of-the-app`).toString('base64')}`;
    const form = new URLSearchParams({ grant_type: 'client_credentials', scope: SCOPE }).toString();
    const basic = await askTenant(`/${DEMO_TENANT.id}/oauth2/v2.0/token`, form, { authorization });
    expect(basic).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 3600 } });
  });

  it('learns where everything is', async () => {
    const configuration = await askTenant(`/${DEMO_TENANT.id}/v2.0/.well-known/openid-configuration`);
    expect(configuration.body).toMatchObject({
      issuer: `${secured.tenant.url}/${DEMO_TENANT.id}/v2.0`,
      token_endpoint: `${secured.tenant.url}/${DEMO_TENANT.id}/oauth2/v2.0/token`,
    });
    const keys = await askTenant(new URL(String(configuration.body.jwks_uri)).pathname);
    expect(keys.body).toEqual(secured.tenant.keySet());
    expect(JSON.stringify(keys.body)).not.toContain('"d"');
    const instance = await askTenant('/common/discovery/instance?api-version=1.1');
    expect(instance.body).toMatchObject({ metadata: [{ aliases: [new URL(secured.tenant.url).host] }] });
    expect((await askTenant('/%E0%A4%A')).status).toBe(400);
    expect((await askTenant(`/${DEMO_TENANT.id}/elsewhere`)).status).toBe(404);
  });
});

describe('an application with a certificate', () => {
  it('gets a token when the certificate is registered', async () => {
    const certificate = await makeClientCertificate('lake-app');
    secured.tenant.change(APP.clientId, { certificates: [certificate.cert] });
    expect(await claimsOf(await withCertificate(certificate))).toMatchObject({ oid: APP.objectId, appidacr: '2' });
  });

  it('is refused when it is not, or no longer', async () => {
    const [registered, other] = await Promise.all([makeClientCertificate('one'), makeClientCertificate('two')]);
    secured.tenant.change(APP.clientId, { certificates: [registered.cert] });
    expect(await refusalOf(await withCertificate(other))).toContain('AADSTS700027: ');
    expect(await refusalOf(await withCertificate({ cert: registered.cert, key: other.key }))).toContain(
      'AADSTS700027: ',
    );
    const expired = await makeClientCertificate('three', 0);
    secured.tenant.change(APP.clientId, { certificates: [expired.cert] });
    expect(await refusalOf(await withCertificate(expired))).toContain('The key used is expired.');
  });
});

describe('a workload with an identity of its own', () => {
  let cluster: SigningKeys;

  beforeEach(async () => {
    cluster = await createSigningKeys();
    const federated = [{ issuer: ISSUER, subject: SUBJECT, audience: AUDIENCE, keys: cluster.keySet() }];
    secured.tenant.change(APP.clientId, { federated });
  });

  const workload = async (change: { iss?: string; sub?: string; aud?: string; exp?: number } = {}) => {
    const path = join(folder, `${crypto.randomUUID()}.token`);
    const now = Math.floor(Date.now() / 1000);
    await writeFile(path, await cluster.sign({ iss: ISSUER, sub: SUBJECT, aud: AUDIENCE, exp: now + 600, ...change }));
    return new WorkloadIdentityCredential({
      ...options(),
      tenantId: DEMO_TENANT.id,
      clientId: APP.clientId,
      tokenFilePath: path,
    });
  };

  it('gets a token for one of its cluster’s', async () => {
    expect(await claimsOf(await workload())).toMatchObject({ oid: APP.objectId });
  });

  it.each([
    ['issuer', { iss: 'https://other.example/' }, 700211],
    ['audience', { aud: 'api://other' }, 700212],
    ['subject', { sub: 'system:serviceaccount:lake:other' }, 700213],
    ['time', { exp: 1_000_000_000 }, 700024],
  ])('is refused for another %s', async (_, change, code) => {
    expect(await refusalOf(await workload(change))).toContain(`AADSTS${code}: `);
  });

  it('is refused when somebody else signed it', async () => {
    cluster = await createSigningKeys();
    expect(await refusalOf(await workload())).toContain('AADSTS700211: ');
  });
});

describe('a managed identity', () => {
  const managed = () => {
    const identity = secured.tenant.managedIdentity;
    if (!identity) throw new Error('The tenant was started without a managed identity.');
    return identity;
  };
  const NAMES = ['IDENTITY_ENDPOINT', 'IDENTITY_HEADER', 'AZURE_POD_IDENTITY_AUTHORITY_HOST'] as const;
  afterEach(() => {
    for (const name of NAMES) delete process.env[name];
  });
  const credential = (clientId?: string) =>
    new ManagedIdentityCredential({ retryOptions: { maxRetries: 0 }, ...(clientId && { clientId }) });

  it('is that of App Service', async () => {
    process.env.IDENTITY_ENDPOINT = managed().endpoint;
    process.env.IDENTITY_HEADER = managed().header;
    expect(await claimsOf(credential())).toMatchObject({ oid: IDENTITY.objectId, aud: 'https://storage.azure.com' });
    expect(await claimsOf(credential(IDENTITY.clientId))).toMatchObject({ oid: IDENTITY.objectId });
    await expect(credential(APP.clientId).getToken(SCOPE)).rejects.toThrow(/No User Assigned|400/);
  });

  it('is that of a virtual machine', async () => {
    process.env.AZURE_POD_IDENTITY_AUTHORITY_HOST = managed().metadataHost;
    expect(await claimsOf(credential())).toMatchObject({ oid: IDENTITY.objectId });
  });

  it('answers nobody who cannot prove to be on the machine', async () => {
    const url = `${managed().endpoint}?api-version=2019-08-01&resource=https://storage.azure.com`;
    expect((await fetch(url)).status).toBe(401);
    const imds = `${managed().metadataHost}/metadata/identity/oauth2/token?resource=https://storage.azure.com`;
    expect((await fetch(imds)).status).toBe(400);
    expect((await fetch(imds, { headers: { metadata: 'true' } })).status).toBe(200);
    // Not asked through the SDK, which keeps the identity's tokens for as long as the process lives.
    managed().setAvailable(false);
    expect((await fetch(imds, { headers: { metadata: 'true' } })).status).toBe(400);
    const withHeader = await fetch(url, { headers: { 'x-identity-header': managed().header } });
    expect(withHeader.status).toBe(400);
  });
});

describe('a tenant that is in trouble', () => {
  it.each([
    [{ status: 429, retryAfterSeconds: 7 }, 'AADSTS90055: '],
    [{ status: 503 }, 'AADSTS90033: '],
    [{ status: 500 }, 'AADSTS90033: '],
  ] as const)('answers %o as often as it is told', async (fault, text) => {
    secured.tenant.addFault({ ...fault, times: 1 });
    expect(await refusalOf(withSecret())).toContain(text);
    expect(await claimsOf(withSecret())).toMatchObject({ oid: APP.objectId });
  });
});
