import { randomUUID } from 'node:crypto';

/** Names of ours that are never shown as somebody's file. */
const ownPrefix = '.junction-';

export const isOwnName = (path: string): boolean => path.slice(path.lastIndexOf('/') + 1).startsWith(ownPrefix);

/** A name of ours in the folder that a path is in. */
export const ownNameBeside = (path: string, name: string): string =>
  `${path.slice(0, path.lastIndexOf('/') + 1)}${ownPrefix}${name}`;

/** One that nobody else uses. */
export const newNameBeside = (path: string): string => ownNameBeside(path, `put-${randomUUID()}`);
