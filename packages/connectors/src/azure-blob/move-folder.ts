import type { FileDestination } from '../connector.ts';
import { inParallel } from '../shared-azure-storage/destination/in-parallel.ts';
import { ownNameBeside } from '../shared-azure-storage/destination/own-names.ts';
import { folderMark } from '../shared-azure-storage/folder-mark.ts';
import type { Blobs } from './blobs.ts';
import { hashOf, wasMovedFrom } from './move-file.ts';

// A folder moves file by file. Whoever begins claims the new name with a file beside it that says from where; that keeps others from moving
// something else there, and tells a move that was interrupted, and is to be completed, from a name that is taken.

/** Files that are moved at a time: each takes four requests one after the other. */
const filesAtATime = 8;

/** Metadata of a claim: for which folder it is. */
const claimName = 'junction_claim';

/** Folders before what is above them. */
const deepestFirst = (folders: readonly string[]): string[] =>
  folders.toSorted((one, other) => other.length - one.length);

/** Moves folders as `FileDestination` has it, with paths from the top of the container. */
export const folderMover = (blobs: Blobs, moveFile: FileDestination['moveFile']): FileDestination['moveFolder'] => {
  /** Whether only what this move has brought is at its new name. */
  const isOurs = async (from: string, to: string, signal: AbortSignal): Promise<boolean> => {
    if ((await blobs.look(to, signal))?.isFolder === false) return false;
    for await (const { path, isFolder, metadata } of blobs.beginningWith(`${to}/`, signal)) {
      if (!isFolder && !wasMovedFrom(from + path.slice(to.length), metadata)) return false;
    }
    return true;
  };

  /** Moves the files, and what comes while it does; false when one cannot have its name. Tells the folders that are left. */
  const moveFiles = async (from: string, to: string, signal: AbortSignal): Promise<string[] | 'taken'> => {
    for (;;) {
      const folders: string[] = [];
      let [moved, taken] = [0, 0];
      await inParallel(blobs.beginningWith(`${from}/`, signal), filesAtATime, signal, async (blob, ending) => {
        if (blob.isFolder) {
          folders.push(blob.path);
          return;
        }
        const outcome = await moveFile(blob.path, to + blob.path.slice(from.length), { replaces: false }, ending);
        if (outcome === 'taken') taken += 1;
        else moved += 1;
      });
      if (taken > 0) return 'taken';
      if (moved === 0) return folders;
    }
  };

  return async (from, to, signal) => {
    const claim = ownNameBeside(to, `move-${hashOf(to)}`);
    const own = hashOf(from);
    const isClaimed = async () => (await blobs.look(claim, signal))?.metadata[claimName] === own;
    const endClaim = () => blobs.remove(claim, { mayRepeat: true }, signal);

    if (!(await blobs.isFolder(from, signal))) {
      // Only the claim may be left of an attempt that was interrupted at its end.
      if (!(await isClaimed())) return 'gone';
      await endClaim();
      return 'moved';
    }
    const isNew = await blobs.make(claim, { text: from, metadata: { [claimName]: own } }, signal);
    if (!isNew && !(await isClaimed())) return 'taken';
    const isFree = isNew ? !(await blobs.exists(to, signal)) : await isOurs(from, to, signal);
    const left = isFree ? await moveFiles(from, to, signal) : 'taken';
    if (left === 'taken') {
      await endClaim();
      return 'taken';
    }
    const top = (await blobs.look(from, signal))?.isFolder === true ? [from] : [];
    for (const folder of [...top, ...left]) {
      await blobs.make(to + folder.slice(from.length), { metadata: folderMark }, signal);
    }
    for (const folder of deepestFirst([...top, ...left])) await blobs.remove(folder, { mayRepeat: true }, signal);
    await endClaim();
    return 'moved';
  };
};
