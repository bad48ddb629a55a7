import type { FileEntryWithStats } from 'ssh2';
import { kindAt, kindOfAttributes, pagesOf, removeEmptyFolder, removeFile } from './remote-files.ts';
import type { SftpSession } from './session.ts';
import { isRefused } from './status.ts';

/** What somebody else puts into a folder while it is being emptied is removed as well, but not for ever. */
const rounds = 5;

const empty = async (session: SftpSession, folder: string, signal: AbortSignal): Promise<void> => {
  for await (const page of pagesOf(session, folder)) {
    signal.throwIfAborted();
    const isFolder = ({ attrs }: FileEntryWithStats): boolean => kindOfAttributes(attrs) === 'folder';
    const pathOf = ({ filename }: FileEntryWithStats): string => `${folder}/${filename}`;
    await Promise.all(page.filter((entry) => !isFolder(entry)).map((entry) => removeFile(session, pathOf(entry))));
    for (const entry of page.filter(isFolder)) await removeTree(session, pathOf(entry), signal);
  }
};

const removeTree = async (session: SftpSession, folder: string, signal: AbortSignal): Promise<void> => {
  for (let round = 1; ; round += 1) {
    await empty(session, folder, signal);
    try {
      return await removeEmptyFolder(session, folder);
    } catch (error) {
      if (!isRefused(error, 'failure', 'exists') || round === rounds) throw error;
    }
  }
};

/** Removes a folder and what is in it. A link is removed itself, never what it leads to. */
export const removeFolder = async (session: SftpSession, path: string, signal: AbortSignal): Promise<void> => {
  const kind = await kindAt(session, path);
  if (kind === 'link') await removeFile(session, path);
  if (kind === 'folder') await removeTree(session, path, signal);
};
