import { type FileHandle, link, lstat, mkdir, open, readdir, rename, rmdir, stat, unlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import ssh2, { type Attributes, type FileEntry, type SFTPWrapper } from 'ssh2';

const { STATUS_CODE, flagsToString } = ssh2.utils.sftp;

/** What a server answers in place of doing it; `hang` never answers, `drop` ends the connection, `end` only its part for SFTP. */
export type Fault = { status: number; message?: string } | 'hang' | 'drop' | 'end';

/** How a server does SFTP. */
export type Disposition = {
  /** Whether a rename replaces a file that has the name, as rename(2) does; else it is refused, as OpenSSH does. */
  renameReplaces?: boolean;
  /** Where paths without a slash in front begin. */
  loginFolder?: string;
  /** Asked before each request, with its name in the protocol (`OPEN`, `WRITE`) and the path as it was sent. */
  faultAt?: (request: string, path: string) => Fault | undefined;
  /** Told of each request as it begins (1) and as it ends (-1). */
  onRequest?: (by: 1 | -1) => void;
  /** Names that it says are in every folder. */
  shows?: readonly string[];
  /** What files have when they are written. */
  masks?: (data: Buffer) => Buffer;
};

/** Entries of one answer, few so that listings have pages. */
const pageSize = 3;

type Opened = { path: string; file: FileHandle } | { path: string; entries: FileEntry[] };

const statusOf = (error: unknown): number => {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return STATUS_CODE.NO_SUCH_FILE;
  return code === 'EACCES' || code === 'EPERM' ? STATUS_CODE.PERMISSION_DENIED : STATUS_CODE.FAILURE;
};

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

const attributesOf = ({ mode, uid, gid, size, atimeMs, mtimeMs }: Awaited<ReturnType<typeof stat>>): Attributes => ({
  mode: Number(mode),
  uid: Number(uid),
  gid: Number(gid),
  size: Number(size),
  atime: Math.floor(Number(atimeMs) / 1_000),
  mtime: Math.floor(Number(mtimeMs) / 1_000),
});

/** As OpenSSH renames: a file is linked to its new name, which fails when that is taken. */
const renameToFree = async (from: string, to: string): Promise<void> => {
  if ((await lstat(from)).isFile()) {
    await link(from, to);
    await unlink(from).catch(async (error: unknown) => {
      await unlink(to);
      throw error;
    });
  } else if (await exists(to)) throw new Error('The name is taken.');
  else await rename(from, to);
};

/** Serves a folder of this machine on a channel, in version 3 of SFTP without any extension. */
export const serveFiles = (
  sftp: SFTPWrapper,
  root: string,
  {
    renameReplaces = false,
    loginFolder = '/',
    faultAt,
    onRequest = () => {},
    shows = [],
    masks = (data) => data,
  }: Disposition,
  drop: () => void,
): void => {
  const opened = new Map<string, Opened>();
  let handles = 0;
  const at = (path: string): string => join(root, posix.resolve(loginFolder, path));

  const keep = (what: Opened): Buffer => {
    handles += 1;
    opened.set(String(handles), what);
    return Buffer.from(String(handles));
  };
  const handleOf = (handle: Buffer): Opened => {
    const found = opened.get(String(handle));
    if (found === undefined) throw new Error('There is no such handle.');
    return found;
  };
  const fileOf = (handle: Buffer): FileHandle => {
    const found = handleOf(handle);
    if ('entries' in found) throw new Error('This is a folder.');
    return found.file;
  };

  /** Does what is asked for, unless something goes wrong on purpose, and answers with what went wrong. */
  const answer = async (request: string, id: number, path: string, work: () => Promise<unknown>): Promise<void> => {
    const fault = faultAt?.(request, path);
    if (fault === 'hang') return;
    if (fault === 'drop') return drop();
    if (fault === 'end') return sftp.end();
    if (fault !== undefined) return sftp.status(id, fault.status, fault.message);
    onRequest(1);
    try {
      await work();
    } catch (error) {
      sftp.status(id, statusOf(error));
    } finally {
      onRequest(-1);
    }
  };
  const done = (id: number) => () => sftp.status(id, STATUS_CODE.OK);

  sftp.on('error', () => undefined);
  sftp.on('OPEN', (id, path, flags) =>
    answer('OPEN', id, path, async () => {
      const file = await open(at(path), flagsToString(flags) ?? 'r');
      sftp.handle(id, keep({ path, file }));
    }),
  );
  sftp.on('OPENDIR', (id, path) =>
    answer('OPENDIR', id, path, async () => {
      const names = await readdir(at(path));
      const entries = await Promise.all(
        ['.', '..', ...names].map(async (filename) => {
          const attrs = attributesOf(await lstat(join(at(path), filename)));
          return { filename, longname: filename, attrs };
        }),
      );
      const [self] = entries;
      if (self !== undefined) entries.push(...shows.map((filename) => ({ ...self, filename, longname: filename })));
      sftp.handle(id, keep({ path, entries }));
    }),
  );
  sftp.on('READDIR', (id, handle) =>
    answer('READDIR', id, handleOf(handle).path, async () => {
      const found = handleOf(handle);
      const page = 'entries' in found ? found.entries.splice(0, pageSize) : [];
      if (page.length === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.name(id, page);
    }),
  );
  sftp.on('READ', (id, handle, offset, length) =>
    answer('READ', id, handleOf(handle).path, async () => {
      const { buffer, bytesRead } = await fileOf(handle).read(Buffer.alloc(length), 0, length, offset);
      if (bytesRead === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, buffer.subarray(0, bytesRead));
    }),
  );
  sftp.on('WRITE', (id, handle, offset, data) =>
    answer('WRITE', id, handleOf(handle).path, async () => {
      const masked = masks(data);
      await fileOf(handle).write(masked, 0, masked.length, offset);
      sftp.status(id, STATUS_CODE.OK);
    }),
  );
  sftp.on('FSTAT', (id, handle) =>
    answer('FSTAT', id, handleOf(handle).path, async () => sftp.attrs(id, attributesOf(await fileOf(handle).stat()))),
  );
  sftp.on('CLOSE', (id, handle) =>
    answer('CLOSE', id, handleOf(handle).path, async () => {
      const found = handleOf(handle);
      opened.delete(String(handle));
      if ('file' in found) await found.file.close();
      sftp.status(id, STATUS_CODE.OK);
    }),
  );
  sftp.on('STAT', (id, path) =>
    answer('STAT', id, path, async () => sftp.attrs(id, attributesOf(await stat(at(path))))),
  );
  sftp.on('LSTAT', (id, path) =>
    answer('LSTAT', id, path, async () => sftp.attrs(id, attributesOf(await lstat(at(path))))),
  );
  sftp.on('MKDIR', (id, path) => answer('MKDIR', id, path, () => mkdir(at(path)).then(done(id))));
  sftp.on('RMDIR', (id, path) => answer('RMDIR', id, path, () => rmdir(at(path)).then(done(id))));
  sftp.on('REMOVE', (id, path) => answer('REMOVE', id, path, () => unlink(at(path)).then(done(id))));
  sftp.on('RENAME', (id, from, to) =>
    answer('RENAME', id, from, () => (renameReplaces ? rename : renameToFree)(at(from), at(to)).then(done(id))),
  );
  const closeAll = () => {
    for (const found of opened.values()) if ('file' in found) found.file.close().catch(() => undefined);
    opened.clear();
  };
  sftp.on('close', closeAll);
  sftp.on('end', closeAll);
};
