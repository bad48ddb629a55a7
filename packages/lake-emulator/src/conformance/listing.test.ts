import type { DataLakeFileSystemClient } from '@azure/storage-file-datalake';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { failureOf, listNames, newFilesystem, openTarget, type Target, writeFile } from '../testing/target.ts';

let target: Target;
let filesystem: DataLakeFileSystemClient;

beforeAll(async () => {
  target = await openTarget('hierarchical');
  filesystem = await newFilesystem(target);
  for (const path of ['a/1', 'a/2', 'a/b/3', 'a-b/4', 'top', 'sp ace/ü&%.txt']) await writeFile(filesystem, path, path);
  await filesystem.getDirectoryClient('empty').create();
});

afterAll(async () => {
  await filesystem.delete();
  await target.close();
});

it('lists everything, each directory before what is in it', async () => {
  const names = await listNames(filesystem);
  expect([...names].sort()).toEqual(
    ['a-b/', 'a-b/4', 'a/', 'a/1', 'a/2', 'a/b/', 'a/b/3', 'empty/', 'sp ace/', 'sp ace/ü&%.txt', 'top'].sort(),
  );
  expect(names.indexOf('a/b/')).toBeLessThan(names.indexOf('a/b/3'));
});

it('lists one level', async () => {
  expect((await listNames(filesystem, { recursive: false })).sort()).toEqual([
    'a-b/',
    'a/',
    'empty/',
    'sp ace/',
    'top',
  ]);
  expect(await listNames(filesystem, { path: 'a', recursive: false })).toEqual(['a/1', 'a/2', 'a/b/']);
  expect(await listNames(filesystem, { path: 'empty', recursive: true })).toEqual([]);
});

it('continues page by page without skipping or repeating', async () => {
  const pages: string[][] = [];
  for await (const page of filesystem.listPaths({ recursive: true }).byPage({ maxPageSize: 3 })) {
    pages.push((page.pathItems ?? []).map(({ name }) => name ?? ''));
  }
  expect(pages.length).toBeGreaterThanOrEqual(4);
  expect(pages.every((page) => page.length <= 3)).toBe(true);
  const all = pages.flat();
  expect(new Set(all).size).toBe(all.length);
  expect(all).toHaveLength(11);
});

it('describes each path', async () => {
  const paths = [];
  for await (const path of filesystem.listPaths({ path: 'a' })) paths.push(path);
  const [file, , directory] = paths;
  expect(file).toMatchObject({ name: 'a/1', isDirectory: false, contentLength: 3, owner: '$superuser' });
  expect(file?.etag).toMatch(/^"?0x[0-9A-F]+"?$/);
  expect(Math.abs(Date.now() - (file?.lastModified?.getTime() ?? 0))).toBeLessThan(600_000);
  expect(directory).toMatchObject({ name: 'a/b', isDirectory: true, contentLength: 0 });
});

it('answers PathNotFound for a directory that is not there', async () => {
  expect(await failureOf(filesystem.listPaths({ path: 'none' }).next())).toBe('404 PathNotFound');
});

it('shows the same tree to Blob: directories as prefixes and as marked blobs', async () => {
  const container = target.blob.getContainerClient(filesystem.name);
  const level: string[] = [];
  for await (const item of container.listBlobsByHierarchy('/')) level.push(`${item.kind} ${item.name}`);
  expect(level.sort()).toEqual(['blob top', 'prefix a-b/', 'prefix a/', 'prefix empty/', 'prefix sp ace/']);
  const marked: string[] = [];
  for await (const blob of container.listBlobsFlat({ includeMetadata: true, prefix: 'a/' })) {
    if (blob.metadata?.hdi_isfolder === 'true') marked.push(blob.name);
  }
  expect(marked).toEqual(['a/b']);
});

it('pages one level of the tree for Blob', async () => {
  const names: string[] = [];
  const container = target.blob.getContainerClient(filesystem.name);
  for await (const { segment } of container.listBlobsByHierarchy('/').byPage({ maxPageSize: 2 })) {
    const page = [...(segment.blobPrefixes ?? []), ...segment.blobItems].map(({ name }) => name);
    expect(page.length).toBeLessThanOrEqual(2);
    names.push(...page);
  }
  expect(names.sort()).toEqual(['a-b/', 'a/', 'empty/', 'sp ace/', 'top']);
});
