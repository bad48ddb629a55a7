import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip, constants as zlib } from 'node:zlib';
import { fileFailure } from '../duckdb/failure.ts';
import { engineLimits } from '../limits.ts';
import type { PartitionFormat, SourceFile } from '../selection.ts';
import { encodingOf, longestMark, markOf } from './text-encoding.ts';

export type CsvFile = SourceFile & { format: Extract<PartitionFormat, { type: 'csv' }> };

export type Reading = {
  /** The file is only the beginning of itself. */
  isCut: boolean;
  signal: AbortSignal;
  /** Is told how many bytes of the file were read. */
  onBytes(bytes: number): void;
  /** How many are read at a time. */
  chunkBytes?: number;
};

/** A byte that no UTF-8 has: it stands for what could not be decoded, so that its row is found like one of a damaged UTF-8 file. */
const undecodable = Buffer.of(0xff);

/**
 * What a decoder could not read is U+FFFD in its text. Of the encodings that come here only UTF-16 has that character itself, and
 * there too it is what somebody could not read.
 */
const encoded = (text: string): Buffer => {
  if (!text.includes('\ufffd')) return Buffer.from(text);
  const [first = '', ...rest] = text.split('\ufffd');
  return Buffer.concat([Buffer.from(first), ...rest.flatMap((part) => [undecodable, Buffer.from(part)])]);
};

const beginningOf = async (path: string): Promise<Buffer> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longestMark), 0, longestMark, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

/** Whether a file can be read as it lies there: UTF-8, not compressed. */
export const isPlain = async (file: CsvFile): Promise<boolean> => {
  const stated = encodingOf(file.format.encoding, file.name);
  if (file.format.compression !== undefined) return false;
  try {
    return (markOf(await beginningOf(file.path))?.encoding ?? stated) === 'utf-8';
  } catch (error) {
    throw fileFailure(error, file.name);
  }
};

/**
 * A file piece by piece, to the end that it had when it was opened; in one buffer, so that a piece is only there until the next one, or each in
 * its own. Lakes have thousands of small files, for which a stream and a buffer of full size cost more than their rows.
 */
const piecesOf = async function* (
  { path }: CsvFile,
  { signal, onBytes, chunkBytes = engineLimits.chunkBytes }: Reading,
  newBuffer: (bytes: number) => Buffer,
): AsyncGenerator<Buffer, void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    for (let at = 0; at < size; ) {
      signal.throwIfAborted();
      const { buffer, bytesRead } = await file.read(newBuffer(Math.min(chunkBytes, size - at)));
      if (bytesRead === 0) return;
      at += bytesRead;
      onBytes(bytesRead);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
};

/** Gives one buffer again and again. */
const sameBuffer = (): ((bytes: number) => Buffer) => {
  let buffer: Buffer | undefined;
  return (bytes) => {
    buffer ??= Buffer.allocUnsafe(bytes);
    return buffer.subarray(0, bytes);
  };
};

const unpacked = (pieces: AsyncIterable<Buffer>, { isCut }: Reading): AsyncIterable<Buffer> => {
  const gunzip = createGunzip({
    chunkSize: engineLimits.chunkBytes,
    ...(isCut && { finishFlush: zlib.Z_SYNC_FLUSH }),
  });
  // Failures come out of the last stream, which is the one that is read.
  return pipeline(Readable.from(pieces, { objectMode: false }), gunzip, () => undefined);
};

/** The bytes of a file, decompressed, in UTF-8 and without byte order mark. A chunk is only there until the next one. */
export const sourceBytes = async function* (file: CsvFile, reading: Reading): AsyncIterable<Buffer> {
  const stated = encodingOf(file.format.encoding, file.name);
  let decoder: TextDecoder | undefined;
  let isFirst = true;
  try {
    const isPacked = file.format.compression === 'gzip';
    // A stream reads ahead.
    const pieces = piecesOf(file, reading, isPacked ? Buffer.allocUnsafe : sameBuffer());
    for await (const read of isPacked ? unpacked(pieces, reading) : pieces) {
      const mark = isFirst ? markOf(read) : undefined;
      const encoding = mark?.encoding ?? stated;
      if (isFirst && encoding !== 'utf-8') decoder = new TextDecoder(encoding, { ignoreBOM: true });
      isFirst = false;
      const chunk = read.subarray(mark?.length ?? 0);
      yield decoder ? encoded(decoder.decode(chunk, { stream: true })) : chunk;
    }
    if (decoder && !reading.isCut) yield encoded(decoder.decode());
  } catch (error) {
    reading.signal.throwIfAborted();
    throw fileFailure(error, file.name);
  }
};
