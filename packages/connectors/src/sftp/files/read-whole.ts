import type { Stats } from 'ssh2';
import { SftpFailure } from '../failure.ts';
import { closeHandle, kindAt } from './remote-files.ts';
import type { SftpSession } from './session.ts';
import { isRefused } from './status.ts';

/** The most that OpenSSH gives at once; for other servers ssh2 asks several times. */
const pieceBytes = 255 * 1024;

/** A whole file; undefined when there is none. Throws `fileTooLarge` when it is longer than that. */
export const readWhole = async (
  session: SftpSession,
  path: string,
  maxBytes: number,
): Promise<Uint8Array | undefined> => {
  const about = { deed: 'read', path } as const;
  let handle: Buffer;
  try {
    handle = await session.request<Buffer>(about, (sftp, answered) => sftp.open(path, 'r', answered));
  } catch (error) {
    if (isRefused(error, 'missing')) return undefined;
    if (isRefused(error, 'failure') && (await kindAt(session, path, { follows: true })) === 'folder') return undefined;
    throw error;
  }
  try {
    const attributes = await session.request<Stats>(about, (sftp, answered) => sftp.fstat(handle, answered));
    if (attributes.isDirectory()) return undefined;
    if (attributes.size > maxBytes) throw new SftpFailure('fileTooLarge', { path });
    return await readPieces(session, handle, path, maxBytes);
  } finally {
    await closeHandle(session, handle, path).catch(() => undefined);
  }
};

/** The length that a server tells may be outdated by now. */
const readPieces = async (
  session: SftpSession,
  handle: Buffer,
  path: string,
  maxBytes: number,
): Promise<Uint8Array> => {
  const pieces: Buffer[] = [];
  let position = 0;
  for (;;) {
    const piece = await readPiece(session, handle, path, position);
    if (piece === undefined) return Buffer.concat(pieces);
    pieces.push(piece);
    position += piece.length;
    if (position > maxBytes) throw new SftpFailure('fileTooLarge', { path });
  }
};

/** Undefined at the end of the file. */
const readPiece = async (
  session: SftpSession,
  handle: Buffer,
  path: string,
  position: number,
): Promise<Buffer | undefined> => {
  const buffer = Buffer.allocUnsafe(pieceBytes);
  try {
    const length = await session.request<number>({ deed: 'read', path }, (sftp, answered) =>
      sftp.read(handle, buffer, 0, pieceBytes, position, (error, bytes) => answered(error, bytes)),
    );
    return length === 0 ? undefined : buffer.subarray(0, length);
  } catch (error) {
    if (isRefused(error, 'end')) return undefined;
    throw error;
  }
};
