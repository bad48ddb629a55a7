import { createHash, randomUUID } from 'node:crypto';
import { parentOf } from './remote-files.ts';

const beside = (path: string, name: string): string => {
  const parent = parentOf(path);
  if (parent === '.') return name;
  return parent === '/' ? `/${name}` : `${parent}/${name}`;
};

/** The name that a file has until it is whole. */
export const partOf = (path: string): string => beside(path, `.junction-${randomUUID()}.part`);

/** The folder that whoever gives something this name makes for as long as it takes. */
export const lockOf = (path: string): string => {
  const digest = createHash('sha256')
    .update(path.slice(path.lastIndexOf('/') + 1))
    .digest('hex');
  return beside(path, `.junction-${digest.slice(0, 32)}.lock`);
};

/** Names that are nobody's files; an interrupted export may leave them behind. */
export const isOwnName = (name: string): boolean => name.startsWith('.junction-');
