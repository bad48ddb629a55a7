import type { Socket } from 'node:net';
import ssh2, { type AnyAuthMethod, type AuthHandlerMiddleware, type SFTPWrapper } from 'ssh2';
import { SftpFailure } from '../failure.ts';
import type { SftpPlace } from '../place.ts';
import { failureOfClose, failureOfSsh, type Stage } from './handshake-failure.ts';
import { type HostKey, readHostKey } from './host-key.ts';
import { attemptsOf, type Turn } from './sign-in.ts';

/** An idle connection is asked for a sign of life this often, which also keeps firewalls from forgetting it. */
const keepAliveMs = 10_000;

/** A connection without a sign of life for this many times is lost. */
const keepAliveTries = 3;

/** An SSH connection, one stage after the other. Each stage rejects with an SftpFailure when it fails, or the connection is lost meanwhile. */
export type SshConnection = {
  /** The key that the host shows. Nothing more is sent to it until it is trusted. */
  hostKey(): Promise<HostKey>;
  /** Goes on with this host; resolves once it has proved that the key is its own. */
  trust(): Promise<void>;
  signIn(login: SftpPlace['login']): Promise<void>;
  openSftp(): Promise<SFTPWrapper>;
  /** The same as what is given, but rejects when the connection is lost before. */
  unlessLost<Value>(work: Promise<Value>): Promise<Value>;
  /** Whether something has come from the host that is not SSH. */
  speaksOtherwise(): boolean;
  /** What the host calls its software. */
  software(): string;
  /** Resolves when it has ended, for whatever reason. */
  ended: Promise<void>;
  close(): void;
};

/** A promise that may reject before anybody waits for it. */
const later = <Value>() => {
  const deferred = Promise.withResolvers<Value>();
  deferred.promise.catch(() => undefined);
  return deferred;
};

/** Why there is no channel for SFTP on a connection that stands. */
const failureOfChannel = (error: Error & { level?: string }): SftpFailure =>
  error.level === 'sftp-protocol' ? new SftpFailure('sftpGarbled') : new SftpFailure('sftpMissing');

/** Speaks SSH over a socket that is connected. */
export const openSsh = (socket: Socket): SshConnection => {
  const client = new ssh2.Client();
  const lost = later<never>();
  const shown = later<{ key: HostKey; verify(isTrusted: boolean): void }>();
  const proved = later<void>();
  const accepted = later<void>();
  const taking = later<(turn: Turn, answer: (attempt: AnyAuthMethod) => void) => void>();
  const ended = later<void>();
  let stage: Stage = 'greeting';

  const software = () => (client as unknown as { _remoteVer?: string })._remoteVer ?? '';
  const stageNow = (): Stage => (stage === 'greeting' && software() !== '' ? 'keys' : stage);

  const close = () => {
    lost.reject(new SftpFailure('connectionReset'));
    client.end();
    socket.destroySoon();
  };
  const giveUp = (failure: SftpFailure) => {
    lost.reject(failure);
    close();
  };
  // The host may ask before anybody wants to sign in.
  const authHandler: AuthHandlerMiddleware = (methods, isPartial, answer) => {
    taking.promise.then((take) => take({ methods, isPartial }, answer));
  };

  client.on('error', (error) => lost.reject(failureOfSsh(error, stageNow(), socket)));
  client.on('close', () => {
    lost.reject(failureOfClose(stageNow(), socket));
    ended.resolve();
  });
  client.on('handshake', () => proved.resolve());
  client.on('ready', () => accepted.resolve());
  client.on('change password', () => giveUp(new SftpFailure('passwordExpired')));
  client.connect({
    sock: socket,
    ident: 'Junction',
    readyTimeout: 0,
    keepaliveInterval: keepAliveMs,
    keepaliveCountMax: keepAliveTries,
    hostVerifier: (key: Buffer, verify: (isTrusted: boolean) => void) => {
      stage = 'keys';
      shown.resolve({ key: readHostKey(key), verify });
    },
    username: '',
    authHandler,
  });

  const unlessLost = <Value>(work: Promise<Value>): Promise<Value> => Promise.race([work, lost.promise]);

  return {
    unlessLost,
    ended: ended.promise,
    close,
    software,
    speaksOtherwise: () => socket.bytesRead > 0 && software() === '',
    hostKey: async () => (await unlessLost(shown.promise)).key,
    async trust() {
      (await unlessLost(shown.promise)).verify(true);
      await unlessLost(proved.promise);
      stage = 'signIn';
    },
    async signIn(login) {
      const next = attemptsOf(login, giveUp);
      taking.resolve((turn, answer) => {
        const attempt = next(turn);
        if (attempt instanceof SftpFailure) giveUp(attempt);
        else answer(attempt);
      });
      await unlessLost(accepted.promise);
      stage = 'open';
    },
    openSftp: () =>
      unlessLost(
        new Promise((resolve, reject) => {
          client.sftp((error, sftp) => (error ? reject(failureOfChannel(error)) : resolve(sftp)));
        }),
      ),
  };
};
