import { randomUUID } from 'node:crypto';
import { BlobServiceClient } from '@azure/storage-blob';
import type { FileDestination } from '../../connector.ts';
import { factsOf } from '../facts.ts';
import type { StoragePlace } from '../storage-place.ts';
import type { StoreRequests } from '../transfer/requests.ts';
import { storeError } from '../transfer/store-failure.ts';
import { type GivenContent, withContent } from './given-content.ts';
import { inParallel } from './in-parallel.ts';

/** What goes out with one request. A file that is not longer needs no other. */
const defaultBlockBytes = 8 * 1024 * 1024;

/** Blocks of a file under way at a time, which is all that is held of it in memory. */
const blocksAtATime = 4;

/** A file has at most so many; a very long one has longer blocks. https://learn.microsoft.com/rest/api/storageservices/put-block-list */
const maxBlocks = 50_000;

/** For one block while the others share the line: a quarter of a mebibyte a second will do. */
const blockDeadlineMs = 120_000;

type Block = { id: string; from: number; length: number };

/** The names of a file's blocks have to be of one length, and two puts may not share one. */
const blockIds = (): ((number: number) => string) => {
  const put = randomUUID();
  return (number) => Buffer.from(`${put}-${String(number).padStart(5, '0')}`).toString('base64');
};

const blocksOf = (bytes: number, blockBytes: number): Block[] => {
  const idOf = blockIds();
  const length = Math.max(blockBytes, Math.ceil(bytes / maxBlocks));
  return Array.from({ length: Math.ceil(bytes / length) }, (_, number) => {
    const from = number * length;
    return { id: idOf(number), from, length: Math.min(length, bytes - from) };
  });
};

/**
 * Puts whole files over the Blob endpoint, which knows for both services what Data Lake does not: a file that comes into being in one
 * step. A long one goes out in blocks, several at a time, of which nobody sees anything until the last request makes them the file.
 */
export const filePutter = (
  place: StoragePlace,
  requests: StoreRequests,
  blockBytes = defaultBlockBytes,
): FileDestination['put'] => {
  const endpoint = place.endpoints.blob;
  const service = new BlobServiceClient(`${endpoint}${place.query}`, place.credential, requests.http.options);
  const container = service.getContainerClient(place.container);

  return async (path, content, signal, onBytes = () => undefined) => {
    const blob = container.getBlockBlobClient(path);
    const send = (work: (signal: AbortSignal) => Promise<unknown>, ending = signal): Promise<unknown> => {
      const about = { endpoint, path, missing: 'containerMissing', needs: ['write'], mayRepeat: true } as const;
      return requests.send({ ...about, deadlineMs: blockDeadlineMs }, ending, work);
    };

    const putAtOnce = async ({ bytes, part }: GivenContent): Promise<void> => {
      const body = await part(0, bytes);
      await send((abortSignal) => blob.upload(body, bytes, { abortSignal }));
      onBytes(bytes);
    };

    const putInBlocks = async ({ bytes, part }: GivenContent): Promise<void> => {
      const blocks = blocksOf(bytes, blockBytes);
      let sent = 0;
      await inParallel(blocks, blocksAtATime, signal, async ({ id, from, length }, ending) => {
        const body = await part(from, length);
        await send((abortSignal) => blob.stageBlock(id, body, length, { abortSignal }), ending);
        sent += length;
        onBytes(sent);
      });
      const ids = blocks.map(({ id }) => id);
      await send((abortSignal) => blob.commitBlockList(ids, { abortSignal }));
    };

    signal.throwIfAborted();
    const unreadable = (errorCode: string) =>
      storeError('givenFileUnreadable', { ...factsOf(place, endpoint), path, errorCode });
    await withContent(content, unreadable, (given) =>
      given.bytes <= blockBytes ? putAtOnce(given) : putInBlocks(given),
    );
  };
};
