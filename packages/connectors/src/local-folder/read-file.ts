import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { LocalFailure } from './failure.ts';

const pieceBytes = 1024 * 1024;

/** A link is not followed, and a pipe does not make us wait for its writer. */
const readOnly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** The version of a file, as a header takes it. */
export const etagOf = ({ size, mtimeNs, ino }: BigIntStats): string =>
  `"${[size, mtimeNs, ino].map((part) => part.toString(16)).join('-')}"`;

const expectVersion = (stats: BigIntStats, etag: string): void => {
  if (etagOf(stats) !== etag) throw new LocalFailure('fileChanged');
};

/** Fails when the file is not the version of this ETag. */
export const checkVersion = async (name: string, etag: string): Promise<void> => {
  const stats = await stat(name, { bigint: true });
  if (!stats.isFile()) throw new LocalFailure('fileMissing');
  expectVersion(stats, etag);
};

/** Opens a file for as long as `use` takes; undefined when it is something else. */
const withFile = async <Value>(
  name: string,
  use: (handle: FileHandle, stats: BigIntStats) => Promise<Value>,
): Promise<Value | undefined> => {
  const handle = await open(name, readOnly);
  try {
    const stats = await handle.stat({ bigint: true });
    return stats.isFile() ? await use(handle, stats) : undefined;
  } finally {
    await handle.close();
  }
};

/** A whole file as it was at one moment; undefined when there is none of that name. */
export const readWhole = (name: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array | undefined> =>
  withFile(name, async (handle, stats) => {
    if (stats.size > BigInt(maxBytes)) throw new LocalFailure('fileTooLarge');
    const bytes = new Uint8Array(Number(stats.size));
    for (let from = 0; from < bytes.length; ) {
      signal.throwIfAborted();
      const { bytesRead } = await handle.read(bytes, from, Math.min(pieceBytes, bytes.length - from), from);
      if (bytesRead === 0) throw new LocalFailure('fileChanged');
      from += bytesRead;
    }
    expectVersion(await handle.stat({ bigint: true }), etagOf(stats));
    return bytes;
  });

/** A file of one version piece by piece; each piece is of it, as whoever writes into a file changes its time. */
export async function* streamPieces(
  name: string,
  etag: string,
  maxBytes = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array, void> {
  const handle = await open(name, readOnly);
  try {
    if (!(await handle.stat()).isFile()) throw new LocalFailure('fileMissing');
    for (let left = maxBytes; ; ) {
      const piece = new Uint8Array(Math.min(pieceBytes, left));
      const { bytesRead } = await handle.read(piece);
      expectVersion(await handle.stat({ bigint: true }), etag);
      if (bytesRead === 0) return;
      left -= bytesRead;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}
