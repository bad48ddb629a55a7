import type { Outbound } from '../outbound/outbound.ts';
import { failureOfSocket, SftpFailure } from './failure.ts';
import { openSession, type SftpSession } from './files/session.ts';
import type { SftpPlace } from './place.ts';
import { openSsh, type SshConnection } from './ssh/ssh-connection.ts';
import { unlessAborted } from './unless-aborted.ts';

/** Opens the socket and speaks SSH over it. */
export const connectSsh = async (outbound: Outbound, place: SftpPlace, signal: AbortSignal): Promise<SshConnection> => {
  const socket = await outbound.connect(place.url, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw failureOfSocket(error);
  });
  return openSsh(socket);
};

/** From the socket to SFTP. A host with another key than the one that is expected gets no credential. */
export const connectSftp = async (outbound: Outbound, place: SftpPlace, signal: AbortSignal): Promise<SftpSession> => {
  const connection = await connectSsh(outbound, place, signal);
  const stages = async (): Promise<SftpSession> => {
    const { fingerprint, type } = await connection.hostKey();
    const pinned = place.hostKeyFingerprint;
    if (pinned !== undefined && pinned !== fingerprint)
      throw new SftpFailure('hostKeyChanged', { fingerprint, keyType: type, pinned });
    await connection.trust();
    await connection.signIn(place.login);
    return openSession(connection);
  };
  try {
    return await unlessAborted(signal, stages());
  } catch (error) {
    connection.close();
    throw error;
  }
};
