import { type Piece, pieceBytes, type ReadPiece } from './read-piece.ts';

/** Pieces that are under way or wait while another is being read: enough to fill a line with a long way, and all that is held of a file. */
const piecesAhead = 4;

/** Why pieces that nobody wants any more are given up; nobody gets to see it. */
const left = new Error('Whoever read the file has left.');

/** Reads files of any length in order, with a few pieces ahead. A piece that breaks off is asked for again, all others go on. */
export const fileStreamer = (readPiece: ReadPiece, length = pieceBytes) =>
  async function* (path: string, etag: string, signal: AbortSignal, maxBytes?: number): AsyncGenerator<Uint8Array> {
    signal.throwIfAborted();
    const most = maxBytes ?? Number.POSITIVE_INFINITY;
    if (most <= 0) return;
    const leaving = new AbortController();
    const ending = AbortSignal.any([signal, leaving.signal]);
    const ask = (from: number, end: number): Promise<Piece> => {
      const piece = readPiece(path, { from, length: Math.min(length, end - from), etag, mayRepeat: true }, ending);
      // One that fails before its turn waits for it; one that is left behind has nobody to tell.
      piece.catch(() => undefined);
      return piece;
    };
    try {
      const first = await ask(0, most);
      const end = Math.min(first.total, most);
      const ahead: Promise<Piece>[] = [];
      let next = first.bytes.length;
      let bytes: Uint8Array | undefined = first.bytes;
      while (bytes !== undefined) {
        for (; ahead.length < piecesAhead && next < end; next += length) ahead.push(ask(next, end));
        if (bytes.length > 0) yield bytes;
        bytes = (await ahead.shift())?.bytes;
      }
    } finally {
      leaving.abort(left);
    }
  };
