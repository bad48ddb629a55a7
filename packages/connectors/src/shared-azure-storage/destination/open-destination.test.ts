import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataLakeServiceClient, StorageSharedKeyCredential } from '@azure/storage-file-datalake';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type FileDestination, StoreError } from '../../connector.ts';
import { container, containerOf, containerSas, lakeAccount, lakeKey } from '../../testing/lake-subject.ts';
import { openDestinationWorld, pathsBelow, services } from '../testing/destination-world.ts';

const { lake, open, close } = await openDestinationWorld();
const idle = new AbortController().signal;
const spool = await mkdtemp(join(tmpdir(), 'destination-spool-'));
afterEach(() => lake.clearFaults());
afterAll(async () => {
  await close();
  await rm(spool, { recursive: true });
});

const blockBytes = 64 * 1024;
const long = randomBytes(40 * blockBytes + 1);
const text = (content: string): Uint8Array => Buffer.from(content);

const read = async (destination: FileDestination, path: string): Promise<string | undefined> => {
  const bytes = await destination.read(path, 100 * blockBytes, idle);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
};

const failureOf = async (work: Promise<unknown>): Promise<StoreError> => {
  const error = await work.catch((reason: unknown) => reason);
  if (!(error instanceof StoreError)) throw new Error(`Not a StoreError: ${String(error)}`);
  expect(error.remedy).toBeTruthy();
  expect(`${error.message} ${error.remedy} ${error.stack}`).not.toMatch(/sig=|canary/);
  return error;
};

const isBlock = { method: 'PUT', path: /comp=block&/ };

