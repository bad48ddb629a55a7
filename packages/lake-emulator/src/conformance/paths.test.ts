import type { DataLakeFileSystemClient } from '@azure/storage-file-datalake';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

beforeAll(async () => {
  target = await openTarget('hierarchical');
  filesystem = await newFilesystem(target);
});

afterAll(async () => {
  await filesystem.delete();
  await target.close();
});

describe('filesystems', () => {
  it('creates, lists, describes and deletes one', async () => {
    const one = await newFilesystem(target);
    expect(await one.exists()).toBe(true);
    await one.setMetadata({ purpose: 'test' });
    expect((await one.getProperties()).metadata).toEqual({ purpose: 'test' });
    const names: string[] = [];
    for await (const { name } of target.lake.listFileSystems()) names.push(name);
    expect(names).toContain(one.name);
    await one.delete();
    expect(await one.exists()).toBe(false);
  });

  it('refuses a second one of the same name', async () => {
    expect(await failureOf(filesystem.create())).toBe('409 ContainerAlreadyExists');
  });

  it('refuses a name with characters it may not have', async () => {
    expect(await failureOf(target.lake.getFileSystemClient('Not_a_name').create())).toMatch(/^400 Invalid/);
  });

  it('answers FilesystemNotFound for a path in one that is not there', async () => {
    const missing = target.lake.getFileSystemClient('missing-filesystem');
    expect(await failureOf(missing.getFileClient('a').create())).toBe('404 FilesystemNotFound');
    expect(await failureOf(missing.listPaths().next())).toBe('404 FilesystemNotFound');
  });

  it('says that the account has a hierarchical namespace', async () => {
    const info = await target.blob.getAccountInfo();
    expect(info.isHierarchicalNamespaceEnabled).toBe(true);
    expect(info.accountKind).toBe('StorageV2');
    expect(info.skuName).toMatch(/_/);
    expect(
      (await target.blob.getContainerClient(filesystem.name).getAccountInfo()).isHierarchicalNamespaceEnabled,
    ).toBe(true);
  });
});

describe('creating', () => {
  it('makes the directories above a file', async () => {
    await filesystem.getFileClient('create/a/b/file.txt').create();
    expect(await listNames(filesystem, { path: 'create', recursive: true })).toEqual([
      'create/a/',
      'create/a/b/',
      'create/a/b/file.txt',
    ]);
  });

  it('replaces a file, and does not when told so', async () => {
    await writeFile(filesystem, 'create/again', 'old');
    await filesystem.getFileClient('create/again').create();
    expect((await filesystem.getFileClient('create/again').getProperties()).contentLength).toBe(0);
    const created = await filesystem.getFileClient('create/again').createIfNotExists();
    expect(created.succeeded).toBe(false);
    expect(await failureOf(filesystem.getFileClient('create/again').create({ conditions: { ifNoneMatch: '*' } }))).toBe(
      '409 PathAlreadyExists',
    );
  });

  it('keeps an empty directory, and what is in a directory that is created again', async () => {
    await filesystem.getDirectoryClient('create/empty').create();
    await writeFile(filesystem, 'create/full/x', 'x');
    await filesystem.getDirectoryClient('create/full').create();
    const names = await listNames(filesystem, { path: 'create', recursive: false });
    expect(names).toContain('create/empty/');
    expect(await readFile(filesystem, 'create/full/x')).toBe('x');
  });

  it('lets no file and directory share a name', async () => {
    await writeFile(filesystem, 'clash/file', 'x');
    expect(await failureOf(filesystem.getDirectoryClient('clash/file').create())).toMatch(/^409 /);
    expect(await failureOf(filesystem.getFileClient('clash').create())).toMatch(/^409 /);
    expect(await failureOf(filesystem.getFileClient('clash/file/below').create())).toMatch(/^409 /);
  });

  it('keeps metadata and content headers', async () => {
    const file = filesystem.getFileClient('create/meta');
    await file.create({
      metadata: { colour: 'grün' },
      pathHttpHeaders: { contentType: 'text/csv', cacheControl: 'no-store' },
    });
    const properties = await file.getProperties();
    expect(properties.contentType).toBe('text/csv');
    expect(properties.cacheControl).toBe('no-store');
    expect(Object.keys(properties.metadata ?? {})).toEqual(['colour']);
    await file.setMetadata({ colour: 'blue' });
    await file.setHttpHeaders({ contentType: 'text/plain' });
    const changed = await file.getProperties();
    expect(changed.metadata).toEqual({ colour: 'blue' });
    expect(changed.contentType).toBe('text/plain');
  });
});

