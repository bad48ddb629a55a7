import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  AccountSASServices,
  StorageSharedKeyCredential as BlobKey,
  BlobServiceClient,
  ContainerClient,
  generateAccountSASQueryParameters,
  SASProtocol,
} from '@azure/storage-blob';
import {
  type DataLakeFileSystemClient,
  DataLakeSASPermissions,
  type DataLakeSASSignatureValues,
  DataLakeServiceClient,
  DataLakeFileSystemClient as FileSystemClient,
  FileSystemSASPermissions,
  generateDataLakeSASQueryParameters,
  StorageSharedKeyCredential,
} from '@azure/storage-file-datalake';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
const later = (): Date => new Date(Date.now() + 600_000);
const earlier = (): Date => new Date(Date.now() - 600_000);
const NO_RETRY = { retryOptions: { maxTries: 1 } };

beforeAll(async () => {
  target = await openTarget('hierarchical');
  filesystem = await newFilesystem(target);
  await writeFile(filesystem, 'dir/sub/file', 'content');
  await writeFile(filesystem, 'other', 'other');
});

afterAll(async () => {
  await filesystem.delete();
  await target.close();
});

/** A client that has nothing but a service SAS with these values. */
const withSas = (values: Partial<DataLakeSASSignatureValues> & { key?: string }): DataLakeFileSystemClient => {
  const { key = target.key, ...rest } = values;
  const sas = generateDataLakeSASQueryParameters(
    { fileSystemName: filesystem.name, expiresOn: later(), ...rest },
    new StorageSharedKeyCredential(target.account, key),
  );
  return new FileSystemClient(`${target.dfsUrl}/${filesystem.name}?${sas}`, undefined, NO_RETRY);
};

const container = (text: string) => FileSystemSASPermissions.parse(text);
const path = (text: string) => DataLakeSASPermissions.parse(text);

describe('a filesystem SAS', () => {
  it('does what its permissions say', async () => {
    const all = withSas({ permissions: container('racwdlm') });
    await writeFile(all, 'sas/new', 'written');
    expect(await readFile(all, 'sas/new')).toBe('written');
    expect(await listNames(all, { path: 'sas' })).toEqual(['sas/new']);
    await all.getFileClient('sas/new').move('sas/moved');
    await all.getFileClient('sas/moved').delete();
    expect(await all.getFileClient('sas/moved').exists()).toBe(false);
  });

  it.each([
    ['read only', 'rl', (only: DataLakeFileSystemClient) => only.getFileClient('x').create()],
    ['no list', 'rw', (only: DataLakeFileSystemClient) => only.listPaths().next()],
    ['no delete', 'rwl', (only: DataLakeFileSystemClient) => only.getFileClient('other').delete()],
    ['write only', 'w', (only: DataLakeFileSystemClient) => only.getFileClient('other').read()],
    ['create only, on what exists', 'c', (only: DataLakeFileSystemClient) => only.getFileClient('other').create()],
  ])('refuses what they do not say: %s', async (_case, permissions, act) => {
    expect(await failureOf(act(withSas({ permissions: container(permissions) })))).toBe(
      '403 AuthorizationPermissionMismatch',
    );
  });

  it('is refused when it has expired', async () => {
    const expired = withSas({ permissions: container('rl'), expiresOn: earlier() });
    expect(await failureOf(expired.listPaths().next())).toBe('403 AuthenticationFailed');
  });

  it('is refused when it is not yet valid', async () => {
    const future = withSas({
      permissions: container('rl'),
      startsOn: later(),
      expiresOn: new Date(Date.now() + 900_000),
    });
    expect(await failureOf(future.listPaths().next())).toBe('403 AuthenticationFailed');
  });

  it('is refused when it was signed with another key', async () => {
    const forged = withSas({ permissions: container('rl'), key: Buffer.alloc(64, 7).toString('base64') });
    expect(await failureOf(forged.listPaths().next())).toBe('403 AuthenticationFailed');
  });

  it('is refused when its text was changed', async () => {
    const url = withSas({ permissions: container('rl') }).url.replace('sp=rl', 'sp=racwdl');
    const changed = new FileSystemClient(url, undefined, NO_RETRY);
    expect(await failureOf(changed.listPaths().next())).toBe('403 AuthenticationFailed');
  });

  it('opens no other filesystem', async () => {
    const other = await newFilesystem(target);
    const url = withSas({ permissions: container('racwdl') }).url.replace(filesystem.name, other.name);
    expect(await failureOf(new FileSystemClient(url, undefined, NO_RETRY).listPaths().next())).toBe(
      '403 AuthenticationFailed',
    );
    await other.delete();
  });

  it('is for callers of its address range only', async () => {
    const elsewhere = withSas({ permissions: container('rl'), ipRange: { start: '10.255.1.1', end: '10.255.1.9' } });
    expect(await failureOf(elsewhere.listPaths().next())).toBe('403 AuthorizationSourceIPMismatch');
  });

  it('works on Blob as well, and is limited there too', async () => {
    const { url } = withSas({ permissions: container('rl') });
    const blobs = new ContainerClient(url.replace(target.dfsUrl, target.blobUrl), undefined, NO_RETRY);
    expect((await blobs.getBlobClient('other').downloadToBuffer()).toString()).toBe('other');
    expect(await failureOf(blobs.getBlockBlobClient('x').upload('x', 1))).toBe('403 AuthorizationPermissionMismatch');
  });

  it('takes times and permissions from a stored policy', async () => {
    await filesystem.setAccessPolicy(undefined, [
      { id: 'readers', accessPolicy: { permissions: 'rl', startsOn: earlier(), expiresOn: later() } },
    ]);
    const stored = withSas({ identifier: 'readers', expiresOn: undefined });
    expect(await readFile(stored, 'other')).toBe('other');
    expect(await failureOf(stored.getFileClient('x').create())).toBe('403 AuthorizationPermissionMismatch');
    expect(await failureOf(withSas({ identifier: 'unknown', expiresOn: undefined }).listPaths().next())).toMatch(
      /^403 /,
    );
  });
});

