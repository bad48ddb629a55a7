import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { crc32, deflateRaw, constants as zlib } from 'node:zlib';
import { engineLimits } from '../limits.ts';

const deflate = promisify(deflateRaw);

/** Halfway between the fastest and the smallest; text of rows gets hardly smaller above. */
const level = 4;

/** Deflate, no flags, no time: the same rows give the same file. */
const header = Buffer.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
/** An empty last block. */
const lastBlock = Buffer.of(0x03, 0x00);

/** Compresses a file into one gzip member. Pieces of it are compressed at the same time, in the threads of zlib. */
export const gzipFile = async (from: string, to: string, threads: number, signal: AbortSignal): Promise<void> => {
  const output = await open(to, 'w');
  try {
    const compressing: Promise<Buffer>[] = [];
    const writeNext = async (): Promise<void> => {
      const next = compressing.shift();
      if (next) await output.writeFile(await next);
    };
    let checksum = 0;
    let size = 0;
    await output.writeFile(header);
    for await (const chunk of createReadStream(from, { highWaterMark: engineLimits.chunkBytes, signal })) {
      checksum = crc32(chunk, checksum);
      size += chunk.length;
      const piece = deflate(chunk, { level, finishFlush: zlib.Z_SYNC_FLUSH });
      // Whoever awaits it comes later; a failure must not count as unhandled until then.
      piece.catch(() => undefined);
      compressing.push(piece);
      if (compressing.length > threads) await writeNext();
    }
    while (compressing.length > 0) await writeNext();
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(checksum, 0);
    trailer.writeUInt32LE(size % 2 ** 32, 4);
    await output.writeFile(Buffer.concat([lastBlock, trailer]));
  } finally {
    await output.close();
  }
};
