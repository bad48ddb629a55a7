import type { Stats } from 'node:fs';
import { lstat, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Moved } from '../connector.ts';
import { errnoOf, isMissing, unless } from './failure.ts';
import { reserve } from './reservation.ts';
import { syncFolder } from './sync.ts';

/** What has a name, a link itself in place of its end; undefined when nothing has it. */
export const lookAt = (name: string): Promise<Stats | undefined> => unless(isMissing, lstat(name));

const renamed = async (from: string, to: string): Promise<Moved> => {
  try {
    await rename(from, to);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' && (await lookAt(from)) === undefined) return 'gone';
    throw error;
  }
  await Promise.all([dirname(from), dirname(to)].map(syncFolder));
  return 'moved';
};

const movedToNew = async (from: string, to: string): Promise<Moved> => {
  const reserved = await reserve(to, from);
  if (reserved === undefined) return 'taken';
  let moved: Moved | undefined;
  try {
    moved = await renamed(from, to);
    return moved;
  } finally {
    if (moved !== 'moved') await reserved.withdraw();
  }
};

/** Gives a file another name: one that nothing has, unless it replaces. */
export const moveFile = async (from: string, to: string, { replaces }: { replaces: boolean }): Promise<Moved> => {
  if ((await lookAt(from))?.isFile() !== true) return 'gone';
  return replaces ? renamed(from, to) : movedToNew(from, to);
};

/** Gives a folder a name that nothing has. Renaming fails where a folder with something in it is; an empty one it would replace, so it is looked for first. */
export const moveFolder = async (from: string, to: string): Promise<Moved> => {
  if ((await lookAt(from))?.isDirectory() !== true) return 'gone';
  if ((await lookAt(to)) !== undefined) return 'taken';
  const isTaken = (error: unknown) => ['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(errnoOf(error));
  return (await unless(isTaken, renamed(from, to))) ?? 'taken';
};
