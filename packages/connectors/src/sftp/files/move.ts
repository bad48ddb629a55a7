import type { Moved } from '../../connector.ts';
import { exclusively } from './exclusively.ts';
import { kindAt, parentOf, rename, replace, withFolder } from './remote-files.ts';
import type { SftpSession } from './session.ts';
import { isRefused } from './status.ts';

/** What it means that a rename was refused: somebody was faster at either end, or there is a reason that is worth telling. */
const outcomeOf = async (session: SftpSession, error: unknown, from: string, to: string): Promise<Moved> => {
  if (!isRefused(error, 'missing', 'failure', 'exists', 'denied')) throw error;
  if ((await kindAt(session, from)) === undefined) return 'gone';
  if ((await kindAt(session, to)) !== undefined) return 'taken';
  throw error;
};

/** A rename that is refused where the name is taken. */
const renameToFree = async (session: SftpSession, from: string, to: string): Promise<Moved> => {
  try {
    await withFolder(session, parentOf(to), () => rename(session, from, to));
    return 'moved';
  } catch (error) {
    return outcomeOf(session, error, from, to);
  }
};

/** The same on a server whose rename may replace, or where two renames at the same time may both succeed. */
const renameUnderLock = (session: SftpSession, from: string, to: string, signal: AbortSignal): Promise<Moved> =>
  exclusively(session, to, signal, async (proceed) => {
    if ((await kindAt(session, to)) !== undefined)
      return (await kindAt(session, from)) === undefined ? 'gone' : 'taken';
    proceed();
    return renameToFree(session, from, to);
  });

const replaceBy = async (session: SftpSession, from: string, to: string): Promise<Moved> => {
  try {
    await withFolder(session, parentOf(to), () => replace(session, from, to));
    return 'moved';
  } catch (error) {
    if (!isRefused(error, 'missing', 'failure') || (await kindAt(session, from)) !== undefined) throw error;
    return 'gone';
  }
};

/** Gives a file another name in one step. */
export const moveFile = async (
  session: SftpSession,
  from: string,
  to: string,
  { replaces }: { replaces: boolean },
  signal: AbortSignal,
): Promise<Moved> => {
  const kind = await kindAt(session, from);
  if (kind === undefined || kind === 'folder') return 'gone';
  if (replaces) return replaceBy(session, from, to);
  return session.refusesTakenNames ? renameToFree(session, from, to) : renameUnderLock(session, from, to, signal);
};

/** Gives a folder another name in one step. Renaming it onto an empty one would succeed, so there is a lock on every server. */
export const moveFolder = async (
  session: SftpSession,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<Moved> => ((await kindAt(session, from)) === 'folder' ? renameUnderLock(session, from, to, signal) : 'gone');
