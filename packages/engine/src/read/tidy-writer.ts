import { open } from 'node:fs/promises';
import { engineLimits } from '../limits.ts';
import { lineFeed } from './scan-row.ts';
import type { RowVisitor, WalkedRow } from './walk-rows.ts';

/** Writes the sound rows that a walk comes by, each ended by a line feed. */
export type TidyWriter = Required<RowVisitor> & {
  /** How many bytes were written. */
  close(): Promise<number>;
};

/** Opens a tidy copy for writing. */
export const tidyWriter = async (path: string): Promise<TidyWriter> => {
  const file = await open(path, 'w');
  let buffer = Buffer.allocUnsafe(engineLimits.chunkBytes);
  let used = 0;
  let full: Buffer[] = [];
  const settle = async (): Promise<void> => {
    const parts = full;
    full = [];
    for (const part of parts) await file.writeFile(part);
  };
  return {
    row: ({ bytes, span, isBlank, reason }: WalkedRow): void => {
      if (reason || isBlank) return;
      const length = span.end - span.start + 1;
      if (used + length > buffer.length) {
        full.push(buffer.subarray(0, used));
        buffer = Buffer.allocUnsafe(Math.max(engineLimits.chunkBytes, length));
        used = 0;
      }
      bytes.copy(buffer, used, span.start, span.end);
      used += length;
      buffer[used - 1] = lineFeed;
    },
    settle,
    close: async () => {
      try {
        full.push(buffer.subarray(0, used));
        await settle();
        return (await file.stat()).size;
      } finally {
        await file.close();
      }
    },
  };
};
