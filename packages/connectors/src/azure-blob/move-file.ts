import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FileDestination, Moved } from '../connector.ts';
import { factsOf } from '../shared-azure-storage/facts.ts';
import type { FindingCode } from '../shared-azure-storage/findings/findings.ts';
import { lackingPermissions } from '../shared-azure-storage/sas.ts';
import type { StoragePlace } from '../shared-azure-storage/storage-place.ts';
import { storeError } from '../shared-azure-storage/transfer/store-failure.ts';
import type { Blobs, Held, SeenBlob } from './blobs.ts';

// Blob Storage has no move, so a file is copied and then removed. A lease on it keeps everybody else from moving, changing or removing it
// in between, and the copy says of which file and which version it is one, so that a move that was interrupted is recognised and completed.
// Who removes the file has moved it. Who stalls for longer than the lease finds it gone, and takes its copy away unless somebody else who
// moves the same file to the same name has taken that over.

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

/** And that a later attempt goes on with it. */
const takenOverName = 'junction_taken_over';

/** What is at the new name, and whether the move that goes on with it has brought it. */
type Copy = { etag: string; isOwn: boolean };

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

  /** Waits until storage has copied; the ETag of the copy. */
  const finishCopy = async (
    to: string,
    mark: string,
    keepHold: () => Promise<unknown>,
    signal: AbortSignal,
  ): Promise<string> => {
    const deadline = performance.now() + copyDeadlineMs;
    try {
      for (;;) {
        const begun = await blobs.look(to, signal);
        if (begun?.metadata[markName] === mark && isWhole(begun)) return begun.etag;
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

  /** Brings a copy to the new name; where an earlier attempt already did, takes that over. */
  const bring = async (
    { from, to, source, lease, replaces }: Move,
    own: string | undefined,
    signal: AbortSignal,
  ): Promise<Copy | 'taken' | 'gone' | 'again'> => {
    const mark = markOf(from, source.etag);
    const metadata = { ...source.metadata, [markName]: mark };
    const keepHold = () => blobs.hold(from, { lease, seconds: leaseSeconds }, signal);
    let there = replaces ? await blobs.look(to, signal) : undefined;
    if (there?.isFolder === true) throw failure('pathConflict', to);
    if (there?.metadata[markName] !== mark) {
      const copied = await blobs.copy(from, to, { etag: source.etag, metadata, target: there?.etag }, signal);
      if (copied === 'gone') return 'gone';
      if (copied === 'changed' || (copied === 'taken' && replaces)) return 'again';
      if (copied !== 'taken') {
        return { etag: copied.isPending ? await finishCopy(to, mark, keepHold, signal) : copied.etag, isOwn: true };
      }
      there = await blobs.look(to, signal);
      if (there === undefined) return 'again';
      if (there.metadata[markName] !== mark) return 'taken';
    }
    const etag = isWhole(there) ? there.etag : await finishCopy(to, mark, keepHold, signal);
    if (etag === own) return { etag, isOwn: true };
    // Whoever made it knows by the new ETag not to take it away any more.
    const taken = await blobs.mark(to, { ...there.metadata, [takenOverName]: randomUUID() }, etag, signal);
    return taken === undefined ? 'again' : { etag: taken, isOwn: false };
  };

  return async (from, to, { replaces }, signal) => {
    requirePermissions(from);
    const lease = leaseFor(from, to);
    const patienceEnds = performance.now() + holdPatienceMs;
    /** The ETag of a copy that this move has brought. */
    let own: string | undefined;

    const moveHeld = async (source: SeenBlob): Promise<Moved | 'again'> => {
      const copy = await bring({ from, to, source, lease, replaces }, own, signal);
      if (typeof copy === 'string') return copy;
      own = copy.isOwn ? copy.etag : undefined;
      const removed = await blobs.remove(from, { lease }, signal);
      if (removed === 'removed') return 'moved';
      return removed === 'gone' ? 'gone' : 'again';
    };

    /** Looks for the file once; `again` when somebody else has it in hand. */
    const attempt = async (): Promise<Moved | 'again'> => {
      const source = await blobs.look(from, signal);
      if (source === undefined || source.isFolder) return 'gone';
      if (from === to) return replaces ? 'moved' : 'taken';
      let held: Held | undefined;
      let outcome: Moved | 'again' = 'again';
      try {
        held = await blobs.hold(from, { lease, seconds: leaseSeconds, etag: source.etag }, signal);
        if (held === 'held') outcome = await moveHeld(source);
        if (held === 'gone') outcome = 'gone';
        if (held === 'heldByOther' && source.isHeldForEver) throw failure('fileLeased', from);
        return outcome;
      } finally {
        // Nobody should have to wait for the lease to end; after a failure it may be there although nobody said so.
        const isOver = outcome === 'moved' || outcome === 'gone';
        if ((held === 'held' || held === undefined) && !isOver)
          await blobs.release(from, lease, AbortSignal.timeout(cleanUpMs)).catch(() => undefined);
      }
    };

    for (;;) {
      const outcome = await attempt();
      if (own !== undefined && (outcome === 'gone' || outcome === 'taken')) {
        // The lease had ended, and somebody else has moved the file. What was brought until then is nobody's.
        await blobs.remove(to, { etag: own }, signal);
      }
      if (outcome !== 'again') return outcome;
      if (performance.now() > patienceEnds) throw failure('fileLeased', from);
      await wait(holdPauseMs * (1 + Math.random()), signal);
    }
  };
};
