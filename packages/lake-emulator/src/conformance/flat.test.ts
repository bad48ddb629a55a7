import type { DataLakeFileSystemClient } from '@azure/storage-file-datalake';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DELETE_PAGE } from '../dfs/delete-path.ts';
import { RENAME_PAGE } from '../dfs/rename-path.ts';
import {
  failureOf,
  isReal,
  listNames,
  newFilesystem,
  openTarget,
  readFile,
  type Target,
  writeFile,
} from '../testing/target.ts';

let target: Target;
let filesystem: DataLakeFileSystemClient;

beforeAll(async () => {
  target = await openTarget('flat');
  filesystem = await newFilesystem(target);
});

afterAll(async () => {
  await filesystem.delete();
  await target.close();
});

it('says that the account has no hierarchical namespace', async () => {
  expect((await target.blob.getAccountInfo()).isHierarchicalNamespaceEnabled).toBe(false);
});

it('writes, reads, renames and deletes files through DFS', async () => {
  await writeFile(filesystem, 'dfs/a/file', 'flat');
  expect(await readFile(filesystem, 'dfs/a/file')).toBe('flat');
  await filesystem.getFileClient('dfs/a/file').move('elsewhere/file');
  expect(await readFile(filesystem, 'elsewhere/file')).toBe('flat');
  await filesystem.getFileClient('elsewhere/file').delete();
  expect(await filesystem.getFileClient('elsewhere/file').exists()).toBe(false);
});

it('makes no directories above a file, yet lists the prefix as one', async () => {
  await writeFile(filesystem, 'prefix/a/file', 'x');
  const blobs: string[] = [];
  for await (const blob of target.blob.getContainerClient(filesystem.name).listBlobsFlat({ prefix: 'prefix' })) {
    blobs.push(blob.name);
  }
  expect(blobs).toEqual(['prefix/a/file']);
  expect(await listNames(filesystem, { path: 'prefix', recursive: false })).toEqual(['prefix/a/']);
});

it('lets a blob and a prefix share a name', async () => {
  const container = target.blob.getContainerClient(filesystem.name);
  await container.getBlockBlobClient('both').upload('x', 1);
  await container.getBlockBlobClient('both/below').upload('y', 1);
  expect((await container.getBlobClient('both').downloadToBuffer()).toString()).toBe('x');
});

it('has no POSIX attributes', async () => {
  await writeFile(filesystem, 'posix', 'x');
  expect(await failureOf(filesystem.getFileClient('posix').getAccessControl())).toBe(
    '400 HierarchicalNamespaceNotEnabled',
  );
  expect(await failureOf(filesystem.getFileClient('posix').setAccessControl([], { owner: 'x' }))).toBe(
    '400 HierarchicalNamespaceNotEnabled',
  );
});

if (!isReal('flat')) {
  const fill = async (directory: string, count: number): Promise<void> => {
    const container = target.blob.getContainerClient(filesystem.name);
    const names = Array.from({ length: count }, (_, index) => `${directory}/${index}`).values();
    const work = async () => {
      for (const name of names) await container.getBlockBlobClient(name).upload('', 0);
    };
    await Promise.all([work(), work(), work(), work()]);
  };

  it('deletes a large directory in several calls', async () => {
    await fill('large', DELETE_PAGE + 5);
    const directory = filesystem.getDirectoryClient('large');
    const first = await directory.delete(true);
    expect(first.continuation === undefined || first.continuation === '').toBe(true);
    expect(await failureOf(filesystem.listPaths({ path: 'large' }).next())).toBe('404 PathNotFound');
  }, 30_000);

  it('renames a large directory in several calls', async () => {
    const directory = filesystem.getDirectoryClient('many');
    await directory.create();
    await fill('many', RENAME_PAGE + 5);
    const first = await directory.move('moved', { destinationConditions: { ifNoneMatch: '*' } });
    expect(first).toHaveProperty('continuation');
    expect(await listNames(filesystem, { path: 'moved' })).toHaveLength(RENAME_PAGE);
    expect(await listNames(filesystem, { path: 'many' })).toHaveLength(5);
    await directory.move('moved?continuation=more', { destinationConditions: { ifNoneMatch: '*' } });
    expect(await listNames(filesystem, { path: 'moved' })).toHaveLength(RENAME_PAGE + 5);
    expect(await directory.exists()).toBe(false);
  }, 30_000);
}
