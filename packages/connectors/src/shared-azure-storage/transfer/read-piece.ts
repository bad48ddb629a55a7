import { type BlobDownloadResponseParsed, BlobServiceClient } from '@azure/storage-blob';
import { readAtMost } from '../bounded-body.ts';
import { factsOf } from '../facts.ts';
import { isFolderMark } from '../folder-mark.ts';
import type { StoragePlace } from '../storage-place.ts';
import type { StoreRequests } from './requests.ts';
import { storeError } from './store-failure.ts';

/** A piece of a file is read with one request, so that each has a deadline that says something. */
export const pieceBytes = 4 * 1024 * 1024;

/** A part of a file as it was at one moment, and how long the whole file is. */
export type Piece = { bytes: Uint8Array; total: number; etag?: string };

export type PieceAsked = {
  from: number;
  length: number;
  /** The version it has to be of; any when absent. */
  etag?: string;
  /** The longest file of which a piece is of use. */
  maxTotal?: number;
  mayRepeat?: true;
};

export type ReadPiece = (path: string, asked: PieceAsked, signal: AbortSignal) => Promise<Piece>;

const totalOf = ({ contentRange, contentLength }: BlobDownloadResponseParsed): number =>
  Number(/\/(\d+)$/.exec(contentRange ?? '')?.[1] ?? contentLength ?? 0);

/** A body that ends early, or breaks off in a way that the SDK has words of its own for. */
class BrokenBody extends Error {
  readonly code = 'ECONNRESET';
}

const bodyOf = async ({ readableStreamBody }: BlobDownloadResponseParsed, expected: number): Promise<Uint8Array> => {
  if (readableStreamBody === undefined) throw new BrokenBody();
  const bytes = await readAtMost(readableStreamBody, expected).catch((error: unknown) => {
    throw error instanceof RangeError || (error instanceof Error && error.name === 'AbortError')
      ? error
      : new BrokenBody();
  });
  if (bytes.length !== expected) throw new BrokenBody();
  return bytes;
};

/** A range of what has no bytes cannot be had. */
const isEmpty = (error: unknown): boolean => (error as { response?: { status?: number } }).response?.status === 416;

/** Reads pieces of files, over the Blob endpoint as the SDKs of both services do. */
export const pieceReader = (place: StoragePlace, requests: StoreRequests): ReadPiece => {
  const endpoint = place.endpoints.blob;
  const service = new BlobServiceClient(`${endpoint}${place.query}`, place.credential, requests.http.options);
  const container = service.getContainerClient(place.container);

  return (path, { from, length, etag, maxTotal = Number.POSITIVE_INFINITY, mayRepeat }, signal) => {
    const about = { endpoint, path, missing: 'fileMissing', needs: ['read'], mayRepeat } as const;
    const blob = container.getBlobClient(path);
    return requests.send(about, signal, async (abortSignal): Promise<Piece> => {
      try {
        const options = { abortSignal, conditions: { ifMatch: etag }, maxRetryRequests: 0 };
        const answer = await blob.download(from, length, options);
        const total = totalOf(answer);
        if (total > maxTotal) {
          // Nobody reads it to its end.
          (answer.readableStreamBody as { destroy?(): void } | undefined)?.destroy?.();
          throw storeError('fileTooLarge', { ...factsOf(place, endpoint), path });
        }
        return { bytes: await bodyOf(answer, Math.min(length, total - from)), total, etag: answer.etag };
      } catch (error) {
        if (from !== 0 || !isEmpty(error)) throw error;
        const { metadata } = await blob.getProperties({ abortSignal });
        if (isFolderMark(metadata)) throw storeError('fileMissing', { ...factsOf(place, endpoint), path });
        return { bytes: new Uint8Array(), total: 0 };
      }
    });
  };
};
