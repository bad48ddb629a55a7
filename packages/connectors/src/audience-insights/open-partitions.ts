import type { CatalogPartition } from '@junction/cdm';
import type { SourceFiles } from '../connector.ts';

/** So many files are opened at most; that the others are there is known from listings. */
const opened = 12;

const atOnce = 4;

/** Enough to see that the file can be read. */
const beginningBytes = 256;

/** Some of many, evenly spread, with the first and the last. */
const spread = <Item>(items: readonly Item[], most: number): Item[] =>
  items.length <= most
    ? [...items]
    : Array.from({ length: most }, (_, index) => items[Math.round((index * (items.length - 1)) / (most - 1))] as Item);

/** Reads the beginnings of some partitions. Tells how many; rejects with the StoreError of one that cannot be read. */
export const openPartitions = async (
  files: SourceFiles,
  partitions: readonly CatalogPartition[],
  signal: AbortSignal,
): Promise<number> => {
  const filled = partitions.filter(({ path, etag, bytes }) => path !== undefined && etag !== undefined && bytes !== 0);
  const chosen = spread(filled, opened);
  const queue = chosen.values();
  const work = async (): Promise<void> => {
    for (const { path = '', etag = '' } of queue) {
      for await (const _ of files.stream(path, etag, signal, beginningBytes)) break;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return chosen.length;
};
