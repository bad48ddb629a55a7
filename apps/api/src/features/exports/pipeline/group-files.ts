import type { PlannedFile } from '../../lake/index.ts';

/** Files are joined into one part up to this much: small enough that several workers have something to do, large enough to be worth a claim. */
export const joinedBytes = 64 * 1024 * 1024;
/** Files of one part at most: each costs a request, and a part that fails is moved again as a whole. */
export const joinedFiles = 250;

/** Cuts the files of an entity into parts, in their order: large ones alone, small ones together. One without files gets a part without any. */
export const groupFiles = (files: readonly PlannedFile[]): PlannedFile[][] => {
  const parts: PlannedFile[][] = [];
  let [current, bytes]: [PlannedFile[], number] = [[], 0];
  for (const file of files) {
    const isFull = current.length >= joinedFiles || bytes + file.bytes > joinedBytes;
    if (isFull && current.length > 0) {
      parts.push(current);
      [current, bytes] = [[], 0];
    }
    current.push(file);
    bytes += file.bytes;
  }
  return [...parts, current];
};