describe('appending', () => {
  it('shows data only when it is flushed', async () => {
    const file = filesystem.getFileClient('append/slow');
    await file.create();
    await file.append('hello ', 0, 6);
    await file.append('world', 6, 5);
    expect((await file.getProperties()).contentLength).toBe(0);
    await file.flush(6, { retainUncommittedData: true });
    expect(await readFile(filesystem, 'append/slow')).toBe('hello ');
    await file.flush(11);
    expect(await readFile(filesystem, 'append/slow')).toBe('hello world');
  });

  it('takes appended parts in any order', async () => {
    const file = filesystem.getFileClient('append/order');
    await file.create();
    await Promise.all([file.append('cc', 4, 2), file.append('aa', 0, 2), file.append('bb', 2, 2)]);
    await file.flush(6);
    expect(await readFile(filesystem, 'append/order')).toBe('aabbcc');
  });

  it('refuses to flush over a gap or past the data', async () => {
    const file = filesystem.getFileClient('append/gap');
    await file.create();
    await file.append('abc', 5, 3);
    expect(await failureOf(file.flush(8))).toBe('400 InvalidFlushPosition');
    await file.append('abcde', 0, 5);
    expect(await failureOf(file.flush(9))).toBe('400 InvalidFlushPosition');
    await file.flush(8);
    expect(await readFile(filesystem, 'append/gap')).toBe('abcdeabc');
  });

  it('continues a file that was written through Blob', async () => {
    await target.blob.getContainerClient(filesystem.name).getBlockBlobClient('append/blob').upload('from blob', 9);
    const file = filesystem.getFileClient('append/blob');
    await file.append(', then dfs', 9, 10);
    await file.flush(19);
    expect(await readFile(filesystem, 'append/blob')).toBe('from blob, then dfs');
  });

  it('refuses data for what is not a file', async () => {
    await filesystem.getDirectoryClient('append/dir').create();
    expect(await failureOf(filesystem.getFileClient('append/dir').append('x', 0, 1))).toMatch(/^409 /);
    expect(await failureOf(filesystem.getFileClient('append/none').append('x', 0, 1))).toBe('404 PathNotFound');
  });

  it('checks the MD5 of a part', async () => {
    await filesystem.getFileClient('append/md5').create();
    const answer = await fetchWithSas(filesystem, 'append/md5', 'action=append&position=0', {
      method: 'PATCH',
      body: 'abc',
      headers: { 'Content-MD5': Buffer.alloc(16, 1).toString('base64') },
    });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-ms-error-code')).toBe('Md5Mismatch');
  });

  it('stores a large file byte for byte', async () => {
    const content = Buffer.alloc(20_000_000, 'abcdefghij');
    await filesystem
      .getFileClient('append/large')
      .upload(content, { chunkSize: 4_000_000, singleUploadThreshold: 4_000_000 });
    const read = await filesystem.getFileClient('append/large').readToBuffer();
    expect(read.equals(content)).toBe(true);
  }, 30_000);
});

