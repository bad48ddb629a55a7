import { type BlobDownloadResponseParsed, BlobServiceClient } from '@azure/storage-blob';
import { readAtMost } from '../bounded-body.ts';
import { factsOf } from '../facts.ts';
import type { StoragePlace } from '../storage-place.ts';
import type { SourceRequests } from './requests.ts';
import { sourceError } from './source-failure.ts';

/** A piece of a file is read with one request, so that each has a deadline that says something. */
const pieceBytes = 4 * 1024 * 1024;

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

/** A range of a file without bytes cannot be had. */
const isEmptyFile = (error: unknown): boolean => (error as { response?: { status?: number } }).response?.status === 416;

type Piece = { bytes: Uint8Array; total: number; etag?: string };

/** Reads whole files, over the Blob endpoint as the SDKs of both services do; every piece must be of the same version as the first. */
export const fileReader = (place: StoragePlace, requests: SourceRequests) => {
  const endpoint = place.endpoints.blob;
  const service = new BlobServiceClient(`${endpoint}${place.query}`, place.credential, requests.http.options);
  const container = service.getContainerClient(place.container);

  const readPiece = (
    path: string,
    from: number,
    maxBytes: number,
    ifMatch: string | undefined,
    signal: AbortSignal,
  ) => {
    const tooLarge = () => sourceError('fileTooLarge', { ...factsOf(place, endpoint), path });
    const request = { endpoint, path, missing: 'fileMissing', permission: 'read' } as const;
    return requests.send(request, signal, async (abortSignal): Promise<Piece> => {
      try {
        const options = { abortSignal, conditions: { ifMatch }, maxRetryRequests: 0 };
        const answer = await container.getBlobClient(path).download(from, pieceBytes, options);
        const total = totalOf(answer);
        if (total > maxBytes) {
          // Nobody reads it to its end.
          (answer.readableStreamBody as { destroy?(): void } | undefined)?.destroy?.();
          throw tooLarge();
        }
        return { bytes: await bodyOf(answer, Math.min(pieceBytes, total - from)), total, etag: answer.etag };
      } catch (error) {
        if (from === 0 && isEmptyFile(error)) return { bytes: new Uint8Array(), total: 0 };
        throw error;
      }
    });
  };

  return async (path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> => {
    const first = await readPiece(path, 0, maxBytes, undefined, signal);
    const pieces = [first.bytes];
    for (let from = pieceBytes; from < first.total; from += pieceBytes) {
      pieces.push((await readPiece(path, from, maxBytes, first.etag, signal)).bytes);
    }
    return pieces.length === 1 ? first.bytes : Buffer.concat(pieces);
  };
};
