import type { SFTPWrapper } from 'ssh2';
import { SftpFailure } from '../failure.ts';
import type { Deed } from '../findings/finding.ts';
import type { SshConnection } from '../ssh/ssh-connection.ts';
import { openGate } from './gate.ts';
import { RequestRefused } from './status.ts';

/** Requests under way on one connection at a time, whoever sends them: with what an upload sends, two megabytes of memory at most. */
const requestsAtOnce = 64;

/** Longer than any disk takes to answer; the connection itself is watched by its signs of life. */
const requestDeadlineMs = 30_000;

type Answered<Value> = (error: Error | undefined | null, value: Value) => void;

/** What a request is about. */
export type About = { deed: Deed; path: string };

/** One SSH connection that SFTP is spoken on. */
export type SftpSession = {
  /** Sends one request when it is its turn. Rejects with RequestRefused when the server refuses it, with an SftpFailure when none answers. */
  request<Value>(about: About, send: (sftp: SFTPWrapper, answered: Answered<Value>) => void): Promise<Value>;
  /** Whether a rename can put a file in the place of another one in one step. */
  replacesInOneStep: boolean;
  /** Whether a rename is sure to leave alone what has the name already: OpenSSH links and then removes, which is one step for everybody else. */
  refusesTakenNames: boolean;
  tellsFreeSpace: boolean;
  /** Resolves when it cannot be used any more. */
  ended: Promise<void>;
  close(): void;
};

/** Opens SFTP on a connection that is signed in. */
export const openSession = async (connection: SshConnection): Promise<SftpSession> => {
  const sftp = await connection.openSftp();
  const extensions = (sftp as unknown as { _extensions: Readonly<Record<string, string>> })._extensions;
  const gate = openGate(requestsAtOnce);
  const ended = Promise.withResolvers<void>();
  let isOver = false;
  const end = () => {
    isOver = true;
    ended.resolve();
    connection.close();
  };
  // The channel can end alone, when the server's part for SFTP does: what is sent then is never answered.
  sftp.on('close', end);
  sftp.on('error', end);
  connection.ended.then(end);

  const send = <Value>(about: About, start: (sftp: SFTPWrapper, answered: Answered<Value>) => void): Promise<Value> =>
    new Promise((resolve, reject) => {
      if (isOver) return reject(new SftpFailure('connectionReset'));
      const timer = setTimeout(() => {
        reject(new SftpFailure('noAnswer'));
        end();
      }, requestDeadlineMs);
      start(sftp, (error, value) => {
        clearTimeout(timer);
        if (error) reject(new RequestRefused(error, about));
        else resolve(value);
      });
    });

  return {
    request: (about, start) => connection.unlessLost(gate(() => send(about, start))),
    replacesInOneStep: extensions['posix-rename@openssh.com'] === '1',
    refusesTakenNames: connection.software().startsWith('OpenSSH'),
    tellsFreeSpace: extensions['statvfs@openssh.com'] === '2',
    ended: ended.promise,
    close: end,
  };
};