describe('reading', () => {
  it('reads ranges', async () => {
    await writeFile(filesystem, 'read/range', '0123456789');
    const file = filesystem.getFileClient('read/range');
    expect((await file.readToBuffer(2, 4)).toString()).toBe('2345');
    const part = await file.read(3, 2);
    expect(part.contentRange).toBe('bytes 3-4/10');
    expect(part.contentLength).toBe(2);
  });

  it('honours conditions', async () => {
    await writeFile(filesystem, 'read/condition', 'x');
    const file = filesystem.getFileClient('read/condition');
    const { etag = '' } = await file.getProperties();
    expect((await file.read(0, undefined, { conditions: { ifMatch: etag } })).contentLength).toBe(1);
    expect(await failureOf(file.read(0, undefined, { conditions: { ifMatch: '"0x1"' } }))).toBe('412 ConditionNotMet');
    expect(await failureOf(file.flush(1, { conditions: { ifMatch: '"0x1"' } }))).toBe('412 ConditionNotMet');
  });

  it('answers 404 for what is not there', async () => {
    expect(await filesystem.getFileClient('read/none').exists()).toBe(false);
    expect(await failureOf(filesystem.getFileClient('read/none').read())).toMatch(/^404 (Blob|Path)NotFound$/);
  });

  it('tells files from directories', async () => {
    await writeFile(filesystem, 'read/kinds/file', 'x');
    expect((await filesystem.getDirectoryClient('read/kinds').getProperties()).metadata?.hdi_isfolder).toBe('true');
    expect(await filesystem.getDirectoryClient('read/kinds').exists()).toBe(true);
  });
});

describe('deleting', () => {
  it('deletes a file and a whole directory', async () => {
    await writeFile(filesystem, 'delete/dir/a', 'a');
    await writeFile(filesystem, 'delete/dir/b/c', 'c');
    await filesystem.getFileClient('delete/dir/a').delete();
    expect(await failureOf(filesystem.getDirectoryClient('delete/dir').delete(false))).toBe('409 DirectoryNotEmpty');
    await filesystem.getDirectoryClient('delete/dir').delete(true);
    expect(await listNames(filesystem, { path: 'delete', recursive: true })).toEqual([]);
  });

  it('leaves nothing of a deleted tree behind, and nothing else out', async () => {
    for (const path of ['tree/a/one', 'tree/two', 'tree-beside/three']) await writeFile(filesystem, path, 'x');
    const half = filesystem.getFileClient('tree/half');
    await half.create();
    await half.append('abc', 0, 3);
    await filesystem.getDirectoryClient('tree').delete(true);
    expect(await listNames(filesystem, { path: 'tree-beside' })).toEqual(['tree-beside/three']);
    await half.create();
    expect(await failureOf(half.flush(3))).toBe('400 InvalidFlushPosition');
    expect(await listNames(filesystem, { path: 'tree', recursive: true })).toEqual(['tree/half']);
  });

  it('answers PathNotFound and honours conditions', async () => {
    expect(await failureOf(filesystem.getFileClient('delete/none').delete())).toBe('404 PathNotFound');
    expect((await filesystem.getFileClient('delete/none').deleteIfExists()).succeeded).toBe(false);
    await writeFile(filesystem, 'delete/kept', 'x');
    const kept = filesystem.getFileClient('delete/kept');
    expect(await failureOf(kept.delete(false, { conditions: { ifMatch: '"0x1"' } }))).toBe('412 ConditionNotMet');
    expect(await kept.exists()).toBe(true);
  });
});

describe('leases', () => {
  it('keeps others from writing until it is released', async () => {
    await writeFile(filesystem, 'lease/file', 'x');
    const file = filesystem.getFileClient('lease/file');
    const lease = file.getDataLakeLeaseClient();
    const { leaseId = '' } = await lease.acquireLease(15);
    expect(await failureOf(file.delete())).toBe('412 LeaseIdMissing');
    expect(await failureOf(file.append('y', 1, 1))).toBe('412 LeaseIdMissing');
    await file.append('y', 1, 1, { conditions: { leaseId } });
    await file.flush(2, { conditions: { leaseId } });
    await lease.renewLease();
    expect((await file.getProperties()).leaseState).toBe('leased');
    await lease.releaseLease();
    await file.delete();
  });

  it('can be broken', async () => {
    await writeFile(filesystem, 'lease/break', 'x');
    const file = filesystem.getFileClient('lease/break');
    await file.getDataLakeLeaseClient().acquireLease(-1);
    await file.getDataLakeLeaseClient().breakLease(0);
    await file.delete();
    expect(await file.exists()).toBe(false);
  });
});