describe('a file SAS', () => {
  it('opens that file and no other', async () => {
    const one = withSas({ pathName: 'other', permissions: path('r') });
    expect(await readFile(one, 'other')).toBe('other');
    expect(await failureOf(one.getFileClient('dir/sub/file').read())).toBe('403 AuthenticationFailed');
  });
});

describe('a directory SAS', () => {
  it('opens what is below the directory, on both protocols', async () => {
    const below = withSas({ pathName: 'dir', isDirectory: true, directoryDepth: 1, permissions: path('rcwd') });
    expect(await readFile(below, 'dir/sub/file')).toBe('content');
    await writeFile(below, 'dir/new', 'x');
    const blobs = new ContainerClient(below.url.replace(target.dfsUrl, target.blobUrl), undefined, NO_RETRY);
    expect((await blobs.getBlobClient('dir/sub/file').downloadToBuffer()).toString()).toBe('content');
  });

  it('opens nothing beside it', async () => {
    const below = withSas({ pathName: 'dir', isDirectory: true, directoryDepth: 1, permissions: path('rcwd') });
    expect(await failureOf(below.getFileClient('other').read())).toBe('403 AuthenticationFailed');
    expect(await failureOf(below.listPaths().next())).toBe('403 AuthenticationFailed');
  });
});

describe('an account SAS', () => {
  const sas = (permissions: string, types: string, services = 'b', protocol?: SASProtocol): string =>
    generateAccountSASQueryParameters(
      {
        permissions: AccountSASPermissions.parse(permissions),
        resourceTypes: AccountSASResourceTypes.parse(types).toString(),
        services: AccountSASServices.parse(services).toString(),
        expiresOn: later(),
        protocol,
      },
      new BlobKey(target.account, target.key),
    ).toString();

  const lake = (query: string) => new DataLakeServiceClient(`${target.dfsUrl}?${query}`, undefined, NO_RETRY);
  const blob = (query: string) => new BlobServiceClient(`${target.blobUrl}?${query}`, undefined, NO_RETRY);

  it('does what services, resource types and permissions say', async () => {
    const query = sas('rwdlc', 'sco');
    expect(await readFile(lake(query).getFileSystemClient(filesystem.name), 'other')).toBe('other');
    expect((await blob(query).getAccountInfo()).isHierarchicalNamespaceEnabled).toBe(true);
    expect(await blob(query).getContainerClient(filesystem.name).exists()).toBe(true);
  });

  it('is limited to its resource types', async () => {
    const query = sas('rwdl', 'o');
    expect(await failureOf(lake(query).getFileSystemClient(filesystem.name).listPaths().next())).toBe(
      '403 AuthorizationResourceTypeMismatch',
    );
    expect(await failureOf(blob(query).getContainerClient(filesystem.name).getProperties())).toBe(
      '403 AuthorizationResourceTypeMismatch',
    );
  });

  it('is limited to its services', async () => {
    const query = sas('rwdl', 'sco', 'q');
    expect(await failureOf(blob(query).getContainerClient(filesystem.name).getProperties())).toBe(
      '403 AuthorizationServiceMismatch',
    );
  });

  it('is limited to its permissions', async () => {
    const one = lake(sas('r', 'co')).getFileSystemClient(filesystem.name);
    expect(await failureOf(one.getFileClient('x').create())).toBe('403 AuthorizationPermissionMismatch');
  });

  if (!isReal('hierarchical')) {
    it('for https only is of no use over http', async () => {
      const one = lake(sas('rl', 'sco', 'b', SASProtocol.Https)).getFileSystemClient(filesystem.name);
      expect(await failureOf(one.listPaths().next())).toBe('403 AuthorizationProtocolMismatch');
    });
  }
});

describe('a service SAS and the container itself', () => {
  it('does not open operations on the container', async () => {
    const all = withSas({ permissions: container('racwdl') });
    expect(await failureOf(all.getProperties())).toBe('403 AuthorizationFailure');
    expect(await failureOf(all.delete())).toBe('403 AuthorizationFailure');
  });
});
