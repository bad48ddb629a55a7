import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClientSecretCredential } from '@azure/identity';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { DEMO_ACCOUNT } from './accounts.ts';
import { parseCliOptions, parseFaultRules } from './cli-options.ts';
import { trusting } from './testing/secured.ts';

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url));
const running: ChildProcess[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lake-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

type Run = { child: ChildProcess; output: () => string; errors: () => string; exit: Promise<number | null> };

const run = (...args: string[]): Run => {
  const child = spawn(process.execPath, [CLI, ...args]);
  running.push(child);
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, output: () => output, errors: () => errors, exit };
};

const untilReady = async ({ output, errors }: Run): Promise<string> => {
  for (let waited = 0; waited < 15_000; waited += 50) {
    const url = /https?:\/\/127\.0\.0\.1:\d+\/\w+/.exec(output())?.[0];
    if (url && output().includes('Stop with')) return url;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not ready: ${output()}${errors()}`);
};

it('serves the demo, says how to connect and stops cleanly', async () => {
  const one = run('--port', '0', '--demo', '--directory', join(folder, 'data'));
  const url = await untilReady(one);
  expect(one.output()).toMatch(/SDK .*az .*rclone /s);
  const blob = new BlobServiceClient(url, new StorageSharedKeyCredential(DEMO_ACCOUNT.name, DEMO_ACCOUNT.key));
  const names: string[] = [];
  for await (const { name } of blob.listContainers()) names.push(name);
  expect(names).toEqual(['customerinsights', 'exports']);
  one.child.kill('SIGTERM');
  expect(await one.exit).toBe(0);
  expect(one.errors()).toBe('');
}, 30_000);

it('arms the rules of a file and does not print keys it was given', async () => {
  const file = join(folder, 'faults.json');
  await writeFile(file, JSON.stringify([{ match: { path: 're:^/files$' }, fault: { code: 'ServerBusy' } }]));
  const key = Buffer.alloc(64, 9).toString('base64');
  const one = run('--port', '0', '--account', `mylake:${key}:flat`, '--faults', file);
  const url = await untilReady(one);
  expect(one.output()).toContain('flat namespace');
  expect(one.output()).not.toContain(key);
  expect((await fetch(`${url}/files?restype=container`)).status).toBe(503);
  one.child.kill('SIGINT');
  expect(await one.exit).toBe(0);
}, 30_000);

it('speaks TLS beside a tenant, and says what a client needs to sign in', async () => {
  const ca = join(folder, 'ca');
  const one = run('--port', '0', '--tenant', '--ca', ca, '--demo');
  const url = await untilReady(one);
  expect(url).toMatch(/^https:/);
  const said = (name: string): string => new RegExp(`^  ${name} +(\\S+)`, 'm').exec(one.output())?.[1] ?? '';
  expect(one.output()).toContain(`NODE_EXTRA_CA_CERTS=${join(ca, 'ca.pem')}`);
  const tlsOptions = { ca: await readFile(join(ca, 'ca.pem'), 'utf8') };
  const options = { tlsOptions, authorityHost: said('authority'), disableInstanceDiscovery: true };
  const credential = new ClientSecretCredential(said('tenant'), said('client'), said('secret'), options);
  const blob = new BlobServiceClient(url, credential, trusting({ ca: { cert: tlsOptions.ca } }));
  await blob.getContainerClient('exports').getBlockBlobClient('hello').upload('x', 1);
  one.child.kill('SIGTERM');
  expect(await one.exit).toBe(0);
  expect(one.errors()).toBe('');
}, 30_000);

it('says in one line that the port is taken', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const one = run('--port', String(port));
  expect(await one.exit).toBe(1);
  expect(one.errors()).toBe(`lake-emulator: port ${port} on 127.0.0.1 is in use; choose another with --port.\n`);
  server.close();
}, 30_000);

it('refuses options it cannot use, by name', () => {
  expect(() => parseCliOptions(['--port', 'x'])).toThrow('--port');
  expect(() => parseCliOptions(['--account', 'name'])).toThrow('--account');
  expect(() => parseCliOptions(['--colour'])).toThrow('--colour');
  expect(() => parseFaultRules('{}')).toThrow('--faults');
  expect(() => parseFaultRules('nope')).toThrow('--faults: the file is not JSON');
  expect(() => parseFaultRules('[{"match":{"path":"re:("},"fault":{}}]')).toThrow('--faults[0].match.path');
  expect(() => parseFaultRules('[{"match":{"paht":"/x"},"fault":{}}]')).toThrow('--faults[0].match.paht');
  expect(() => parseFaultRules('[{"match":{},"fault":{"status":"403"}}]')).toThrow('--faults[0].fault.status');
});

it('serves the demo account when none is named', () => {
  expect(parseCliOptions([]).accounts).toEqual([DEMO_ACCOUNT]);
  expect(parseCliOptions(['--account', 'other:AAAA', '--demo']).accounts.map(({ name }) => name)).toEqual([
    'other',
    'contosolake',
  ]);
});
