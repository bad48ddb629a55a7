import { DataLakeServiceClient, StorageSharedKeyCredential } from '@azure/storage-file-datalake';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type FileDestination, StoreError } from '../connector.ts';
import { inParallel } from '../shared-azure-storage/destination/in-parallel.ts';
import { openDestinationWorld, pathsBelow } from '../shared-azure-storage/testing/destination-world.ts';
import { container, containerOf, containerSas, flatAccount, lakeAccount, lakeKey } from '../testing/lake-subject.ts';
import { openLakeTree } from './lake-tree.ts';

const { lake, open, close } = await openDestinationWorld();
const idle = new AbortController().signal;
const keeping = { replaces: false };
afterEach(() => lake.clearFaults());
afterAll(close);

const destination = open(openLakeTree);
const text = (content: string): Uint8Array => Buffer.from(content);

const filesOf = (account: string) =>
  new DataLakeServiceClient(
    lake.endpointOf(account),
    new StorageSharedKeyCredential(account, lakeKey),
  ).getFileSystemClient(container);

const failureOf = async (work: Promise<unknown>): Promise<StoreError> => {
  const error = await work.catch((reason: unknown) => reason);
  if (!(error instanceof StoreError)) throw new Error(`Not a StoreError: ${String(error)}`);
  return error;
};

const fill = async (account: string, folder: string, count: number): Promise<void> => {
  const numbers = Array.from({ length: count }, (_, number) => number);
  await inParallel(numbers, 16, idle, async (number) => {
    await containerOf(lake, account).getBlockBlobClient(`${folder}/${number}.csv`).upload('', 0);
  });
};

const renames = (): number =>
  lake.requests().filter(({ method, path }) => method === 'PUT' && /renamed/.test(path)).length;

describe('a folder of a data lake', () => {
  it('is renamed neither onto another folder nor into it, be that empty or not', async () => {
    await destination.put('onto/from/a.csv', text('a'), idle);
    await destination.put('onto/full/b.csv', text('b'), idle);
    await filesOf(lakeAccount).getDirectoryClient('onto/empty').create();
    for (const to of ['onto/full', 'onto/empty', 'onto/full/b.csv']) {
      expect(await destination.moveFolder('onto/from', to, idle)).toBe('taken');
      expect(await destination.moveFile('onto/from/a.csv', to, keeping, idle)).toBe('taken');
    }
    expect(
      await failureOf(destination.moveFile('onto/from/a.csv', 'onto/full', { replaces: true }, idle)),
    ).toMatchObject({
      code: 'pathConflict',
    });
    expect(await pathsBelow(destination, 'onto')).toEqual(
      ['onto/empty/', 'onto/from/', 'onto/from/a.csv', 'onto/full/', 'onto/full/b.csv'].sort(),
    );
  });

  it('is listed whole, however long it is', async () => {
    await fill(lakeAccount, 'long', 310);
    const pages = open(openLakeTree, { pageSize: 20 });
    expect(new Set(await pathsBelow(pages, 'long')).size).toBe(310);
    expect(await pages.moveFolder('long', 'longer', idle)).toBe('moved');
    expect(await pathsBelow(pages, 'longer')).toHaveLength(310);
    await pages.removeFolder('longer', idle);
    expect(await pages.exists('longer', idle)).toBe(false);
  });

  it('is not removed for a file, nor a file for it', async () => {
    await destination.put('kind/a.csv', text('a'), idle);
    await destination.removeFolder('kind/a.csv', idle);
    expect(await failureOf(destination.removeFile('kind', idle))).toMatchObject({ code: 'pathConflict' });
    expect(await destination.exists('kind/a.csv', idle)).toBe(true);
  });
});

describe('renaming', () => {
  it('is asked for once: a second try would find nothing to rename', async () => {
    await destination.put('once/a.csv', text('a'), idle);
    lake.addFault({ match: { method: 'PUT', path: 'renamed' }, fault: { reset: true } });
    const before = renames();
    expect(await failureOf(destination.moveFile('once/a.csv', 'once/renamed.csv', keeping, idle))).toMatchObject({
      code: 'connectionReset',
      isTransient: true,
    });
    expect(renames() - before).toBe(1);
  });

  it('looks again when the file was changed in between, but not for ever', async () => {
    await destination.put('changed/a.csv', text('a'), idle);
    lake.addFault({ match: { method: 'PUT', path: 'to.csv', times: 2 }, fault: { code: 'SourceConditionNotMet' } });
    expect(await destination.moveFile('changed/a.csv', 'changed/to.csv', keeping, idle)).toBe('moved');
    lake.addFault({ match: { method: 'PUT', path: 'other.csv' }, fault: { code: 'SourceConditionNotMet' } });
    const error = await failureOf(destination.moveFile('changed/to.csv', 'changed/other.csv', keeping, idle));
    expect(error).toMatchObject({ code: 'pathBusy', isTransient: true });
  });

  it('names the permissions when a SAS that seems to have them is refused', async () => {
    await destination.put('refused/a.csv', text('a'), idle);
    const signed = open(openLakeTree, { sasToken: containerSas() });
    lake.addFault({ match: { method: 'PUT', path: 'b.csv' }, fault: { code: 'AuthorizationPermissionMismatch' } });
    const error = await failureOf(signed.moveFile('refused/a.csv', 'refused/b.csv', keeping, idle));
    expect(error).toMatchObject({ code: 'renameRefused', remedy: expect.stringContaining('move') });
  });
});

describe('an account without a hierarchical namespace', () => {
  const flat = (): FileDestination => open(openLakeTree, { account: flatAccount });

  it('moves no folders, because it could not do so at once', async () => {
    await flat().put('flat/a.csv', text('a'), idle);
    expect(await failureOf(flat().moveFolder('flat', 'moved', idle))).toMatchObject({
      code: 'hierarchicalNamespaceOff',
      isTransient: false,
    });
  });

  it('is gone on with where storage stopped, when nobody could ask what it is', async () => {
    await filesOf(flatAccount).getDirectoryClient('many').create();
    await fill(flatAccount, 'many', 205);
    lake.addFault({ match: { path: /comp=properties/ }, fault: { status: 403, code: 'AuthorizationFailure' } });
    const unknown = flat();
    expect(await unknown.moveFolder('many', 'renamed', idle)).toBe('moved');
    expect((await pathsBelow(unknown, 'renamed')).length).toBe(205);
    expect(await unknown.exists('many', idle)).toBe(false);
    await unknown.removeFolder('renamed', idle);
    expect(await pathsBelow(unknown, 'renamed')).toEqual([]);
  });
});
