import type { FileEntryWithStats, Stats } from 'ssh2';
import { SftpFailure } from '../failure.ts';
import type { SftpSession } from './session.ts';
import { isRefused } from './status.ts';

/** What has a name. A link counts as itself, wherever it leads. */
export type Kind = 'file' | 'folder' | 'link';

/** The folder that a path is in; '.' for one without a slash. */
export const parentOf = (path: string): string => {
  const at = path.lastIndexOf('/');
  return at < 0 ? '.' : path.slice(0, at) || '/';
};

/** What attributes are about; whatever is neither folder nor link counts as a file. */
export const kindOfAttributes = (attributes: Stats): Kind => {
  if (attributes.isDirectory()) return 'folder';
  return attributes.isSymbolicLink() ? 'link' : 'file';
};

/** Undefined in place of what is not there. */
const ifThere = async <Value>(work: Promise<Value>): Promise<Value | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (isRefused(error, 'missing')) return undefined;
    throw error;
  }
};

/** What is at a path; undefined when nothing is. */
export const kindAt = async (
  session: SftpSession,
  path: string,
  { follows = false } = {},
): Promise<Kind | undefined> => {
  const attributes = await ifThere(
    session.request<Stats>({ deed: 'look at', path }, (sftp, answered) =>
      follows ? sftp.stat(path, answered) : sftp.lstat(path, answered),
    ),
  );
  return attributes && kindOfAttributes(attributes);
};

/** Makes a folder and those above it, as far as they are missing; tells which it made, topmost first. */
export const makeFolders = async (session: SftpSession, path: string): Promise<string[]> => {
  const kind = await kindAt(session, path, { follows: true });
  if (kind === 'folder') return [];
  if (kind !== undefined) throw new SftpFailure('pathConflict', { path });
  const parent = parentOf(path);
  const above = parent === path || parent === '.' ? [] : await makeFolders(session, parent);
  const about = { deed: 'make', path } as const;
  try {
    await session.request<void>(about, (sftp, answered) => sftp.mkdir(path, answered));
    return [...above, path];
  } catch (error) {
    // Somebody else may have been faster.
    if (isRefused(error, 'failure', 'exists') && (await kindAt(session, path, { follows: true })) === 'folder')
      return above;
    throw error;
  }
};

/** Does what needs a folder to be there, and makes it if that is what is missing, which not every server says. */
export const withFolder = async <Value>(
  session: SftpSession,
  folder: string,
  work: () => Promise<Value>,
): Promise<Value> => {
  try {
    return await work();
  } catch (error) {
    if (!isRefused(error, 'missing', 'failure') || folder === '.') throw error;
    const made = await makeFolders(session, folder);
    // Somebody else may have made it in between.
    if (made.length === 0 && error.status !== 'missing') throw error;
    return work();
  }
};

export const rename = (session: SftpSession, from: string, to: string): Promise<void> =>
  session.request<void>({ deed: 'rename', path: from }, (sftp, answered) => sftp.rename(from, to, answered));

/** Removes a file or a link; fine when there is none. */
export const removeFile = async (session: SftpSession, path: string): Promise<void> => {
  await ifThere(session.request<void>({ deed: 'remove', path }, (sftp, answered) => sftp.unlink(path, answered)));
};

/** Removes a folder that is empty; fine when there is none. */
export const removeEmptyFolder = async (session: SftpSession, path: string): Promise<void> => {
  await ifThere(session.request<void>({ deed: 'remove', path }, (sftp, answered) => sftp.rmdir(path, answered)));
};

/** Gives a file the name of another one, and takes that one's place. Where the server cannot do it in one step, the name is free for a moment. */
export const replace = async (session: SftpSession, from: string, to: string): Promise<void> => {
  const about = { deed: 'rename', path: from } as const;
  try {
    if (session.replacesInOneStep)
      return await session.request<void>(about, (sftp, answered) => sftp.ext_openssh_rename(from, to, answered));
    return await rename(session, from, to);
  } catch (error) {
    if (!isRefused(error, 'failure', 'exists', 'denied')) throw error;
    const kind = await kindAt(session, to);
    if (kind === 'folder') throw new SftpFailure('pathConflict', { path: to });
    if (kind === undefined || session.replacesInOneStep || (await kindAt(session, from)) === undefined) throw error;
    await removeFile(session, to);
    return rename(session, from, to);
  }
};

/** A server may say what it likes: a name that leads elsewhere is none. */
const isName = ({ filename }: FileEntryWithStats): boolean => filename !== '' && !/[/\0]/.test(filename);

/** The children of a folder, page by page as the server gives them; nothing where no folder is. */
export async function* pagesOf(session: SftpSession, path: string): AsyncGenerator<FileEntryWithStats[]> {
  const about = { deed: 'list', path } as const;
  let handle: Buffer;
  try {
    handle = await session.request<Buffer>(about, (sftp, answered) => sftp.opendir(path, answered));
  } catch (error) {
    if (isRefused(error, 'missing') || (await kindAt(session, path, { follows: true })) !== 'folder') return;
    throw error;
  }
  try {
    for (;;) {
      const page = await session.request<FileEntryWithStats[]>(about, (sftp, answered) =>
        sftp.readdir(handle, answered),
      );
      yield page.filter(isName);
    }
  } catch (error) {
    if (!isRefused(error, 'end')) throw error;
  } finally {
    await closeHandle(session, handle, path).catch(() => undefined);
  }
}

export const closeHandle = (session: SftpSession, handle: Buffer, path: string): Promise<void> =>
  session.request<void>({ deed: 'write', path }, (sftp, answered) => sftp.close(handle, answered));
