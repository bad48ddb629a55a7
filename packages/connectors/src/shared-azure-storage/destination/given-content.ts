import { open } from 'node:fs/promises';
import type { StoreError } from '../../connector.ts';

/** What is to be put; its parts can be had in any order. */
export type GivenContent = {
  bytes: number;
  part(from: number, length: number): Promise<Buffer>;
};

const ofMemory = (bytes: Uint8Array): GivenContent => ({
  bytes: bytes.length,
  part: async (from, length) => Buffer.from(bytes.buffer, bytes.byteOffset + from, length),
});

/** Lends a file of this machine, or bytes in memory, for as long as the work takes. `unreadable` makes the error for a file that cannot be read. */
export const withContent = async (
  content: { file: string } | Uint8Array,
  unreadable: (errorCode: string) => StoreError,
  work: (content: GivenContent) => Promise<void>,
): Promise<void> => {
  if (content instanceof Uint8Array) return work(ofMemory(content));
  const fail = (error: unknown): never => {
    throw unreadable(error instanceof Error && 'code' in error ? String(error.code) : 'EIO');
  };
  const handle = await open(content.file, 'r').catch(fail);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw unreadable('EISDIR');
    const part: GivenContent['part'] = async (from, length) => {
      const bytes = Buffer.allocUnsafeSlow(length);
      for (let filled = 0; filled < length; ) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, from + filled).catch(fail);
        // It was longer when it was opened.
        if (bytesRead === 0) throw unreadable('EOF');
        filled += bytesRead;
      }
      return bytes;
    };
    await work({ bytes: stats.size, part });
  } finally {
    await handle.close();
  }
};
