import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutbound } from '../outbound/outbound.ts';
import { readPasted } from '../shared-azure-storage/pasted.ts';
import { openStorageSource } from '../shared-azure-storage/source/open-source.ts';
import { wrongKey } from '../testing/lake-subject.ts';
import { failedStep, type RawTarget, runCheck } from '../testing/run-check.ts';
import { freePort } from '../testing/servers.ts';
import { openBlobLister } from './blob-lister.ts';
import { azureBlobConnector } from './connector.ts';
import { azureBlobManifest } from './manifest.ts';

type Azurite = { start(): Promise<void>; close(): Promise<void> };

const require = createRequire(import.meta.url);
const part = (name: string): (new (...parameters: unknown[]) => unknown) =>
  require(`azurite/dist/src/blob/${name}.js`).default;

/** Azurite by itself, in memory; what it would keep on disk has a path all the same. */
const startAzurite = async (skipApiVersionCheck: boolean): Promise<{ url: string; close(): Promise<void> }> => {
  const port = await freePort();
  const unused = join(tmpdir(), `azurite-${port}.json`);
  const keepAliveSeconds = 5;
  const configuration = new (part('BlobConfiguration'))(
    '127.0.0.1',
    port,
    keepAliveSeconds,
    unused,
    unused,
    undefined,
    false,
    undefined,
    false,
    undefined,
    false,
    skipApiVersionCheck,
    '',
    '',
    '',
    undefined,
    false,
    true,
  ); // prettier-ignore
  const server = new (part('BlobServer'))(configuration) as Azurite;
  await server.start();
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
};

const development = readPasted('UseDevelopmentStorage=true');
const key = development?.secrets.accountKey ?? '';

const targetAt = (endpoint: string, accountKey = key): RawTarget => ({
  settings: { ...development?.settings, container: 'exports', baseFolder: 'a/b', endpoint },
  secrets: { accountKey },
});

describe('Azurite by itself', () => {
  let azurite: Awaited<ReturnType<typeof startAzurite>>;
  beforeAll(async () => {
    azurite = await startAzurite(true);
    const credential = new StorageSharedKeyCredential('devstoreaccount1', key);
    await new BlobServiceClient(`${azurite.url}/devstoreaccount1`, credential).createContainer('exports');
  }, 30_000);
  afterAll(() => azurite.close());

  const check = (target: RawTarget, url = azurite.url) =>
    runCheck(azureBlobConnector, target, { outbound: createOutbound({ allowedHosts: [url] }) });

  it('passes every step', async () => {
    const { result } = await check(targetAt(azurite.url));
    expect(result.steps.filter(({ status }) => status !== 'passed')).toEqual([]);
  });

  it('is a source: listed in pages, read, and known by its URLs', async () => {
    const container = new BlobServiceClient(
      `${azurite.url}/devstoreaccount1`,
      new StorageSharedKeyCredential('devstoreaccount1', key),
    ).getContainerClient('exports');
    const paths = ['ci/model.json', 'ci/Käse 1+1.csv', 'ci/a/1.csv', 'ci/a.csv', 'ci/b/1.csv', 'cider.csv'];
    for (const path of paths) await container.getBlockBlobClient(path).upload(path, Buffer.byteLength(path));
    const { settings, secrets } = targetAt(azurite.url);
    const files = openStorageSource(openBlobLister, { pageSize: 2 })(
      { settings: azureBlobManifest.settings.parse(settings), secrets },
      { outbound: createOutbound({ allowedHosts: [azurite.url] }), now: () => new Date() },
    );
    const { signal } = new AbortController();
    const found: string[] = [];
    for await (const { path, isFolder } of files.list('ci', signal)) found.push(isFolder ? `${path}/` : path);
    expect(found.sort()).toEqual(['ci/Käse 1+1.csv', 'ci/a.csv', 'ci/a/', 'ci/b/', 'ci/model.json']);
    const bytes = await files.read('ci/Käse 1+1.csv', 100, signal);
    expect(Buffer.from(bytes).toString()).toBe('ci/Käse 1+1.csv');
    expect(files.locate(`${container.url}/ci/K%C3%A4se%201%2B1.csv`)).toEqual({ path: 'ci/Käse 1+1.csv' });
    await expect(files.list('none', signal)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'folderMissing',
    });
    files.close();
  });

  it('is not taken for a firewall when the key is wrong, although it answers with that code', async () => {
    const { result } = await check(targetAt(azurite.url, wrongKey));
    expect(failedStep(result)).toMatchObject({ step: 'authenticate', code: 'accountKeyWrong' });
  });
});

describe('an Azurite that does not know the SDK’s version of the protocol', () => {
  it('is told apart', async () => {
    const strict = await startAzurite(false);
    const { result } = await runCheck(azureBlobConnector, targetAt(strict.url), {
      outbound: createOutbound({ allowedHosts: [strict.url] }),
    });
    await strict.close();
    expect(failedStep(result)?.code).toBe('versionNotSupported');
  }, 30_000);
});
