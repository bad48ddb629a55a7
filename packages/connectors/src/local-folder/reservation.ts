import { link, lstat, open, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { errnoOf, isMissing, unless } from './failure.ts';
import { nameBeside } from './own-names.ts';

// Renaming replaces what is there, and nothing that Node.js offers renames only where nothing is. So a mover first reserves the new name
// with a symbolic link that leads nowhere: making one fails where anything is, whoever opens the name finds no file yet, and renaming
// the file onto the link is one step that both ends the old name and begins the new one.

/** A name that is kept for one file. */
export type Reservation = {
  /** Gives the name up; for a file that did not come. */
  withdraw(): Promise<void>;
};

const mark = '.junction-reserved:';

/** The file that a name is kept for, when it is. */
export const reservedFor = async (name: string): Promise<string | undefined> => {
  const text = await unless((error) => isMissing(error) || errnoOf(error) === 'EINVAL', readlink(name));
  return text?.startsWith(mark) ? text.slice(mark.length) : undefined;
};

const isThere = async (name: string): Promise<boolean> => (await unless(isMissing, lstat(name))) !== undefined;

/** Two may withdraw one reservation: it is taken aside first, and what came in its place meanwhile is put back. */
const withdraw = async (name: string, file: string): Promise<void> => {
  if ((await reservedFor(name)) !== file) return;
  const aside = nameBeside(name, 'withdrawn');
  const isAside = await unless(
    isMissing,
    rename(name, aside).then(() => true),
  );
  if (isAside !== true) return;
  if ((await reservedFor(aside)) !== file) await link(aside, name);
  await rm(aside);
};

/** For file systems without symbolic links: an empty file keeps the name. It stays after a crash, and then the name is taken. */
export const reserveWithEmptyFile = async (name: string): Promise<Reservation | undefined> => {
  const handle = await unless((error) => errnoOf(error) === 'EEXIST', open(name, 'wx'));
  await handle?.close();
  return handle && { withdraw: async () => ((await stat(name)).size === 0 ? rm(name) : undefined) };
};

/** Makes the link; false when something is there, undefined where there are no such links. */
const makeLink = async (name: string, file: string): Promise<boolean | undefined> => {
  try {
    await symlink(`${mark}${file}`, name);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'EEXIST') return false;
    if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(errnoOf(error))) return undefined;
    throw error;
  }
};

/** Keeps a name for the file `from`, which is about to be renamed to it; undefined when the name is taken. */
export const reserve = async (name: string, from: string): Promise<Reservation | undefined> => {
  for (;;) {
    const isMade = await makeLink(name, from);
    if (isMade === undefined) return reserveWithEmptyFile(name);
    const file = isMade ? from : await reservedFor(name);
    // Somebody else's for the same file is as good: it is of an attempt that was interrupted, or only one of us can rename the file.
    if (file === from) return { withdraw: () => withdraw(name, from) };
    if (await isThere(file ?? name)) return undefined;
    // What the name was kept for has gone elsewhere, and whoever kept it is gone too.
    if (file !== undefined) await withdraw(name, file);
  }
};
