import { open } from 'node:fs/promises';
import { errnoOf, unless } from './failure.ts';

/** Waits until a file is on the disk. */
export const syncFile = async (name: string): Promise<void> => {
  const handle = await open(name, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Some network drives cannot, and write names at once anyway. */
const isNotPossible = (error: unknown): boolean => ['EINVAL', 'ENOTSUP', 'EBADF', 'EISDIR'].includes(errnoOf(error));

/** Waits until the names in a folder are on the disk; a folder that is gone has none. */
export const syncFolder = async (folder: string): Promise<void> => {
  await unless((error) => isNotPossible(error) || errnoOf(error) === 'ENOENT', syncFile(folder));
};
