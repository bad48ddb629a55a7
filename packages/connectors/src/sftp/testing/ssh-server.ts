import type { AddressInfo, Socket } from 'node:net';
import ssh2, { type AuthContext, type Connection, type ParsedKey, type ServerConfig, type SFTPWrapper } from 'ssh2';
import { newKeyPair } from './keys.ts';
import { type Disposition, serveFiles } from './serve-files.ts';

export type { Fault } from './serve-files.ts';

/** How a server of tests behaves; by default it knows one user with a password and a key. */
export type ServerBehaviour = Disposition & {
  hostKey?: string;
  /** A free one when absent. */
  port?: number;
  algorithms?: ServerConfig['algorithms'];
  userName?: string;
  password?: string;
  /** As a line of authorized_keys. */
  publicKey?: string;
  /** The ways to sign in that it offers. */
  methods?: AuthContext['method'][];
  /** What it asks in keyboard-interactive; the password is the answer to the first. */
  prompts?: { prompt: string; echo: boolean }[];
  /** Whatever is accepted is not enough. */
  wantsMore?: boolean;
  /** Ends the connection at the first wrong credential, for this reason. */
  disconnects?: number;
  /** What is there in place of SFTP. */
  sftp?: 'missing' | 'garbled';
};

export type SshServer = {
  port: number;
  /** The ways to sign in that clients tried, in order. */
  attempts: string[];
  /** Passwords that clients sent. */
  passwords: string[];
  connections(): number;
  /** Ends all connections without a word. */
  drop(): void;
  close(): Promise<void>;
};

export const usualPassword = 'correct horse battery staple';
const usualHostKey = newKeyPair();
export const usualFingerprint = usualHostKey.fingerprint;

const protocolOf = (connection: Connection) =>
  (connection as unknown as { _protocol: { disconnect(reason: number): void } })._protocol;

/** A server of SSH with SFTP over a folder of this machine. */
export const startSshServer = async (root: string, behaviour: ServerBehaviour = {}): Promise<SshServer> => {
  const { userName = 'ada', password = usualPassword, methods = ['password', 'publickey'], prompts = [] } = behaviour;
  const attempts: string[] = [];
  const passwords: string[] = [];
  const open = new Set<Connection>();

  const isPassword = (given: string): boolean => {
    passwords.push(given);
    return given === password;
  };

  const isKey = (context: AuthContext & { method: 'publickey' }): boolean => {
    const known = behaviour.publicKey === undefined ? undefined : ssh2.utils.parseKey(behaviour.publicKey);
    if (known === undefined || known instanceof Error || !context.key.data.equals((known as ParsedKey).getPublicSSH()))
      return false;
    if (context.signature === undefined) return true;
    return (known as ParsedKey).verify(context.blob as Buffer, context.signature, context.hashAlgo) === true;
  };

  const authenticate = (connection: Connection, context: AuthContext): void => {
    attempts.push(context.method);
    const judge = (isRight: boolean): void => {
      const isProbe = context.method === 'publickey' && context.signature === undefined;
      if (isRight && context.username === userName && methods.includes(context.method)) {
        if (behaviour.wantsMore && !isProbe) context.reject(['keyboard-interactive'], true);
        else context.accept();
      } else if (behaviour.disconnects !== undefined && context.method !== 'none') {
        protocolOf(connection).disconnect(behaviour.disconnects);
      } else context.reject(methods);
    };
    if (context.method === 'password') judge(isPassword(context.password));
    else if (context.method === 'publickey') judge(isKey(context));
    else if (context.method === 'keyboard-interactive')
      context.prompt(prompts, (answers) => judge(isPassword(answers[0] ?? '')));
    else judge(false);
  };

  const onConnection = (connection: Connection): void => {
    open.add(connection);
    // As every real server does; else each small answer waits for 40 ms.
    socketOf(connection).setNoDelay(true);
    connection.on('error', () => undefined);
    connection.on('close', () => open.delete(connection));
    connection.on('authentication', (context) => authenticate(connection, context));
    connection.on('session', (accept) => {
      const session = accept();
      session.on('sftp', (acceptSftp, reject) => {
        if (behaviour.sftp === 'missing') return reject();
        const sftp: SFTPWrapper = acceptSftp();
        if (behaviour.sftp === 'garbled') greet(sftp);
        else serveFiles(sftp, root, behaviour, () => drop(connection));
      });
    });
  };

  const server = new ssh2.Server(
    { hostKeys: [behaviour.hostKey ?? usualHostKey.privateKey], algorithms: behaviour.algorithms },
    onConnection,
  );
  await new Promise<void>((resolve) => server.listen(behaviour.port ?? 0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    attempts,
    passwords,
    connections: () => open.size,
    drop: () => {
      for (const connection of open) drop(connection);
    },
    close: () => {
      for (const connection of open) connection.end();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
};

const socketOf = (connection: Connection): Socket => (connection as unknown as { _sock: Socket })._sock;

const drop = (connection: Connection): void => {
  socketOf(connection).destroy();
};

/** As a shell that prints a greeting where SFTP is expected. */
const greet = (sftp: SFTPWrapper): void => {
  const { _protocol, outgoing } = sftp as unknown as {
    _protocol: { channelData(id: number, data: Buffer): void };
    outgoing: { id: number };
  };
  _protocol.channelData(outgoing.id, Buffer.from('Welcome to files.contoso.com!\n'));
};
