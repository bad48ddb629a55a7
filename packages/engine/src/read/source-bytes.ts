import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Transform } from 'node:stream';
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

const streamOf = (file: CsvFile, { isCut, signal, onBytes, chunkBytes = engineLimits.chunkBytes }: Reading) => {
  const counted = new Transform({
    transform: (chunk: Buffer, _, done) => {
      onBytes(chunk.length);
      done(null, chunk);
    },
  });
  const bytes = createReadStream(file.path, { highWaterMark: chunkBytes, signal });
  // Failures come out of the last stream, which is the one that is read.
  if (file.format.compression !== 'gzip') return pipeline(bytes, counted, () => undefined);
  const gunzip = createGunzip({
    chunkSize: engineLimits.chunkBytes,
    ...(isCut && { finishFlush: zlib.Z_SYNC_FLUSH }),
  });
  return pipeline(bytes, counted, gunzip, () => undefined);
};

/** The bytes of a file, decompressed, in UTF-8 and without byte order mark. */
export const sourceBytes = async function* (file: CsvFile, reading: Reading): AsyncIterable<Buffer> {
  const stated = encodingOf(file.format.encoding, file.name);
  let decoder: TextDecoder | undefined;
  let isFirst = true;
  try {
    for await (const read of streamOf(file, reading) as AsyncIterable<Buffer>) {
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
