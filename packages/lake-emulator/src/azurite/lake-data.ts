import { mkdir } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { parts } from './azurite-parts.ts';
import type { ExtentStore } from './azurite-types.ts';
import { LakeStore } from './lake-store.ts';

/** In-memory content may take half of the machine's memory, Azurite's own default; then writes fail instead of the process. */
const MEMORY_SHARE = 0.5;
/** Concurrent appends in a directory go to files of their own; Azurite's default for one disk. */
const APPEND_CONCURRENCY = 50;

/** The lake's data: the index of paths and the bytes they stand for. */
export type LakeData = { store: LakeStore; extents: ExtentStore; close(): Promise<void> };

/**
 * Opens the data in a directory, or in memory when none is given.
 * @throws Error when the directory cannot be made or read.
 */
export const openLakeData = async (
  directory: string | undefined,
  isHierarchical: (account: string) => boolean,
): Promise<LakeData> => {
  const isInMemory = directory === undefined;
  const root = directory ?? '';
  if (!isInMemory) await mkdir(root, { recursive: true });
  const store = new LakeStore(join(root, 'index.json'), isInMemory, isHierarchical);
  const extentIndex = new parts.LokiExtentMetadataStore(join(root, 'extents.json'), isInMemory);
  const extents = isInMemory
    ? new parts.MemoryExtentStore(
        'lake',
        new parts.MemoryExtentChunkStore(Math.trunc(totalmem() * MEMORY_SHARE)),
        extentIndex,
        parts.logger,
        (...details: unknown[]) => new parts.StorageError(...details),
      )
    : new parts.FsExtentStore(
        extentIndex,
        [{ locationId: 'Default', locationPath: join(root, 'extents'), maxConcurrency: APPEND_CONCURRENCY }],
        parts.logger,
      );
  const sweeper = new parts.BlobGcManager(store, extentIndex, extents, () => undefined, parts.logger);
  await store.init();
  await extentIndex.init();
  await extents.init();
  await sweeper.start();
  return {
    store,
    extents,
    close: async () => {
      await sweeper.close();
      await extents.close();
      if (isInMemory) await extents.clean();
      await extentIndex.close();
      await store.close();
    },
  };
};
