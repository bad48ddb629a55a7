import { createServer, request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEMO_ACCOUNT } from '../accounts.ts';
import { startLakeEmulator } from '../emulator.ts';
import { APP, type Secured, startSecured, tokenOf } from '../testing/secured.ts';

const { name } = DEMO_ACCOUNT;
let secured: Secured;

beforeAll(async () => {
  secured = await startSecured();
  secured.emulator.assignRole({ principalId: APP.objectId, role: 'Storage Blob Data Owner', account: name });
});
afterAll(() => secured.close());

type Raw = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

const ask = (token: string, options: { version?: string; port?: number; path?: string } = {}): Promise<Raw> =>
  new Promise((resolve, reject) => {
    const path = options.path ?? `/${name}/?comp=list`;
    const headers = { authorization: `Bearer ${token}`, 'x-ms-version': options.version ?? '2023-11-03' };
    const port = options.port ?? secured.emulator.port;
    httpsRequest({ host: '127.0.0.1', port, path, headers, ca: secured.ca.cert }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => {
        body += chunk.toString('utf8');
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    })
      .on('error', reject)
      .end();
  });

const issue = (change: { audience?: string; tenantId?: string; seconds?: number } = {}): Promise<string> =>
  secured.tenant
    .issue(
      {
        tenantId: change.tenantId ?? secured.tenant.trust.tenantId,
        principal: APP,
        audience: change.audience ?? 'https://storage.azure.com',
        proof: 'secret',
      },
      change.seconds,
    )
    .then(({ token }) => token);

describe('a token', () => {
  it.each([
    'https://storage.azure.com',
    'https://storage.azure.com/',
    `https://${name}.blob.core.windows.net`,
    `https://${name}.blob.core.windows.net/`,
  ])('is good for %s', async (audience) => {
    expect((await ask(await issue({ audience }))).status).toBe(200);
  });

  it.each([
    [
      'another audience',
      { audience: 'https://otherlake.blob.core.windows.net' },
      'Audience validation failed. Audience did not match.',
    ],
    [
      'another tenant',
      { tenantId: 'c0de0000-0000-4000-8000-0000000000ff' },
      'Issuer validation failed. Issuer did not match.',
    ],
    ['an expired one', { seconds: -1 }, 'Lifetime validation failed. The token is expired.'],
  ])('of or for %s is refused as Azure does', async (_, change, detail) => {
    const answer = await ask(await issue(change));
    expect([answer.status, answer.headers['x-ms-error-code']]).toEqual([401, 'InvalidAuthenticationInfo']);
    expect(answer.body).toContain(`<AuthenticationErrorDetail>${detail}</AuthenticationErrorDetail>`);
    expect(answer.headers['www-authenticate']).toBe(
      `Bearer authorization_uri=${secured.tenant.url}/${secured.tenant.trust.tenantId}/oauth2/authorize resource_id=https://storage.azure.com`,
    );
  });

  it('that is not valid yet, is signed by somebody else, or is none is refused', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const sign = (kid: string | undefined): Promise<string> =>
      new SignJWT({ oid: APP.objectId, aud: 'https://storage.azure.com', iss: secured.tenant.trust.issuers[0] })
        .setProtectedHeader({ alg: 'RS256', kid })
        .setExpirationTime('1h')
        .sign(privateKey);
    const known = secured.tenant.keySet().keys[0]?.kid;
    expect((await ask(await sign(known))).body).toContain('Signature verification failed.');
    expect((await ask(await sign('nobody'))).body).toContain('Signature key not found.');
    expect((await ask('abc')).body).toContain('The token is malformed.');
  });

  it('is refused with 403 by older versions, and unknown to the oldest', async () => {
    const older = await ask(await issue({ seconds: -1 }), { version: '2018-11-09' });
    expect([older.status, older.headers['x-ms-error-code']]).toEqual([403, 'AuthenticationFailed']);
    const oldest = await ask(await issue(), { version: '2017-04-17' });
    expect(oldest.body).toContain('Authentication scheme Bearer is not supported in this version.');
  });

  it('is refused as JSON on DFS', async () => {
    const answer = await ask(await issue({ seconds: -1 }), { path: `/${name}?resource=account` });
    expect(JSON.parse(answer.body).error).toMatchObject({
      code: 'InvalidAuthenticationInfo',
      detail: { AuthenticationErrorDetail: 'Lifetime validation failed. The token is expired.' },
    });
  });
});

it('asks who has not signed in for a token', async () => {
  const answer = await new Promise<Raw['headers']>((resolve, reject) => {
    const path = `/${name}/files?restype=container`;
    httpsRequest({ host: '127.0.0.1', port: secured.emulator.port, path, ca: secured.ca.cert }, (response) => {
      response.resume();
      resolve(response.headers);
    })
      .on('error', reject)
      .end();
  });
  expect(answer['x-ms-error-code']).toBe('NoAuthenticationInformation');
  expect(answer['www-authenticate']).toMatch(/^Bearer authorization_uri=https:.* resource_id=https:/);
});

it('takes no token when no tenant is trusted', async () => {
  const emulator = await startLakeEmulator({ accounts: [DEMO_ACCOUNT], tls: await secured.ca.issue() });
  const answer = await ask(await issue(), { port: emulator.port });
  expect([answer.status, answer.headers['x-ms-error-code']]).toEqual([401, 'InvalidAuthenticationInfo']);
  await emulator.close();
});

describe('the keys of the tenant', () => {
  it('may change: tokens of the old one stay good unless it is revoked', async () => {
    const before = await issue();
    await secured.tenant.rotateKeys();
    expect((await ask(before)).status).toBe(200);
    expect((await ask(await issue())).status).toBe(200);
    await secured.tenant.rotateKeys({ isOldKept: false });
    expect((await ask(before)).status).toBe(401);
    expect((await ask(await issue())).status).toBe(200);
  });

  it('are fetched, and fetched again when a token names one that is new', async () => {
    let fetches = 0;
    const keyServer = createServer(await secured.ca.issue(), (_, response) => {
      fetches += 1;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(secured.tenant.keySet()));
    });
    await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve));
    const uri = `https://127.0.0.1:${(keyServer.address() as AddressInfo).port}/keys`;
    const emulator = await startLakeEmulator({
      accounts: [DEMO_ACCOUNT],
      tls: await secured.ca.issue(),
      tokens: { ...secured.tenant.trust, keys: { uri, ca: secured.ca.cert, refetchAfterMs: 0 } },
    });
    emulator.assignRole({ principalId: APP.objectId, role: 'Storage Blob Data Reader', account: name });
    const { port } = emulator;
    const token = tokenOf(secured);
    expect((await ask(await token(), { port })).status).toBe(200);
    expect((await ask(await token(), { port })).status).toBe(200);
    expect(fetches).toBe(1);
    await secured.tenant.rotateKeys();
    expect((await ask(await token(), { port })).status).toBe(200);
    expect(fetches).toBe(2);
    await emulator.close();
    keyServer.close();
  });
});
