import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FileDestination, Moved } from '../connector.ts';
import { factsOf } from '../shared-azure-storage/facts.ts';
import type { FindingCode } from '../shared-azure-storage/findings/findings.ts';
import { lackingPermissions } from '../shared-azure-storage/sas.ts';
import type { StoragePlace } from '../shared-azure-storage/storage-place.ts';
import { storeError } from '../shared-azure-storage/transfer/store-failure.ts';
import type { Blobs, Held, SeenBlob } from './blobs.ts';

// Blob Storage has no move, so a file is copied and then removed. A lease on it keeps everybody else from moving, changing or removing it
// in between; and the copy says of which file and which version it is one, so that a move that was interrupted is recognised and completed.

/** Longer than a request may take, so that a lease does not end between copying and removing. */
const leaseSeconds = 60;

/** Whoever holds a file is done with it by then, or has died and its lease has ended. */
const holdPatienceMs = 75_000;

const holdPauseMs = 100;

/** Within an account storage copies at once; where it does not, it takes as long as reading and writing. */
const copyDeadlineMs = 30 * 60_000;

const copyPauseMs = 1_000;

/** For leaving nothing behind after a failure. */
const cleanUpMs = 2_000;

/** Metadata of a copy: where it comes from, and of which version it is. */
const markName = 'junction_move';

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

const markOf = (from: string, etag: string): string => `${hashOf(from)}.${etag.replaceAll('"', '')}`;

/** Whether a blob was made by moving a certain file. */
export const wasMovedFrom = (from: string, metadata: Record<string, string>): boolean =>
  metadata[markName]?.startsWith(`${hashOf(from)}.`) === true;

/** One lease for whoever moves one file to one name, so that a repetition does not wait for the attempt that was interrupted. */
const leaseFor = (from: string, to: string): string =>
  hashOf(`${from}\n${to}`).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Whether storage is done with the copy that made a blob; it says nothing of copies whose properties were set afterwards. */
const isWhole = ({ copy }: SeenBlob): boolean => copy.status === 'success' || copy.status === undefined;

/** A short while; rejects with the signal's reason when nobody waits any more. */
const wait = (ms: number, signal: AbortSignal): Promise<void> =>
  pause(ms, undefined, { signal }).catch(() => signal.throwIfAborted());

/** Moves files as `FileDestination` has it, with paths from the top of the container. */
export const fileMover = (place: StoragePlace, blobs: Blobs): FileDestination['moveFile'] => {
  const failure = (code: FindingCode, path: string, more = {}) =>
    storeError(code, { ...factsOf(place, blobs.endpoint), path, ...more });

  /** Who could copy but not remove would leave two files. */
  const requirePermissions = (path: string): void => {
    const missing = lackingPermissions(place.sas, ['read', 'write', 'delete']);
    if (missing !== '') throw failure('sasPermissionMissing', path, { missing });
  };

  /** Takes away what a copy that came to nothing has left: an empty file under the name. */
  const discardCopy = async (to: string, mark: string, signal: AbortSignal): Promise<void> => {
    const begun = await blobs.look(to, signal);
    if (begun?.metadata[markName] !== mark || isWhole(begun)) return;
    if (begun.copy.status === 'pending') await blobs.abortCopy(to, begun.copy.id ?? '', signal);
    const left = await blobs.look(to, signal);
    if (left?.metadata[markName] === mark) await blobs.remove(to, { etag: left.etag }, signal);
  };

  /** Waits until storage has copied. */
  const finishCopy = async (
    to: string,
    mark: string,
    keepHold: () => Promise<unknown>,
    signal: AbortSignal,
  ): Promise<void> => {
    const deadline = performance.now() + copyDeadlineMs;
    try {
      for (;;) {
        const begun = await blobs.look(to, signal);
        if (begun?.metadata[markName] === mark && isWhole(begun)) return;
        if (begun?.copy.status !== 'pending' || performance.now() > deadline) throw failure('copyFailed', to);
        await keepHold();
        await wait(copyPauseMs, signal);
      }
    } catch (error) {
      await discardCopy(to, mark, AbortSignal.timeout(cleanUpMs)).catch(() => undefined);
      throw error;
    }
  };

  type Move = { from: string; to: string; source: SeenBlob; lease: string; replaces: boolean };

  const moveHeld = async (
    { from, to, source, lease, replaces }: Move,
    signal: AbortSignal,
  ): Promise<Moved | 'again'> => {
    const { etag } = source;
    const mark = markOf(from, etag);
    const metadata = { ...source.metadata, [markName]: mark };
    let copied = await blobs.copy(from, to, { etag, metadata, replaces }, signal);
    if (copied === 'gone') return 'gone';
    if (copied === 'changed') return 'again';
    if (copied === 'taken') {
      const there = await blobs.look(to, signal);
      if (there === undefined) return 'again';
      if (there.metadata[markName] !== mark) return 'taken';
      // An earlier attempt got as far as this.
      copied = isWhole(there) ? 'copied' : 'pending';
    }
    const keepHold = () => blobs.hold(from, { lease, seconds: leaseSeconds }, signal);
    if (copied === 'pending') await finishCopy(to, mark, keepHold, signal);
    // Of several who got here with one lease, the one who removes the file has moved it.
    return (await blobs.remove(from, { lease }, signal)) ? 'moved' : 'gone';
  };

  return async (from, to, { replaces }, signal) => {
    requirePermissions(from);
    const lease = leaseFor(from, to);
    const patienceEnds = performance.now() + holdPatienceMs;
    for (;;) {
      const source = await blobs.look(from, signal);
      if (source === undefined || source.isFolder) return 'gone';
      if (from === to) return replaces ? 'moved' : 'taken';
      let held: Held | undefined;
      let outcome: Moved | 'again' = 'again';
      try {
        held = await blobs.hold(from, { lease, seconds: leaseSeconds, etag: source.etag }, signal);
        if (held === 'gone') return 'gone';
        if (held === 'held') outcome = await moveHeld({ from, to, source, lease, replaces }, signal);
        if (outcome !== 'again') return outcome;
        if (source.isHeldForEver || performance.now() > patienceEnds) throw failure('fileLeased', from);
      } finally {
        // Nobody should have to wait for the lease to end; after a failure it may be there although nobody said so.
        const isOver = outcome === 'moved' || outcome === 'gone';
        if ((held === 'held' || held === undefined) && !isOver)
          await blobs.release(from, lease, AbortSignal.timeout(cleanUpMs)).catch(() => undefined);
      }
      await wait(holdPauseMs * (1 + Math.random()), signal);
    }
  };
};
