import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeConnectorContract } from '../connector-contract.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { failedStep, runCheck } from '../testing/run-check.ts';
import { sftpConnector } from './connector.ts';
import { openSftpDestination } from './destination/open-destination.ts';
import { sftpManifest } from './manifest.ts';
import { type Disk, newDisk } from './testing/disk.ts';
import { newKeyPair } from './testing/keys.ts';
import { findOpenSsh, type Installed, type OpenSsh, startOpenSsh } from './testing/openssh.ts';
import { openOpenSshSubject } from './testing/subjects.ts';

const found = await findOpenSsh();
const idle = new AbortController().signal;

const targetAt = (server: OpenSsh, folder: string, privateKey = server.privateKey) => ({
  settings: { host: '127.0.0.1', port: server.port, userName: server.userName, folder, authentication: 'privateKey' },
  secrets: { privateKey },
});

/** What OpenSSH does that no other server is known to do. */
const describeOwn = (installed: Installed): void => {
  const ends: (() => Promise<unknown>)[] = [];
  afterAll(() => Promise.all(ends.map((end) => end())));

  const start = async (linesFor: (disk: Disk) => string[] = () => []) => {
    const disk = await newDisk();
    const server = await startOpenSsh(installed, linesFor(disk));
    const outbound = createOutbound({ allowedHosts: [`sftp://127.0.0.1:${server.port}`] });
    ends.push(server.close, disk.remove);
    return { disk, server, outbound };
  };

  const open = ({ disk, server, outbound }: Awaited<ReturnType<typeof start>>) => {
    const { settings, secrets } = targetAt(server, disk.root);
    const destination = openSftpDestination(
      { settings: sftpManifest.settings.parse(settings), secrets },
      { outbound, now: () => new Date() },
    );
    ends.unshift(async () => destination.close());
    return destination;
  };

  it('begins in the folder that the server chooses for the user', async () => {
    const { disk, server, outbound } = await start(({ root }) => [`ForceCommand internal-sftp -d ${root}`]);
    await mkdir(join(disk.root, 'exports'));
    for (const [folder, code] of [
      ['exports', 'folderFound'],
      ['', 'folderFound'],
      ['other', 'folderCanBeMade'],
    ] as const) {
      const { result } = await runCheck(sftpConnector, targetAt(server, folder), { outbound });
      expect(result).toMatchObject({ outcome: 'passed', learned: { hostKeyFingerprint: server.fingerprint } });
      expect(result.steps.find(({ step }) => step === 'folder')?.code).toBe(code);
    }
    expect(await disk.contents()).toEqual(['exports']);
  });

  it.each([
    ['has no SFTP', 'Subsystem other internal-sftp', 'sftpMissing'],
    ['runs something else in its place', 'ForceCommand echo Welcome to files.contoso.com', 'sftpGarbled'],
    ['can only be read', 'ForceCommand internal-sftp -R', 'permissionDenied'],
  ])('says when it %s', async (_what, line, code) => {
    const { disk, server, outbound } = await start(() => [line]);
    const { result } = await runCheck(sftpConnector, targetAt(server, disk.root), { outbound });
    expect(failedStep(result)).toMatchObject({ code });
    expect(result.outcome).toBe('actionRequired');
  });

  it('says when it has seen too many failures', async () => {
    const { disk, server, outbound } = await start(() => ['MaxAuthTries 1']);
    const wrong = targetAt(server, disk.root, newKeyPair().privateKey);
    const { result } = await runCheck(sftpConnector, wrong, { outbound });
    expect(failedStep(result)).toMatchObject({ step: 'authenticate', code: 'tooManyFailures' });
  });

  it('takes keys of every kind', async () => {
    const [rsa, ecdsa] = [newKeyPair('rsa'), newKeyPair('ecdsa')];
    const disk = await newDisk();
    await disk.put({ keys: `${rsa.publicKey}\n${ecdsa.publicKey}\n` });
    const server = await startOpenSsh(installed, [`AuthorizedKeysFile ${join(disk.root, 'keys')}`]);
    const outbound = createOutbound({ allowedHosts: [`sftp://127.0.0.1:${server.port}`] });
    ends.push(server.close, disk.remove);
    for (const { privateKey } of [rsa, ecdsa]) {
      const { result } = await runCheck(sftpConnector, targetAt(server, disk.root, privateKey), { outbound });
      expect(result.outcome).toBe('passed');
    }
  });

  it('replaces in one step: nobody ever finds nothing', async () => {
    const world = await start();
    const [writer, reader] = [open(world), open(world)];
    await writer.put('one.csv', Buffer.from('0'), idle);
    let isDone = false;
    const writing = (async () => {
      for (let number = 1; number <= 100; number += 1) await writer.put('one.csv', Buffer.from(String(number)), idle);
      isDone = true;
    })();
    let last = 0;
    while (!isDone) {
      const found = Number(Buffer.from((await reader.read('one.csv', 10, idle)) ?? []).toString() || Number.NaN);
      expect(found).toBeGreaterThanOrEqual(last);
      last = found;
    }
    await writing;
    expect(await world.disk.contents()).toEqual(['one.csv']);
  });

  it('removes links with their folder, and not what they lead to', async () => {
    const world = await start();
    const { disk } = world;
    await disk.put({ 'a/one.csv': 'one', 'kept/two.csv': 'two' });
    await symlink('../kept', join(disk.root, 'a/link'));
    await open(world).removeFolder('a', idle);
    expect(await readdir(disk.root, { recursive: true })).toEqual(['kept', 'kept/two.csv']);
  });
};

if ('missing' in found) {
  it(`OpenSSH is ${found.missing}: only the server of the other tests was tried`, () => {
    expect(found.missing).not.toBe('');
  });
} else {
  describe(`OpenSSH, ${found.sshd}`, () => {
    describeConnectorContract(sftpConnector, () => openOpenSshSubject(found));
    describe('by itself', () => describeOwn(found));
  });
}
