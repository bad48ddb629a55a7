import { constants } from 'node:fs';
import { copyFile, type FileHandle, link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LocalFailure } from './failure.ts';
import { nameBeside } from './own-names.ts';
import { syncFile, syncFolder } from './sync.ts';

type OnBytes = (bytes: number) => void;

/** Big enough for a disk, small enough to be over soon when it is aborted. */
const pieceBytes = 1024 * 1024;

/** Writes pieces into a new file and waits until they are on the disk. */
const write = async (
  name: string,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  signal: AbortSignal,
  onBytes: OnBytes,
): Promise<void> => {
  const handle = await open(name, 'wx');
  try {
    let written = 0;
    for await (const piece of pieces) {
      signal.throwIfAborted();
      await handle.writeFile(piece);
      written += piece.length;
      onBytes(written);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
};

function* piecesOf(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let from = 0; from < bytes.length; from += pieceBytes) yield bytes.subarray(from, from + pieceBytes);
}

/** One buffer serves for all pieces: each is written before the next is read. */
async function* piecesIn(handle: FileHandle): AsyncIterable<Uint8Array> {
  const buffer = new Uint8Array(pieceBytes);
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, pieceBytes);
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
  }
}

const worked = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

/** The set-group-ID bit of a folder's mode. */
const handsGroupDown = 0o2000;

/** A folder that hands its group down means its files for that group; a second name of a file keeps the file's own. */
const keepsGroup = async (file: string, folder: string): Promise<boolean> => {
  const [given, above] = await Promise.all([stat(file), stat(folder)]);
  return (above.mode & handsGroupDown) === 0 || given.gid === above.gid;
};

/** The same bytes under another name without copying them: a second name of the file, or a copy that shares its blocks. */
export const shareFile = async (file: string, name: string): Promise<boolean> =>
  ((await keepsGroup(file, dirname(name))) && (await worked(link(file, name)))) ||
  (await worked(copyFile(file, name, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE)));

const unreadable = (): never => {
  throw new LocalFailure('givenFileUnreadable');
};

const bringFile = async (
  given: string,
  name: string,
  signal: AbortSignal,
  onBytes: OnBytes,
  share: typeof shareFile,
): Promise<void> => {
  const file = await realpath(given).catch(unreadable);
  const handle = await open(file, 'r').catch(unreadable);
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) unreadable();
    if (!(await share(file, name))) return await write(name, piecesIn(handle), signal, onBytes);
    await syncFile(name);
    onBytes(stats.size);
  } finally {
    await handle.close();
  }
};

/** Puts a whole file in the place of a name: written beside it, brought onto the disk, then renamed. */
export const putFile = async (
  name: string,
  content: { file: string } | Uint8Array,
  signal: AbortSignal,
  onBytes: OnBytes = () => undefined,
  share = shareFile,
): Promise<void> => {
  const beside = nameBeside(name, 'put');
  try {
    await (content instanceof Uint8Array
      ? write(beside, piecesOf(content), signal, onBytes)
      : bringFile(content.file, beside, signal, onBytes, share));
    signal.throwIfAborted();
    await rename(beside, name);
  } finally {
    // Also after success: renaming one name of a file to another name of the same file leaves both.
    await rm(beside, { force: true });
  }
  await syncFolder(dirname(name));
};
