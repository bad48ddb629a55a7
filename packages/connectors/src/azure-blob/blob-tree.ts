import type { DestinationEntry } from '../connector.ts';
import { inParallel } from '../shared-azure-storage/destination/in-parallel.ts';
import type { OpenTree } from '../shared-azure-storage/destination/open-destination.ts';
import { openBlobs } from './blobs.ts';
import { fileMover } from './move-file.ts';
import { folderMover } from './move-folder.ts';

/** Files that are removed at a time. */
const removalsAtATime = 8;

const folderEntry = (path: string): DestinationEntry => ({ path, isFolder: true, bytes: 0, modifiedAt: '' });

/** `a/b/c` below `a` is in `a/b`. */
function* foldersAbove(path: string, top: string): Iterable<string> {
  for (let at = path.indexOf('/', top.length); at >= 0; at = path.indexOf('/', at + 1)) yield path.slice(0, at);
}

/** Files over the Blob endpoint, with folders that are parts of names, or real ones where the account has a hierarchical namespace. */
export const openBlobTree: OpenTree = (place, requests, pageSize) => {
  const blobs = openBlobs(place, requests, pageSize);
  const moveFile = fileMover(place, blobs);
  return {
    endpoint: blobs.endpoint,
    movesFoldersAtOnce: false,
    moveFile,
    moveFolder: folderMover(blobs, moveFile),
    async *list(folder, signal) {
      const top = folder === '' ? '' : `${folder}/`;
      const told = new Set<string>();
      for await (const { path, isFolder, bytes, modifiedAt } of blobs.beginningWith(top, signal)) {
        for (const above of foldersAbove(isFolder ? `${path}/` : path, top)) {
          if (told.size < told.add(above).size) yield folderEntry(above);
        }
        // Some tools keep a folder with a blob whose name ends with a slash.
        if (!isFolder && !path.endsWith('/')) yield { path, isFolder, bytes, modifiedAt };
      }
    },
    exists: async (path, signal) => path === '' || blobs.exists(path, signal),
    removeFile: async (path, signal) => {
      await blobs.remove(path, { mayRepeat: true }, signal);
    },
    async removeFolder(folder, signal) {
      const folders: string[] = [];
      if ((await blobs.look(folder, signal))?.isFolder === true) folders.push(folder);
      const below = blobs.beginningWith(`${folder}/`, signal);
      await inParallel(below, removalsAtATime, signal, async ({ path, isFolder }, ending) => {
        if (isFolder) folders.push(path);
        else await blobs.remove(path, { mayRepeat: true }, ending);
      });
      const deepestFirst = folders.toSorted((one, other) => other.length - one.length);
      for (const path of deepestFirst) await blobs.remove(path, { mayRepeat: true }, signal);
    },
  };
};
