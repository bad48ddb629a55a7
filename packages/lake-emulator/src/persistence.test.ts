import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataLakeSASPermissions } from '@azure/storage-file-datalake';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_ACCOUNT } from './accounts.ts';
import { startLakeEmulator } from './emulator.ts';
import { failureOf, listNames, readFile, type Target, targetOf, writeFile } from './testing/target.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lake-'));
});

afterAll(() => rm(directory, { recursive: true }));

/** Runs the work on an emulator of its own over the shared directory. */
const session = async (work: (target: Target) => Promise<void>): Promise<void> => {
  const emulator = await startLakeEmulator({ accounts: [DEMO_ACCOUNT], directory });
  try {
    await work(targetOf(emulator, DEMO_ACCOUNT));
  } finally {
    await emulator.close();
  }
};

it('keeps everything over a restart: files, directories, metadata, ACL, leases, data not yet flushed', async () => {
  let etag: string | undefined;
  await session(async ({ lake }) => {
    const files = lake.getFileSystemClient('files');
    await files.create({ metadata: { kept: 'yes' } });
    await writeFile(files, 'dir/file', 'content');
    await files.getDirectoryClient('empty').create();
    const file = files.getFileClient('dir/file');
    await file.setMetadata({ a: '1' });
    await file.setPermissions({
      owner: { read: true, write: true, execute: true },
      group: { read: false, write: false, execute: false },
      other: { read: false, write: false, execute: false },
      stickyBit: false,
      extendedAcls: false,
    });
    await file.append(' more', 7, 5);
    etag = (await file.getProperties()).etag;
    await writeFile(files, 'leased', 'x');
    await files.getFileClient('leased').getDataLakeLeaseClient().acquireLease(60);
  });
  await session(async ({ lake, blob }) => {
    const files = lake.getFileSystemClient('files');
    expect((await files.getProperties()).metadata).toEqual({ kept: 'yes' });
    expect(await listNames(files)).toEqual(['dir/', 'dir/file', 'empty/', 'leased']);
    const file = files.getFileClient('dir/file');
    const properties = await file.getProperties();
    expect(properties.etag).toBe(etag);
    expect(properties.metadata).toEqual({ a: '1' });
    expect(properties.lastModified).toBeInstanceOf(Date);
    expect((await file.getAccessControl()).permissions?.owner.execute).toBe(true);
    await file.flush(12);
    expect(await readFile(files, 'dir/file')).toBe('content more');
    expect(await failureOf(files.getFileClient('leased').delete())).toBe('412 LeaseIdMissing');
    const blobs: string[] = [];
    for await (const { name, properties } of blob.getContainerClient('files').listBlobsFlat()) {
      blobs.push(`${name} ${properties.lastModified instanceof Date}`);
    }
    expect(blobs).toContain('dir/file true');
    await files.getDirectoryClient('dir').move('moved');
  });
  await session(async ({ lake }) => {
    expect(await readFile(lake.getFileSystemClient('files'), 'moved/file')).toBe('content more');
  });
}, 30_000);

it('does not hold file content in memory', async () => {
  await session(async ({ blob }) => {
    const container = blob.getContainerClient('large');
    await container.create();
    const part = Buffer.alloc(16_000_000, 'x');
    await container.getBlockBlobClient('warm').uploadData(part);
    const before = process.memoryUsage();
    for (let count = 0; count < 12; count += 1) await container.getBlockBlobClient(`part-${count}`).uploadData(part);
    const after = process.memoryUsage();
    const grown = after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed;
    expect(grown).toBeLessThan(100_000_000);
  });
}, 30_000);

it('survives a client that leaves in the middle of an upload', async () => {
  await session(async ({ lake, dfsUrl }) => {
    const files = lake.getFileSystemClient('files');
    const file = files.getFileClient('cut-off');
    await file.create();
    const signed = await file.generateSasUrl({
      permissions: DataLakeSASPermissions.parse('w'),
      expiresOn: new Date(Date.now() + 60_000),
    });
    const { port, pathname, search } = new URL(signed);
    const upload = request({
      host: new URL(dfsUrl).hostname,
      port,
      method: 'PATCH',
      path: `${pathname}${search}&action=append&position=0`,
      headers: { 'content-length': 1000 },
    });
    const gone = new Promise((resolve) => upload.once('error', resolve).once('close', resolve));
    upload.write('x'.repeat(400), () => setTimeout(() => upload.destroy(), 50));
    await gone;
    expect(await failureOf(file.flush(400))).toBe('400 InvalidFlushPosition');
    await writeFile(files, 'after', 'fine');
    expect(await readFile(files, 'after')).toBe('fine');
  });
});

it('starts nothing in a directory that cannot be made', async () => {
  await expect(startLakeEmulator({ accounts: [DEMO_ACCOUNT], directory: '/dev/null/lake' })).rejects.toThrow(
    /ENOTDIR|EEXIST/,
  );
});
