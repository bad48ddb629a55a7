import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lock } from 'proper-lockfile';
import { keyBytes } from './vault.ts';

/** A lock whose holder has not shown signs of life for this long was left by a crash. */
const staleAfterMs = 5_000;

/** The data folder cannot be used; the message is one line for the person who starts Junction. */
export class DataFolderError extends Error {
  override name = 'DataFolderError';
}

export type DataFolder = {
  path: string;
  /** The file's trimmed text; it is created with `make()`, readable by its owner only, when it is not there. */
  secretFile(name: string, make: () => string): string;
  release(): Promise<void>;
};

const isAlive = (processId: number) => {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Forgets a lock whose process on this machine is gone, so that a start right after a crash need not wait. */
const clearDeadLock = (path: string, ownerFile: string) => {
  if (!existsSync(ownerFile)) return;
  const processId = Number(readFileSync(ownerFile, 'utf8'));
  if (processId === process.pid || (processId > 0 && !isAlive(processId)))
    rmSync(`${path}/junction.lock`, { recursive: true, force: true });
};

/** Opens the data folder for this process alone, making it when it is not there. Throws DataFolderError. */
export const openDataFolder = async (directory: string): Promise<DataFolder> => {
  const path = resolve(directory);
  const ownerFile = join(path, 'junction.pid');
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    clearDeadLock(path, ownerFile);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new DataFolderError(
      `The data folder ${path} cannot be read and written (${code}). Give this user the right to, or set JUNCTION_DATA_DIR.`,
    );
  }
  const release = await lock(path, {
    lockfilePath: join(path, 'junction.lock'),
    stale: staleAfterMs,
    update: staleAfterMs / 2,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOCKED') {
      throw new DataFolderError(
        `Another Junction is using the data folder ${path}. Stop it first, or set JUNCTION_DATA_DIR to another folder.`,
      );
    }
    throw new DataFolderError(`The data folder ${path} cannot be locked (${error.code ?? 'unknown'}).`);
  });
  writeFileSync(ownerFile, String(process.pid), { mode: 0o600 });
  return {
    path,
    secretFile: (name, make) => {
      const file = join(path, name);
      if (!existsSync(file)) {
        writeFileSync(file, `${make()}\n`, { mode: 0o600, flag: 'wx' });
        chmodSync(file, 0o600);
      }
      return readFileSync(file, 'utf8').trim();
    },
    release: async () => {
      rmSync(ownerFile, { force: true });
      await release();
    },
  };
};

/** A master key in base64. */
export const newMasterKey = (): string => randomBytes(keyBytes).toString('base64');