describe.each(services)('a destination over %s', (name, account, openTree) => {
  const folder = name.replaceAll(' ', '-');
  const path = (file: string): string => `${folder}/${file}`;
  const sent = (file: string, query: RegExp): number =>
    lake.requests().filter((request) => request.path.endsWith(path(file)) && query.test(request.query)).length;

  it('sends a long file in blocks, and makes a file of them at the end', async () => {
    const file = join(spool, 'long.bin');
    await writeFile(file, long);
    for (const [target, content] of [
      ['from-file.bin', { file }],
      ['from-memory.bin', long],
    ] as const) {
      const destination = open(openTree, { account, blockBytes });
      await destination.put(path(target), content, idle);
      expect([sent(target, /comp=block&/), sent(target, /comp=blocklist/)]).toEqual([41, 1]);
      const found = await destination.read(path(target), long.length, idle);
      expect(Buffer.compare(Buffer.from(found ?? []), long)).toBe(0);
    }
  });

  it('has only a few blocks under way at a time', async () => {
    const stop = lake.addFault({ match: isBlock, fault: { hang: true } });
    const abort = new AbortController();
    const reason = new Error('Nobody waits.');
    const putting = open(openTree, { account, blockBytes }).put(path('few.bin'), long, abort.signal);
    putting.catch(() => undefined);
    while (sent('few.bin', /comp=block&/) < 4) await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise((resolve) => setTimeout(resolve, 50));
    abort.abort(reason);
    await expect(putting).rejects.toBe(reason);
    expect(sent('few.bin', /comp=block&/)).toBe(4);
    stop();
  });

  it.each([
    ['a reset', { reset: true }],
    ['an error of the service', { status: 500, code: 'InternalError' }],
    ['a busy service', { retryAfterSeconds: 0 }],
  ])('sends only the one block again that %s has hit', async (hit, fault) => {
    const target = `${hit.replaceAll(' ', '-')}.bin`;
    lake.addFault({ match: { ...isBlock, nth: 7 }, fault });
    const destination = open(openTree, { account, blockBytes });
    await destination.put(path(target), long, idle);
    expect(sent(target, /comp=block&/)).toBe(42);
    expect((await destination.read(path(target), long.length, idle))?.length).toBe(long.length);
  });

  it('waits as long as the service asks for, and leaves a longer wait to the caller', async () => {
    const destination = open(openTree, { account });
    lake.addFault({ match: { method: 'PUT', times: 1 }, fault: { retryAfterSeconds: 1 } });
    const from = performance.now();
    await destination.put(path('busy.csv'), text('one'), idle);
    expect(performance.now() - from).toBeGreaterThanOrEqual(1_000);
    lake.addFault({ match: { method: 'PUT' }, fault: { retryAfterSeconds: 120 } });
    expect(await failureOf(destination.put(path('busier.csv'), text('two'), idle))).toMatchObject({
      code: 'throttled',
      isTransient: true,
      retryAfterMs: 120_000,
    });
    expect(sent('busier.csv', /^/)).toBe(1);
    lake.clearFaults();
    lake.addFault({
      match: { method: 'PUT' },
      fault: { status: 503, code: 'ServerBusy', headers: { 'x-ms-retry-after-ms': '2500' } },
    });
    expect((await failureOf(destination.put(path('busy.csv'), text('two'), idle))).retryAfterMs).toBe(2_500);
    lake.clearFaults();
    expect(await read(destination, path('busy.csv'))).toBe('one');
  });

  it.each([
    ['accountFull', false, { status: 507, code: 'InsufficientStorage' }],
    ['containerImmutable', false, { status: 409, code: 'BlobImmutableDueToPolicy' }],
    ['fileLeased', true, { status: 412, code: 'LeaseIdMissing' }],
    ['pathBusy', true, { status: 409, code: 'PendingCopyOperation' }],
    ['pathConflict', false, { status: 409, code: 'PathConflict' }],
    ['containerBeingDeleted', true, { status: 409, code: 'ContainerBeingDeleted' }],
    ['containerMissing', false, { status: 404, code: 'ContainerNotFound' }],
    ['writeRefused', false, { status: 403, code: 'SomethingNew' }],
    ['firewallBlocked', false, { status: 403, code: 'AuthorizationFailure' }],
    ['notStorage', false, { status: 200, body: '<html>Sign in</html>' }],
  ])('says %s', async (code, isTransient, fault) => {
    lake.addFault({ match: { method: 'PUT' }, fault });
    const destination = open(openTree, { account });
    expect(await failureOf(destination.put(path('fault.csv'), text('x'), idle))).toMatchObject({ code, isTransient });
    lake.clearFaults();
    await destination.put(path('moves.csv'), text('x'), idle);
    lake.addFault({ match: { method: 'PUT' }, fault });
    const moving = destination.moveFile(path('moves.csv'), path('moved.csv'), { replaces: false }, idle);
    expect((await failureOf(moving)).isTransient).toBe(isTransient);
    lake.clearFaults();
    expect(await read(destination, path('moves.csv'))).toBe('x');
    expect(await destination.exists(path('moved.csv'), idle)).toBe(false);
  });

  it('says that another program holds a file, and leaves it alone', async () => {
    const destination = open(openTree, { account });
    for (const file of ['held.csv', 'other.csv']) await destination.put(path(file), text('x'), idle);
    const lease = containerOf(lake, account).getBlobClient(path('held.csv')).getBlobLeaseClient();
    await lease.acquireLease(-1);
    const works = [
      () => destination.put(path('held.csv'), text('y'), idle),
      () => destination.moveFile(path('held.csv'), path('free.csv'), { replaces: false }, idle),
      () => destination.moveFile(path('other.csv'), path('held.csv'), { replaces: true }, idle),
      () => destination.removeFile(path('held.csv'), idle),
    ];
    for (const work of works) expect(await failureOf(work())).toMatchObject({ code: 'fileLeased', isTransient: true });
    expect(await destination.exists(path('free.csv'), idle)).toBe(false);
    await lease.releaseLease();
    expect(await destination.moveFile(path('held.csv'), path('free.csv'), { replaces: false }, idle)).toBe('moved');
  });

  it('says how a path is named, in the service’s own words', () => {
    const destination = open(openTree, { account: 'contosolake', endpoint: 'core.windows.net', baseFolder: 'a b/c' });
    const service = name === 'Data Lake' ? 'dfs' : 'blob';
    expect(destination.locationOf('d#1/50%.csv')).toBe(
      `https://contosolake.${service}.core.windows.net/${container}/a%20b/c/d%231/50%25.csv`,
    );
    expect(destination.movesFoldersAtOnce).toBe(service === 'dfs');
  });

  it('does not show files of its own', async () => {
    const destination = open(openTree, { account });
    await containerOf(lake, account).getBlockBlobClient(path('own/.junction-move-1')).upload('', 0);
    await destination.put(path('own/a.csv'), text('x'), idle);
    expect(await pathsBelow(destination, path('own'))).toEqual([path('own/a.csv')]);
    await destination.removeFolder(path('own'), idle);
    expect(await containerOf(lake, account).getBlobClient(path('own/.junction-move-1')).exists()).toBe(false);
  });

  if (account === lakeAccount) {
    it('replaces in blocks what was written over Data Lake', async () => {
      const credential = new StorageSharedKeyCredential(account, lakeKey);
      const service = new DataLakeServiceClient(lake.endpointOf(account), credential);
      await service.getFileSystemClient(container).getFileClient(path('foreign.bin')).upload(Buffer.from('old'));
      const destination = open(openTree, { account, blockBytes });
      await destination.put(path('foreign.bin'), long, idle);
      expect((await destination.read(path('foreign.bin'), long.length, idle))?.length).toBe(long.length);
      const names = await pathsBelow(destination, folder);
      expect(names.filter((one) => one.includes('.junction'))).toEqual([]);
    });

    it('needs no more of a SAS than the form asks for', async () => {
      const destination = open(openTree, { account, sasToken: containerSas(), blockBytes });
      await destination.put(path('sas/from/a.bin'), long, idle);
      await destination.put(path('sas/from/b.csv'), text('b'), idle);
      expect(await destination.moveFile(path('sas/from/b.csv'), path('sas/c.csv'), { replaces: false }, idle)).toBe(
        'moved',
      );
      expect(await destination.moveFolder(path('sas/from'), path('sas/to'), idle)).toBe('moved');
      expect(await pathsBelow(destination, path('sas'))).toEqual(
        [path('sas/c.csv'), path('sas/to/'), path('sas/to/a.bin')].sort(),
      );
      await destination.removeFile(path('sas/c.csv'), idle);
      await destination.removeFolder(path('sas'), idle);
      expect(await destination.exists(path('sas'), idle)).toBe(false);
    });

    it('says which permission a SAS lacks, before anything is half done', async () => {
      const whole = open(openTree, { account });
      await whole.put(path('lacking/a.csv'), text('a'), idle);
      const lacking = (permissions: string) => open(openTree, { account, sasToken: containerSas({ permissions }) });
      const move = (destination: FileDestination) =>
        destination.moveFile(path('lacking/a.csv'), path('lacking/b.csv'), { replaces: false }, idle);
      const keeping = lacking('racwl');
      for (const work of [() => move(keeping), () => keeping.removeFile(path('lacking/a.csv'), idle)]) {
        const error = await failureOf(work());
        expect(error).toMatchObject({ code: 'sasPermissionMissing', isTransient: false });
        expect(error.message).toContain('delete');
      }
      const reading = await failureOf(lacking('rl').put(path('lacking/c.csv'), text('c'), idle));
      expect(reading).toMatchObject({ code: 'sasPermissionMissing', message: expect.stringContaining('write') });
      const blind = await failureOf(pathsBelow(lacking('rwd'), path('lacking')));
      expect(blind).toMatchObject({ code: 'sasPermissionMissing', message: expect.stringContaining('list') });
      expect(await pathsBelow(whole, path('lacking'))).toEqual([path('lacking/a.csv')]);
    });
  }
});
