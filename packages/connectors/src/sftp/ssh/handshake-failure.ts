import type { Socket } from 'node:net';
import { failureOfSocket, SftpFailure } from '../failure.ts';

/** How far the two sides have come. */
export type Stage = 'greeting' | 'keys' | 'signIn' | 'open';

/** Reasons that a host gives for ending a connection. https://www.rfc-editor.org/rfc/rfc4253#section-11.1 */
const tooManyFailures = 2;
const tooManyConnections = 12;

type SshError = Error & { level?: string; code?: unknown };

/** What ssh2 says only in words; they hold names of algorithms and nothing else. */
const noCommon = (message: string): string | undefined => /no matching (?:[CS]->[CS] )?(.+)$/.exec(message)?.[1];

const failureOfGreeting = (socket: Socket): SftpFailure =>
  new SftpFailure(socket.bytesRead > 0 ? 'notSsh' : 'closedEarly');

/** What the host said when it ended the connection. */
const failureOfEnd = (reason: number, message: string, stage: Stage): SftpFailure => {
  if (reason === tooManyConnections) return new SftpFailure('closedEarly');
  if (stage !== 'signIn') return new SftpFailure('connectionReset');
  return new SftpFailure(reason === tooManyFailures && /auth/i.test(message) ? 'tooManyFailures' : 'signInEnded');
};

/** What an error of the SSH client means. */
export const failureOfSsh = (error: SshError, stage: Stage, socket: Socket): SftpFailure => {
  const { level, message, code } = error;
  if (level === 'client-socket') return failureOfSocket(error);
  if (level === 'client-timeout') return new SftpFailure('noAnswer');
  if (typeof code === 'number') return failureOfEnd(code, message, stage);
  const what = noCommon(message);
  if (what !== undefined) return new SftpFailure('noCommonAlgorithm', { what });
  if (/signature verification failed/i.test(message)) return new SftpFailure('hostKeyUnproven');
  return stage === 'greeting' ? failureOfGreeting(socket) : new SftpFailure('protocolBroken');
};

/** What it means that the connection ended without an error. */
export const failureOfClose = (stage: Stage, socket: Socket): SftpFailure => {
  if (stage === 'greeting') return failureOfGreeting(socket);
  return new SftpFailure(stage === 'signIn' ? 'signInEnded' : 'connectionReset');
};
