import { pieceBytes, type ReadPiece } from './read-piece.ts';

/** Reads whole files; every piece must be of the same version as the first. */
export const fileReader =
  (readPiece: ReadPiece, length = pieceBytes) =>
  async (path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> => {
    const first = await readPiece(path, { from: 0, length, maxTotal: maxBytes }, signal);
    const pieces = [first.bytes];
    for (let from = length; from < first.total; from += length) {
      pieces.push((await readPiece(path, { from, length, etag: first.etag }, signal)).bytes);
    }
    return pieces.length === 1 ? first.bytes : Buffer.concat(pieces);
  };
