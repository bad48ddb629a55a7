import type { StorageSharedKeyCredential as BlobKey, ContainerClient } from '@azure/storage-blob';
import type { DataLakeFileSystemClient } from '@azure/storage-file-datalake';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  failureOf,
  fetchWithSas,
  listNames,
  newFilesystem,
  openTarget,
  readFile,
  type Target,
  writeFile,
} from '../testing/target.ts';

let target: Target;
let filesystem: DataLakeFileSystemClient;
let container: ContainerClient;

beforeAll(async () => {
  target = await openTarget('hierarchical');
  filesystem = await newFilesystem(target);
  container = target.blob.getContainerClient(filesystem.name);
});

afterAll(async () => {
  await filesystem.delete();
  await target.close();
});

it('makes directories above a blob that DFS sees', async () => {
  await container.getBlockBlobClient('put/a/b.txt').upload('text', 4);
  expect(await listNames(filesystem, { path: 'put', recursive: true })).toEqual(['put/a/', 'put/a/b.txt']);
  expect(await readFile(filesystem, 'put/a/b.txt')).toBe('text');
});

it('makes them for a blob of several blocks too', async () => {
  await container
    .getBlockBlobClient('blocks/a/b.bin')
    .uploadData(Buffer.alloc(9_000_000, 'x'), { blockSize: 4_000_000, maxSingleShotSize: 1_000_000 });
  expect(await listNames(filesystem, { path: 'blocks', recursive: true })).toEqual(['blocks/a/', 'blocks/a/b.bin']);
  expect((await filesystem.getFileClient('blocks/a/b.bin').getProperties()).contentLength).toBe(9_000_000);
});

it('lets no blob and directory share a name', async () => {
  await writeFile(filesystem, 'clash/file', 'x');
  expect(await failureOf(container.getBlockBlobClient('clash').upload('x', 1))).toMatch(/^409 /);
  expect(await failureOf(container.getBlockBlobClient('clash/file/below').upload('x', 1))).toMatch(/^409 /);
  expect(await readFile(filesystem, 'clash/file')).toBe('x');
});

it('deletes no directory with something in it', async () => {
  await writeFile(filesystem, 'full/file', 'x');
  expect(await failureOf(container.getBlobClient('full').delete())).toBe('409 DirectoryIsNotEmpty');
  await container.getBlobClient('full/file').delete();
  await container.getBlobClient('full').delete();
  expect(await filesystem.getDirectoryClient('full').exists()).toBe(false);
});

it('reads what DFS wrote, and its metadata', async () => {
  await writeFile(filesystem, 'dfs/file', 'from dfs');
  await filesystem.getFileClient('dfs/file').setMetadata({ a: 'b' });
  const blob = container.getBlobClient('dfs/file');
  expect((await blob.downloadToBuffer()).toString()).toBe('from dfs');
  expect((await blob.getProperties()).metadata).toEqual({ a: 'b' });
});

it('overwrites under conditions', async () => {
  const blob = container.getBlockBlobClient('condition');
  const { etag } = await blob.upload('1', 1, { conditions: { ifNoneMatch: '*' } });
  expect(await failureOf(blob.upload('2', 1, { conditions: { ifNoneMatch: '*' } }))).toBe('409 BlobAlreadyExists');
  await blob.upload('2', 1, { conditions: { ifMatch: etag } });
  expect(await failureOf(blob.upload('3', 1, { conditions: { ifMatch: etag } }))).toBe('412 ConditionNotMet');
});

it('answers Blob’s own codes for what is not there', async () => {
  expect(await failureOf(container.getBlobClient('none').download())).toBe('404 BlobNotFound');
  const missing = target.blob.getContainerClient('missing-container');
  expect(await failureOf(missing.getBlockBlobClient('a').upload('x', 1))).toBe('404 ContainerNotFound');
  expect(await missing.exists()).toBe(false);
});

