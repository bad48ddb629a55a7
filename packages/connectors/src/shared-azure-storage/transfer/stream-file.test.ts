import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openBlobLister } from '../../azure-blob/blob-lister.ts';
import type { SourceFiles } from '../../connector.ts';
import { createOutbound } from '../../outbound/outbound.ts';
import { container, containerOf, lakeAccount, lakeKey, startLake } from '../../testing/lake-subject.ts';
import { openStorageSource } from '../source/open-source.ts';

const lake = await startLake();
const idle = new AbortController().signal;
const pieceBytes = 1_000;
const patience = { maxTries: 3, firstPauseMs: 1, longestPauseMs: 1_500 };
const opened: SourceFiles[] = [];

afterEach(() => lake.clearFaults());
afterAll(async () => {
  for (const files of opened) files.close();
  await lake.close();
});

const open = (limits = {}): SourceFiles => {
  const files = openStorageSource(openBlobLister, { pieceBytes, patience, ...limits })(
    {
      settings: { accountName: lakeAccount, container, authentication: 'sharedKey', endpoint: lake.url },
      secrets: { accountKey: lakeKey },
    },
    { outbound: createOutbound({ allowedHosts: [lake.url] }), now: () => new Date() },
  );
  opened.push(files);
  return files;
};

const put = async (path: string, content: Buffer): Promise<string> => {
  const { etag } = await containerOf(lake, lakeAccount).getBlockBlobClient(path).upload(content, content.length);
  return etag ?? '';
};

const content = randomBytes(20 * pieceBytes + 7);
const etag = await put('long.bin', content);

const read = async (files: SourceFiles, signal = idle): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of files.stream('long.bin', etag, signal)) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** The requests for a file since an earlier moment. */
const asked = (before: number): number =>
  lake
    .requests()
    .slice(before)
    .filter(({ method }) => method === 'GET').length;

/** A request that fails is followed by others, so faults are counted from the third piece on. */
const thirdPiece = { method: 'GET', path: '/long.bin', nth: 3 };

describe('a file in pieces', () => {
  it('is whole and in order, however the answers overtake each other', async () => {
    lake.addFault({ match: { method: 'GET', nth: 2 }, fault: { latencyMs: 50 } });
    lake.addFault({ match: { method: 'GET', nth: 7 }, fault: { latencyMs: 30 } });
    expect(Buffer.compare(await read(open()), content)).toBe(0);
  });

  it('asks for a few pieces ahead, and for no more when whoever reads stops', async () => {
    const before = lake.requests().length;
    for await (const _ of open().stream('long.bin', etag, idle)) break;
    const soon = asked(before);
    expect(soon).toBeLessThanOrEqual(5);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked(before)).toBe(soon);
  });

  it('asks for nothing before anybody reads', async () => {
    const before = lake.requests().length;
    open().stream('long.bin', etag, idle);
    expect(lake.requests().length).toBe(before);
  });

  it.each([
    ['a reset', { reset: true }],
    ['a body cut short', { truncateBodyAfterBytes: 10 }],
    ['an error of the service', { status: 500, code: 'InternalError' }],
    ['a busy service', { retryAfterSeconds: 0 }],
  ])('goes on after %s', async (_name, fault) => {
    lake.addFault({ match: thirdPiece, fault });
    const before = lake.requests().length;
    expect(Buffer.compare(await read(open()), content)).toBe(0);
    expect(asked(before)).toBe(22);
  });

  it('asks for one piece only so often', async () => {
    lake.addFault({ match: { method: 'GET' }, fault: { reset: true } });
    const before = lake.requests().length;
    await expect(read(open())).rejects.toMatchObject({ code: 'connectionReset', isTransient: true });
    expect(asked(before)).toBe(patience.maxTries);
  });

  it('comes back when the service asked for it, not before', async () => {
    lake.addFault({ match: { method: 'GET', times: 1 }, fault: { retryAfterSeconds: 1 } });
    const from = performance.now();
    expect(Buffer.compare(await read(open()), content)).toBe(0);
    expect(performance.now() - from).toBeGreaterThanOrEqual(1_000);
  });

  it('leaves a long wait to the caller, and says how long', async () => {
    lake.addFault({ match: { method: 'GET' }, fault: { retryAfterSeconds: 60 } });
    const before = lake.requests().length;
    await expect(read(open())).rejects.toMatchObject({ code: 'throttled', isTransient: true, retryAfterMs: 60_000 });
    expect(asked(before)).toBe(1);
  });

  it('waits no longer than anybody waits for it', async () => {
    lake.addFault({ match: { method: 'GET' }, fault: { retryAfterSeconds: 30 } });
    const limits = { patience: { ...patience, longestPauseMs: 60_000 } };
    const abort = new AbortController();
    const reason = new Error('Nobody waits.');
    const reading = read(open(limits), abort.signal);
    setTimeout(() => abort.abort(reason), 50);
    await expect(reading).rejects.toBe(reason);
    const files = open(limits);
    setTimeout(() => files.close(), 50);
    await expect(read(files)).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('does not try again what will not pass', async () => {
    lake.addFault({ match: { method: 'GET' }, fault: { status: 409, code: 'BlobArchived' } });
    const before = lake.requests().length;
    await expect(read(open())).rejects.toMatchObject({ code: 'fileArchived', isTransient: false });
    expect(asked(before)).toBe(1);
  });
});
