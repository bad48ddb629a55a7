import { rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileDestination, StoreContext } from '../connector.ts';
import { innerPath } from '../shared-files/inner-path.ts';
import { localCalls } from './calls.ts';
import { errnoOf, isMissing, unless } from './failure.ts';
import { listAll } from './list.ts';
import { lookAt, moveFile, moveFolder } from './move.ts';
import { localPlace } from './place.ts';
import { putFile } from './put-file.ts';
import { readWhole } from './read-file.ts';
import { reservedFor } from './reservation.ts';

/** Opens a folder of this machine for writing; asks nothing yet. */
export const openLocalDestination = (
  { settings: { folder } }: { settings: { folder: string } },
  context: StoreContext,
): FileDestination => {
  const { localRoot } = context.outbound;
  const place = localPlace(localRoot, folder);
  const calls = localCalls(context, { folder });

  /** A name that may be missing, with its folder. */
  const nameOf = (path: string) => unless(isMissing, place.nameAt(innerPath(path)));

  return {
    takes: 'files',
    movesFoldersAtOnce: true,
    locationOf: (path) => join(localRoot ?? '', folder, path),
    put: (path, content, signal, onBytes) =>
      calls.run(path, signal, async (ending) =>
        putFile(await place.nameToMake(innerPath(path)), content, ending, onBytes),
      ),
    read: (path, maxBytes, signal) =>
      calls.run(path, signal, async (ending) =>
        unless(
          isMissing,
          place.at(innerPath(path)).then((name) => readWhole(name, maxBytes, ending)),
        ),
      ),
    moveFile: (from, to, options, signal) =>
      calls.run(from, signal, async () => {
        const [name, target] = [await nameOf(from), innerPath(to)];
        if (name === undefined || !(await lookAt(name))?.isFile()) return 'gone';
        return moveFile(name, await place.nameToMake(target), options);
      }),
    moveFolder: (from, to, signal) =>
      calls.run(from, signal, async () => {
        const [name, target] = [await nameOf(from), innerPath(to)];
        if (name === undefined || !(await lookAt(name))?.isDirectory()) return 'gone';
        return moveFolder(name, await place.nameToMake(target));
      }),
    list: (path, signal) => listAll(place, calls, path, signal),
    exists: (path, signal) =>
      calls.run(path, signal, async () => {
        const name = await nameOf(path);
        return name !== undefined && (await lookAt(name)) !== undefined && (await reservedFor(name)) === undefined;
      }),
    removeFile: (path, signal) =>
      calls.run(path, signal, async () => {
        const name = await nameOf(path);
        const isNoFile = (error: unknown) => isMissing(error) || errnoOf(error) === 'EISDIR';
        if (name !== undefined) await unless(isNoFile, unlink(name));
      }),
    removeFolder: (path, signal) =>
      calls.run(path, signal, async () => {
        const name = await nameOf(path);
        if (name !== undefined && (await lookAt(name))?.isDirectory()) await rm(name, { recursive: true, force: true });
      }),
    close: calls.close,
  };
};
