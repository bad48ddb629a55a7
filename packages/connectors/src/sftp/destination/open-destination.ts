import { setTimeout as after } from 'node:timers/promises';
import { type FileDestination, type StoreContext, StoreError } from '../../connector.ts';
import { innerFolder, innerPath } from '../../shared-files/inner-path.ts';
import { storeErrorOf } from '../failure.ts';
import { listBelow } from '../files/list-below.ts';
import { moveFile, moveFolder } from '../files/move.ts';
import { partOf } from '../files/own-names.ts';
import { readWhole } from '../files/read-whole.ts';
import { kindAt, removeFile, replace } from '../files/remote-files.ts';
import { removeFolder } from '../files/remove-folder.ts';
import type { SftpSession } from '../files/session.ts';
import { type Content, upload } from '../files/upload.ts';
import type { SftpTarget } from '../manifest.ts';
import { pathBelow, placeOf, urlOf } from '../place.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { keepSession } from './sessions.ts';

/** How long what was cut off may go on to clean up after itself once the destination is closed. */
const closingMs = 2_000;

const closed = (): StoreError =>
  new StoreError({
    code: 'cancelled',
    message: 'The destination was closed.',
    remedy: 'Open it again.',
    isTransient: true,
  });

/** Opens a folder on an SFTP server for writing. */
export const openSftpDestination = (target: SftpTarget, context: StoreContext): FileDestination => {
  const place = placeOf(target);
  const sessions = keepSession(place, context.outbound);
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const at = (path: string): string => pathBelow(place.folder, innerPath(path));
  const atFolder = (path: string): string => pathBelow(place.folder, innerFolder(path));

  /** Works on the connection until nobody waits any more; what has begun by then cleans up behind the caller's back. */
  const run = async <Value>(
    signal: AbortSignal,
    work: (session: SftpSession, signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> => {
    const given = AbortSignal.any([signal, closing.signal, ...(context.signal === undefined ? [] : [context.signal])]);
    try {
      given.throwIfAborted();
      const session = await unlessAborted(given, sessions.get());
      given.throwIfAborted();
      const working = work(session, given);
      const settled = working.then(
        () => undefined,
        () => undefined,
      );
      underWay.add(settled);
      settled.finally(() => underWay.delete(settled));
      return await unlessAborted(given, working);
    } catch (error) {
      signal.throwIfAborted();
      context.signal?.throwIfAborted();
      throw storeErrorOf(error, place.facts);
    }
  };

  const put = async (
    session: SftpSession,
    path: string,
    content: Content,
    signal: AbortSignal,
    onBytes?: (bytes: number) => void,
  ): Promise<void> => {
    const part = partOf(path);
    try {
      await upload(session, part, content, signal, onBytes);
      signal.throwIfAborted();
      await replace(session, part, path);
    } catch (error) {
      await removeFile(session, part).catch(() => undefined);
      throw error;
    }
  };

  return {
    takes: 'files',
    movesFoldersAtOnce: true,
    locationOf: (path) => urlOf(place, path),
    put: async (path, content, signal, onBytes) => {
      const to = at(path);
      return run(signal, (session, ending) => put(session, to, content, ending, onBytes));
    },
    read: async (path, maxBytes, signal) => {
      const from = atFolder(path);
      return run(signal, (session) => readWhole(session, from, maxBytes));
    },
    moveFile: async (from, to, options, signal) => {
      const [source, target] = [at(from), at(to)];
      return run(signal, (session, ending) => moveFile(session, source, target, options, ending));
    },
    moveFolder: async (from, to, signal) => {
      const [source, target] = [at(from), at(to)];
      return run(signal, (session, ending) => moveFolder(session, source, target, ending));
    },
    async *list(folder, signal) {
      innerFolder(folder);
      const pages = await run(signal, async (session) => listBelow(session, folder, atFolder));
      try {
        for (;;) {
          const page = await run(signal, () => pages.next());
          if (page.done === true) return;
          yield* page.value;
        }
      } finally {
        // Not waited for: a request that is never answered would hold up who has left.
        pages.return(undefined).catch(() => undefined);
      }
    },
    exists: async (path, signal) => {
      const there = atFolder(path);
      return run(signal, async (session) => (await kindAt(session, there)) !== undefined);
    },
    removeFile: async (path, signal) => {
      const there = at(path);
      return run(signal, (session) => removeFile(session, there));
    },
    removeFolder: async (path, signal) => {
      const there = at(path);
      return run(signal, (session, ending) => removeFolder(session, there, ending));
    },
    close() {
      const reason = closed();
      closing.abort(reason);
      // What was cut off has a moment to take away what it has left.
      const cleanedUp = Promise.all(underWay);
      const patience = after(underWay.size === 0 ? 0 : closingMs, undefined, { ref: false });
      Promise.race([cleanedUp, patience]).then(() => sessions.close(reason));
    },
  };
};
