import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import ssh2 from 'ssh2';
import { freePort } from '../../testing/servers.ts';
import { newDisk } from './disk.ts';
import { newKeyPair } from './keys.ts';

const usualFolders = ['/usr/sbin', '/usr/local/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/sbin'];
const installMs = 120_000;
const startMs = 20_000;

const isRoot = process.getuid?.() === 0;

const runs = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const lookUp = (name: string): string | undefined =>
  [...usualFolders, ...(process.env.PATH ?? '').split(delimiter)].map((folder) => join(folder, name)).find(runs);

/** Where nobody else can: the package of Debian and its relatives, without starting its service. */
const install = (): void => {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  try {
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'openssh-server'], {
      env: environment,
      stdio: 'ignore',
      timeout: installMs,
    });
  } catch {
    // There is no network, or no such package: the caller goes on without.
  }
};

const findSshd = (): string | undefined => {
  const found = lookUp('sshd');
  if (found !== undefined || !isRoot || lookUp('apt-get') === undefined) return found;
  install();
  return lookUp('sshd');
};

/** The server of OpenSSH on this machine, and how it lets in whoever runs this. */
export type Installed = { sshd: string; usesPam: boolean };

export type OpenSsh = {
  port: number;
  /** Who runs this is the one user that it lets in, with this key. */
  userName: string;
  privateKey: string;
  fingerprint: string;
  /** What it says in its log. */
  log(): string;
  close(): Promise<void>;
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });

const waitFor = async (port: number, child: ChildProcess): Promise<void> => {
  for (const deadline = performance.now() + startMs; performance.now() < deadline; await pause(50)) {
    if (child.exitCode !== null) throw new Error('OpenSSH ended at once.');
    if (await answers(port)) return;
  }
  throw new Error('OpenSSH did not start in time.');
};

/** Starts OpenSSH on loopback, as whoever runs this, with keys and files of its own. */
export const startOpenSsh = async ({ sshd, usesPam }: Installed, lines: readonly string[] = []): Promise<OpenSsh> => {
  const disk = await newDisk();
  chmodSync(disk.root, 0o755);
  const [host, user] = [newKeyPair(), newKeyPair()];
  const port = await freePort();
  // Where root starts it, it takes away its own rights in a folder that the package makes when its service starts.
  if (isRoot) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const path = (name: string) => join(disk.root, name);
  await writeFile(path('host_key'), host.privateKey, { mode: 0o600 });
  await writeFile(path('authorized_keys'), `${user.publicKey}\n`, { mode: 0o644 });
  // The first line of a kind counts.
  const configuration = [
    ...lines,
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${path('host_key')}`,
    `AuthorizedKeysFile ${path('authorized_keys')}`,
    'PidFile none',
    'StrictModes no',
    `UsePAM ${usesPam ? 'yes' : 'no'}`,
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'MaxStartups 200',
    'UseDNS no',
    'LogLevel INFO',
    ...(lines.some((line) => line.startsWith('Subsystem')) ? [] : ['Subsystem sftp internal-sftp']),
  ];
  await writeFile(path('sshd_config'), `${configuration.join('\n')}\n`);
  const child = spawn(sshd, ['-D', '-e', '-f', path('sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr.on('data', (data) => said.push(String(data)));
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await waitFor(port, child).catch((error: unknown) => {
    child.kill();
    throw new Error(`${String(error)} ${said.join('')}`);
  });
  return {
    port,
    userName: userInfo().username,
    privateKey: user.privateKey,
    fingerprint: host.fingerprint,
    log: () => said.join(''),
    async close() {
      child.kill();
      await exited;
      await disk.remove();
    },
  };
};

const letsIn = ({ port, userName, privateKey }: OpenSsh): Promise<boolean> =>
  new Promise((resolve) => {
    const client = new ssh2.Client();
    const end = (isIn: boolean) => () => {
      resolve(isIn);
      client.destroy();
    };
    client.on('ready', end(true)).on('error', end(false)).on('close', end(false));
    client.connect({ host: '127.0.0.1', port, username: userName, privateKey, readyTimeout: startMs });
  });

const isUsable = async (installed: Installed): Promise<boolean> => {
  try {
    const server = await startOpenSsh(installed);
    return await letsIn(server).finally(server.close);
  } catch {
    return false;
  }
};

/**
 * OpenSSH where it is found, else installed where that can be done; in words why there is none. An account without a password counts as
 * locked unless PAM is asked, and PAM is not everywhere.
 */
export const findOpenSsh = async (): Promise<Installed | { missing: string }> => {
  const sshd = findSshd();
  if (sshd === undefined) return { missing: 'neither found nor installed' };
  for (const usesPam of [false, true]) if (await isUsable({ sshd, usesPam })) return { sshd, usesPam };
  return { missing: `${sshd} lets in nobody who runs this` };
};
