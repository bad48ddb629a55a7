import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClientCertificate } from './certificates.ts';
import { createOwnCa } from './own-ca.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lake-ca-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a certificate authority of one’s own', () => {
  it('makes certificates that a client trusts for all loopback names and those that were given', async () => {
    const ca = await createOwnCa();
    const server = createServer(await ca.issue(['mylake.localhost']), (_, response) => response.end('hello'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const ask = (servername: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        get({ host: '127.0.0.1', port, servername, ca: ca.cert, agent: false }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        }).on('error', reject);
      });
    for (const name of ['localhost', 'contosolake.dfs.localhost', 'contosolake.blob.localhost', 'mylake.localhost']) {
      expect(await ask(name), name).toBe(200);
    }
    await expect(ask('lake.example.com')).rejects.toThrow(/altnames/);
    const cert = new X509Certificate((await ca.issue()).cert);
    expect([cert.checkIP('127.0.0.1'), cert.checkIP('::1'), cert.checkIP('10.0.0.1')]).toEqual([
      '127.0.0.1',
      '::1',
      undefined,
    ]);
    server.close();
  });

  it('keeps itself in a directory, for its owner alone, and is the same the next time', async () => {
    const directory = join(folder, 'kept');
    const first = await createOwnCa({ directory });
    expect(first.file).toBe(join(directory, 'ca.pem'));
    expect(await readFile(join(directory, 'ca.pem'), 'utf8')).toBe(first.cert);
    expect((await stat(join(directory, 'ca-key.pem'))).mode & 0o777).toBe(0o600);
    const second = await createOwnCa({ directory });
    expect(second.cert).toBe(first.cert);
    const issuer = new X509Certificate(first.cert);
    const { cert } = await second.issue();
    expect(new X509Certificate(cert).verify(issuer.publicKey)).toBe(true);
    expect(new X509Certificate(cert).checkIssued(issuer)).toBe(true);
  });

  it('is another one each time in memory', async () => {
    const [first, second] = await Promise.all([createOwnCa(), createOwnCa()]);
    expect(first.file).toBeUndefined();
    expect(second.cert).not.toBe(first.cert);
  });
});

it('makes certificates for applications', async () => {
  const { cert, key } = await makeClientCertificate('lake-app');
  const parsed = new X509Certificate(cert);
  expect(parsed.subject).toBe('CN=lake-app');
  expect(parsed.publicKey.asymmetricKeyType).toBe('rsa');
  expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----/);
});
