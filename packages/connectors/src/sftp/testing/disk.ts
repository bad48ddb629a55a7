import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder of this machine that a server shows. */
export type Disk = {
  root: string;
  put(files: Readonly<Record<string, string>>): Promise<void>;
  /** Everything in it, files and folders. */
  contents(): Promise<string[]>;
  remove(): Promise<void>;
};

export const newDisk = async (): Promise<Disk> => {
  const root = await mkdtemp(join(tmpdir(), 'sftp-'));
  return {
    root,
    async put(files) {
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(root, path)), { recursive: true });
        await writeFile(join(root, path), text);
      }
    },
    contents: async () => (await readdir(root, { recursive: true })).sort(),
    remove: () => rm(root, { recursive: true, force: true }),
  };
};
