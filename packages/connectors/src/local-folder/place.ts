import { mkdir, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { errnoOf, isMissing, LocalFailure, unless } from './failure.ts';
import { syncFolder } from './sync.ts';

/**
 * A connection's folder below the operator's. Whatever it gives was looked up at that very moment, with all symbolic links followed, and
 * is inside the operator's folder: a link that leads out is refused, also one that was put there later. '' is the connection's folder.
 */
export type LocalPlace = {
  /** The operator's folder. */
  root(): Promise<string>;
  /** What is at a path, a link's end in place of a link; fails with ENOENT when nothing is. */
  at(path: string): Promise<string>;
  /** The name that a path is, in its folder: what is there may be missing, and is not followed when it is a link. */
  nameAt(path: string): Promise<string>;
  /** The same; makes the folders that are missing. */
  nameToMake(path: string): Promise<string>;
  /** A folder; makes it, and those above it, when they are missing, and tells which. */
  folderToMake(path: string, onMade: (folder: string) => void): Promise<string>;
};

const isWithin = (root: string, path: string): boolean =>
  path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);

const realRoot = async (localRoot: string | undefined): Promise<string> => {
  if (localRoot === undefined) throw new LocalFailure('rootNotSet');
  const root = await unless(isMissing, realpath(localRoot));
  if (root === undefined || !(await stat(root)).isDirectory()) throw new LocalFailure('rootMissing');
  return root;
};

const realInside = async (root: string, path: string): Promise<string> => {
  const real = await realpath(path);
  if (!isWithin(root, real)) throw new LocalFailure('leadsOutside');
  return real;
};

/** Goes down from the root one folder at a time, so that each is inside before the next is made in it. */
const makeFolders = async (root: string, path: string, onMade: (folder: string) => void): Promise<string> => {
  let folder = root;
  for (const segment of path.split('/')) {
    const next = join(folder, segment);
    const isNew = await mkdir(next).then(
      () => true,
      (error: unknown) => {
        if (errnoOf(error) === 'EEXIST') return false;
        throw error;
      },
    );
    if (isNew) {
      onMade(next);
      await syncFolder(folder);
    }
    // A link that leads nowhere is in the way of a folder, and nothing that will be gone in a moment.
    const real = await unless(isMissing, realInside(root, next));
    if (real === undefined) throw new LocalFailure('pathConflict');
    folder = real;
  }
  return folder;
};

/** The path of the folder that a path is in. */
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const localPlace = (localRoot: string | undefined, folder: string): LocalPlace => {
  const root = () => realRoot(localRoot);

  const at: LocalPlace['at'] = async (path) => {
    const top = await root();
    return realInside(top, join(top, folder, path));
  };

  const folderToMake: LocalPlace['folderToMake'] = async (path, onMade) => {
    const there = await unless((error) => errnoOf(error) === 'ENOENT', at(path));
    return there ?? makeFolders(await root(), path === '' ? folder : `${folder}/${path}`, onMade);
  };

  return {
    root,
    at,
    nameAt: async (path) => join(await at(folderOf(path)), basename(path)),
    nameToMake: async (path) => join(await folderToMake(folderOf(path), () => undefined), basename(path)),
    folderToMake,
  };
};
