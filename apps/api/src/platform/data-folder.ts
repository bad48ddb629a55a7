import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { lock } from 'proper-lockfile';
import { StartError } from './start-error.ts';
import { keyBytes } from './vault.ts';

/** A lock whose holder has not shown signs of life for this long was left by a crash. */
const staleAfterMs = 5_000;
/** Long enough to see such a lock become stale. */
const waitForStale = { retries: 7, minTimeout: 1_000, factor: 1 };

export type DataFolder = {
  path: string;
  /** Whether there is no file or folder of this name in it. */
  isMissing(name: string): boolean;
  /** The file's trimmed text; it is created with `make()`, readable by its owner only, when it is not there. Throws StartError. */
  secretFile(name: string, make: () => string): string;
  release(): Promise<void>;
};

/** Whether a process of this machine is running. */
export const isAlive = (processId: number): boolean => {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** Process ids mean something on one host only; two containers have one each, and often the same process id. */
const ownMark = `${process.pid} ${hostname()}`;

/**
 * Whether the lock was left by a crash. It can be told at once when it was this host's: the process is gone, or it was us before a
 * container's restart. Of another host's nothing is known.
 */
const judgeLock = (ownerFile: string): 'left behind' | 'held' | 'unknown' => {
  if (!existsSync(ownerFile)) return 'unknown';
  const [processId = '', host = ''] = readFileSync(ownerFile, 'utf8').split(' ');
  if (host !== hostname()) return 'unknown';
  return Number(processId) === process.pid || !isAlive(Number(processId)) ? 'left behind' : 'held';
};

/** Removes a lock that was left behind. Of several that start at once only the one that gets to remove the owner's file may: the lock could be another's new one. */
const clearLock = (ownerFile: string, lockPath: string): boolean => {
  try {
    unlinkSync(ownerFile);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  rmSync(lockPath, { recursive: true, force: true });
  return true;
};

/** Opens the data folder for this process alone, making it when it is not there. Throws StartError. */
export const openDataFolder = async (directory: string): Promise<DataFolder> => {
  const path = resolve(directory);
  const [ownerFile, lockPath] = [join(path, 'junction.pid'), join(path, 'junction.lock')];
  let judged: ReturnType<typeof judgeLock>;
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    judged = judgeLock(ownerFile);
    if (judged === 'left behind' && !clearLock(ownerFile, lockPath)) judged = 'unknown';
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    const remedy =
      code === 'ENOTDIR' || code === 'EEXIST'
        ? 'There is a file in its place; set JUNCTION_DATA_DIR to a folder.'
        : 'Give this user the right to, or set JUNCTION_DATA_DIR.';
    throw new StartError(`The data folder ${path} cannot be read and written (${code}). ${remedy}`);
  }
  const release = await lock(path, {
    lockfilePath: lockPath,
    stale: staleAfterMs,
    update: staleAfterMs / 2,
    retries: judged === 'unknown' ? waitForStale : 0,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ELOCKED') {
      throw new StartError(
        `Another Junction is using the data folder ${path}. Stop it first, or set JUNCTION_DATA_DIR to another folder.`,
      );
    }
    throw new StartError(`The data folder ${path} cannot be locked (${error.code ?? 'unknown'}).`);
  });
  writeFileSync(ownerFile, ownMark, { mode: 0o600 });
  return {
    path,
    isMissing: (name) => !existsSync(join(path, name)),
    secretFile: (name, make) => {
      const file = join(path, name);
      try {
        if (!existsSync(file)) {
          writeFileSync(file, `${make()}\n`, { mode: 0o600, flag: 'wx' });
          chmodSync(file, 0o600);
        }
        return readFileSync(file, 'utf8').trim();
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
        throw new StartError(`The file ${file} cannot be read and written (${code}). Give this user the right to.`);
      }
    },
    release: async () => {
      rmSync(ownerFile, { force: true });
      await release();
    },
  };
};

/** A master key in base64. */
export const newMasterKey = (): string => randomBytes(keyBytes).toString('base64');
