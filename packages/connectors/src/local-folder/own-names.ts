import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';

/** Names of ours that are never shown as somebody's file. */
const ownPrefix = '.junction-';

export const isOwnName = (name: string): boolean => name.startsWith(ownPrefix);

/** A new name in the folder that another name is in. */
export const nameBeside = (name: string, what: string): string =>
  join(dirname(name), `${ownPrefix}${what}-${randomUUID()}`);
