import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

/** Makes folders that are gone after the test. */
export const temporaryFolders = (): (() => Promise<string>) => {
  const made: string[] = [];
  afterEach(async () => {
    await Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true })));
  });
  return async () => {
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'local-folder-'));
    made.push(folder);
    return folder;
  };
};
