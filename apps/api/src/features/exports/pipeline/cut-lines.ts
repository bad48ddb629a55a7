import { createReadStream } from 'node:fs';
import { StoreError } from '@junction/connectors/runtime';

const lineFeed = 0x0a;

/** Whole lines, and how many they are. */
export type Lines = { lines: Uint8Array; rows: number };

const rowTooLong = (bytes: number) =>
  new StoreError({
    code: 'rowTooLong',
    message: `A row has more than the ${bytes} bytes that the destination takes at once.`,
    remedy: 'Leave columns out of the export, or have the receiver take more at once.',
    isTransient: false,
  });

/**
 * Cuts a file of lines into pieces of whole lines: as many as fit, so that the same file is always cut the same way. Holds one piece in
 * memory at a time.
 */
export async function* cutLines(
  path: string,
  { maxRows, maxBytes }: { maxRows: number; maxBytes: number },
): AsyncGenerator<Lines> {
  let held = Buffer.alloc(0);
  /** Where the piece ends for now, and where the look for the next line goes on. */
  let [end, from, rows] = [0, 0, 0];
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    held = Buffer.concat([held, chunk as Buffer]);
    for (;;) {
      const feed = held.indexOf(lineFeed, from);
      if (feed === -1) {
        from = held.length;
        if (held.length - end > maxBytes) throw rowTooLong(maxBytes);
        break;
      }
      if (feed + 1 > maxBytes && rows === 0) throw rowTooLong(maxBytes);
      if (rows === maxRows || feed + 1 > maxBytes) {
        yield { lines: held.subarray(0, end), rows };
        held = held.subarray(end);
        [end, from, rows] = [0, 0, 0];
        continue;
      }
      [end, from, rows] = [feed + 1, feed + 1, rows + 1];
    }
  }
  if (rows > 0) yield { lines: held.subarray(0, end), rows };
}
