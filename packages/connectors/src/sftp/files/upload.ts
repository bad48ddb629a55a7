import { type FileHandle, open } from 'node:fs/promises';
import { SftpFailure } from '../failure.ts';
import { closeHandle, parentOf, withFolder } from './remote-files.ts';
import type { SftpSession } from './session.ts';
import { isRefused } from './status.ts';

/** Every server takes that much in one request; ssh2 would split what is longer, and send the second half only after the first is answered. */
const chunkBytes = 31 * 1024;

/** Writes of one upload that are under way at a time: a megabyte, which fills a line of 160 Mbit/s over 50 ms. */
const writesAtOnce = 32;

export type Content = { file: string } | Uint8Array;

/** Reads what is to be sent, a chunk at a time. */
type Chunks = { next(): Promise<Buffer | undefined>; close(): Promise<void> };

const codeOf = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? 'unknown');

const openSpool = async (path: string): Promise<Chunks> => {
  const unreadable = (error: unknown): never => {
    throw new SftpFailure('spoolUnreadable', { errorCode: codeOf(error) });
  };
  const file: FileHandle = await open(path).catch(unreadable);
  let position = 0;
  return {
    async next() {
      const chunk = Buffer.allocUnsafe(chunkBytes);
      const { bytesRead } = await file.read(chunk, 0, chunkBytes, position).catch(unreadable);
      position += bytesRead;
      return bytesRead === 0 ? undefined : chunk.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
};

const openMemory = (bytes: Uint8Array): Chunks => {
  let position = 0;
  return {
    async next() {
      const chunk = bytes.subarray(position, position + chunkBytes);
      position += chunk.length;
      return chunk.length === 0 ? undefined : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    },
    close: async () => undefined,
  };
};

/** Many servers have one word for all failures; one that tells its free space can be asked. */
const explained = async (session: SftpSession, path: string, error: unknown): Promise<unknown> => {
  if (!session.tellsFreeSpace || !isRefused(error, 'failure')) return error;
  const folder = parentOf(path);
  const space = await session
    .request<{ f_bavail: number }>({ deed: 'look at', path: folder }, (sftp, answered) =>
      sftp.ext_openssh_statvfs(folder, answered),
    )
    .catch(() => undefined);
  return space?.f_bavail === 0 ? new SftpFailure('diskFull', { path }) : error;
};

/** Writes a new file, with many writes under way at a time. Ends early, with the signal's reason, when nobody waits any more. */
export const upload = async (
  session: SftpSession,
  path: string,
  content: Content,
  signal: AbortSignal,
  onBytes: (bytes: number) => void = () => {},
): Promise<void> => {
  const chunks = content instanceof Uint8Array ? openMemory(content) : await openSpool(content.file);
  const about = { deed: 'write', path } as const;
  let handle: Buffer | undefined;
  let position = 0;
  let written = 0;
  let failed: { error: unknown } | undefined;
  const underWay = new Set<Promise<void>>();

  const write = (opened: Buffer, chunk: Buffer): Promise<void> => {
    const at = position;
    position += chunk.length;
    return session
      .request<void>(about, (sftp, answered) => sftp.write(opened, chunk, 0, chunk.length, at, answered as () => void))
      .then(() => {
        written += chunk.length;
        if (!signal.aborted) onBytes(written);
      });
  };

  const goOn = (): void => {
    signal.throwIfAborted();
    if (failed !== undefined) throw failed.error;
  };

  try {
    handle = await withFolder(session, parentOf(path), () =>
      session.request<Buffer>(about, (sftp, answered) => sftp.open(path, 'wx', answered)),
    );
    for (let chunk = await chunks.next(); chunk !== undefined; chunk = await chunks.next()) {
      goOn();
      const writing = write(handle, chunk)
        .catch((error: unknown) => {
          failed ??= { error };
        })
        .finally(() => underWay.delete(writing));
      underWay.add(writing);
      if (underWay.size >= writesAtOnce) await Promise.race(underWay);
    }
    await Promise.all(underWay);
    goOn();
    const opened = handle;
    handle = undefined;
    await closeHandle(session, opened, path);
  } catch (error) {
    await Promise.all(underWay);
    if (handle !== undefined) await closeHandle(session, handle, path).catch(() => undefined);
    throw await explained(session, path, error);
  } finally {
    await chunks.close();
  }
};
