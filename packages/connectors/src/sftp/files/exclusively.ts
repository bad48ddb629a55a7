import { setTimeout as pause } from 'node:timers/promises';
import { SftpFailure } from '../failure.ts';
import { lockOf } from './own-names.ts';
import { kindAt, parentOf, removeEmptyFolder, withFolder } from './remote-files.ts';
import type { SftpSession } from './session.ts';
import { isRefused } from './status.ts';

/** How long whoever gives a name may take, and how long others wait. */
export type LockPatience = {
  /** A lock that is the same for this long was left behind by somebody who crashed. */
  staleAfterMs: number;
  /** Whoever has held the lock for that long does nothing more under it, lest somebody else takes it for left behind. */
  heldForMs: number;
  /** Nobody waits for longer than this. */
  giveUpAfterMs: number;
};

/** Giving a name takes two requests. */
const usualPatience: LockPatience = { staleAfterMs: 15_000, heldForMs: 5_000, giveUpAfterMs: 60_000 };

const firstPauseMs = 10;
const longestPauseMs = 250;

/** A lock that could not be taken although nobody held it a moment later was given back in between; this often, there is another reason. */
const mostNearMisses = 20;

/** Making a folder is the one thing that succeeds for exactly one of many on every server. Tells why not, where somebody else was faster. */
const take = async (session: SftpSession, lock: string): Promise<'taken' | 'held' | { nearMiss: unknown }> => {
  try {
    await withFolder(session, parentOf(lock), () =>
      session.request<void>({ deed: 'make', path: lock }, (sftp, answered) => sftp.mkdir(lock, answered)),
    );
    return 'taken';
  } catch (error) {
    if (!isRefused(error, 'failure', 'exists', 'denied')) throw error;
    if ((await kindAt(session, lock)) === 'folder') return 'held';
    if (error.status === 'denied') throw error;
    return { nearMiss: error };
  }
};

const madeAt = (session: SftpSession, lock: string): Promise<number | undefined> =>
  session
    .request<{ mtime: number }>({ deed: 'look at', path: lock }, (sftp, answered) => sftp.lstat(lock, answered))
    .then(
      ({ mtime }) => mtime,
      () => undefined,
    );

/** Waits until nobody holds the lock, and takes it. */
const acquire = async (
  session: SftpSession,
  lock: string,
  path: string,
  signal: AbortSignal,
  { staleAfterMs, giveUpAfterMs }: LockPatience,
): Promise<void> => {
  const begun = performance.now();
  let seen: { made: number | undefined; since: number } | undefined;
  let nearMisses = 0;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    signal.throwIfAborted();
    const outcome = await take(session, lock);
    if (outcome === 'taken') return;
    const now = performance.now();
    if (outcome !== 'held') {
      nearMisses += 1;
      if (nearMisses > mostNearMisses) throw outcome.nearMiss;
    }
    if (now - begun > giveUpAfterMs) throw new SftpFailure('pathBusy', { path });
    const made = await madeAt(session, lock);
    if (made === undefined || seen?.made !== made) seen = { made, since: now };
    else if (now - seen.since > staleAfterMs) await removeEmptyFolder(session, lock);
    await pause(pauseMs * (0.5 + Math.random()));
  }
};

/**
 * Does something that nobody else who asks here does at the same time for this path. Not cut off in the middle, so that the lock does not
 * stay behind; `proceed` throws when nobody waits any more, or it has taken so long that somebody else may have gone on.
 */
export const exclusively = async <Value>(
  session: SftpSession,
  path: string,
  signal: AbortSignal,
  work: (proceed: () => void) => Promise<Value>,
  patience = usualPatience,
): Promise<Value> => {
  const lock = lockOf(path);
  await acquire(session, lock, path, signal, patience);
  const taken = performance.now();
  try {
    return await work(() => {
      signal.throwIfAborted();
      if (performance.now() - taken > patience.heldForMs) throw new SftpFailure('pathBusy', { path });
    });
  } finally {
    await removeEmptyFolder(session, lock).catch(() => undefined);
  }
};