it('refuses a range that starts at the end, and takes one that means nothing for none', async () => {
  await writeFile(filesystem, 'ranges/file', '0123456789');
  const blob = container.getBlobClient('ranges/file');
  expect((await blob.downloadToBuffer(9, 1)).toString()).toBe('9');
  expect(await failureOf(blob.download(10, 1))).toBe('416 InvalidRange');
  expect(await failureOf(blob.download(10))).toBe('416 InvalidRange');
  expect(await failureOf(blob.download(10, 1, { conditions: { ifMatch: '"0x1"' } }))).toBe('412 ConditionNotMet');
  for (const range of ['bytes=5-2', 'bytes=-5', 'bytes=a-b']) {
    const answer = await fetchWithSas(filesystem, 'ranges/file', '', { headers: { range, accept: '*/*' } });
    expect([range, answer.status, await answer.text()]).toEqual([range, 200, '0123456789']);
  }
});

it('gives a user delegation key to holders of a token only', async () => {
  const hour = new Date(Date.now() + 3_600_000);
  expect(await failureOf(target.blob.getUserDelegationKey(new Date(), hour))).toBe('403 AuthenticationFailed');
});

it('copies within the account', async () => {
  await writeFile(filesystem, 'copy/from', 'copied');
  const source = container.getBlobClient('copy/from');
  await (await container.getBlobClient('copy/deep/to').beginCopyFromURL(source.url)).pollUntilDone();
  expect(await readFile(filesystem, 'copy/deep/to')).toBe('copied');
});

it('copies under conditions on both ends', async () => {
  await writeFile(filesystem, 'copying/from', 'from');
  await writeFile(filesystem, 'copying/to', 'to');
  const from = container.getBlobClient('copying/from');
  const to = container.getBlobClient('copying/to');
  const copy = (options = {}) => to.beginCopyFromURL(from.url, options);
  expect(await failureOf(copy({ conditions: { ifNoneMatch: '*' } }))).toBe('409 BlobAlreadyExists');
  expect(await failureOf(copy({ conditions: { ifMatch: '"0x1"' } }))).toBe('412 TargetConditionNotMet');
  expect(await failureOf(copy({ sourceConditions: { ifMatch: '"0x1"' } }))).toBe('412 SourceConditionNotMet');
  const none = container.getBlobClient('copying/none');
  expect(await failureOf(to.beginCopyFromURL(none.url))).toBe('404 CannotVerifyCopySource');
  const [source, target] = await Promise.all([from.getProperties(), to.getProperties()]);
  await copy({
    sourceConditions: { ifMatch: source.etag },
    conditions: { ifMatch: target.etag },
    metadata: { a: 'b' },
  });
  expect(await readFile(filesystem, 'copying/to')).toBe('from');
  expect((await to.getProperties()).metadata).toEqual({ a: 'b' });
});

it('takes no blocks for a file that DFS has made, but another file in its place', async () => {
  await writeFile(filesystem, 'made/file', 'dfs');
  const blob = container.getBlockBlobClient('made/file');
  const id = Buffer.from('1').toString('base64');
  expect(await failureOf(blob.stageBlock(id, 'x', 1))).toBe('409 BlobOperationNotSupported');
  expect(await failureOf(blob.commitBlockList([]))).toBe('409 BlobOperationNotSupported');
  await blob.upload('blob', 4);
  await blob.stageBlock(id, 'block', 5);
  await blob.commitBlockList([id]);
  expect(await readFile(filesystem, 'made/file')).toBe('block');
});

it('deletes several blobs in one batch', async () => {
  const names = ['batch/1', 'batch/2', 'batch/3'];
  for (const name of names) await container.getBlockBlobClient(name).upload('x', 1);
  await writeFile(filesystem, 'batch/full/file', 'x');
  const urls = [...names, 'batch/full'].map((name) => container.getBlobClient(name).url);
  const answer = await target.blob.getBlobBatchClient().deleteBlobs(urls, target.blob.credential as BlobKey);
  expect(answer.subResponses.map(({ status }) => status)).toEqual([202, 202, 202, 409]);
  expect(await listNames(filesystem, { path: 'batch', recursive: true })).toEqual(['batch/full/', 'batch/full/file']);
});
