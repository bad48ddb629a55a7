import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rmdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { type FileDestination, StoreError } from '../../connector.ts';
import { lockOf } from '../files/own-names.ts';
import { newKeyPair } from '../testing/keys.ts';
import type { Fault, ServerBehaviour } from '../testing/ssh-server.ts';
import { usualFingerprint } from '../testing/ssh-server.ts';
import { worlds } from '../testing/world.ts';

const world = worlds();
const idle = new AbortController().signal;
const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const keeping = { replaces: false };

const textOf = async (destination: FileDestination, path: string): Promise<string | undefined> => {
  const bytes = await destination.read(path, 1_000_000, idle);
  return bytes && Buffer.from(bytes).toString();
};
const pathsIn = async (destination: FileDestination, folder: string): Promise<string[]> => {
  const paths: string[] = [];
  for await (const { path } of destination.list(folder, idle)) paths.push(path);
  return paths.sort();
};
const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof StoreError ? error.code : error;
};

/** Something that goes wrong at one request, after so many of its kind. */
const once = (request: string, fault: Fault, after = 0): ServerBehaviour['faultAt'] => {
  let left = after;
  return (asked) => {
    if (asked !== request) return undefined;
    left -= 1;
    return left === -1 ? fault : undefined;
  };
};

describe('the connection', () => {
  it('is one for everything, and is made when it is first needed', async () => {
    const { open, server, disk } = await world();
    const destination = open();
    expect(server.connections()).toBe(0);
    const paths = Array.from({ length: 10 }, (_, number) => `${number}.csv`);
    await Promise.all(paths.map((path) => destination.put(path, bytesOf(path), idle)));
    expect(server.connections()).toBe(1);
    expect(await disk.contents()).toEqual(paths);
  });

  it('is made anew after it was lost', async () => {
    const { open, server } = await world();
    const destination = open();
    await destination.put('one.csv', bytesOf('one'), idle);
    server.drop();
    await vi.waitFor(() => expect(server.connections()).toBe(0));
    await vi.waitFor(async () => expect(await textOf(destination, 'one.csv')).toBe('one'));
    expect(server.connections()).toBe(1);
  });

  it('is made anew when SFTP alone has ended', async () => {
    const { open } = await world({ faultAt: once('LSTAT', 'end') });
    const destination = open();
    expect(await codeOf(destination.exists('one.csv', idle))).toBe('connectionReset');
    expect(await destination.exists('one.csv', idle)).toBe(false);
  });

  it('is not made again at once where signing in fails: each call tries once', async () => {
    const { open, server } = await world({ password: 'another' });
    const destination = open();
    for (const tries of [1, 2]) {
      expect(await codeOf(destination.exists('one.csv', idle))).toBe('passwordWrong');
      expect(server.passwords).toHaveLength(tries);
    }
  });

  it('is given nothing when the host has another key than the one that is kept', async () => {
    const { open, server } = await world();
    const other = newKeyPair().fingerprint;
    const error = await open({ hostKeyFingerprint: other })
      .exists('one.csv', idle)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'hostKeyChanged', isTransient: false });
    expect(String(error)).toContain(usualFingerprint);
    expect([server.attempts, server.passwords]).toEqual([[], []]);
    expect(await open({ hostKeyFingerprint: usualFingerprint }).exists('one.csv', idle)).toBe(false);
  });

  it('ends when the destination is closed', async () => {
    const { open, server } = await world();
    const destination = open();
    await destination.put('one.csv', bytesOf('one'), idle);
    destination.close();
    await vi.waitFor(() => expect(server.connections()).toBe(0));
  });
});

describe('a put', () => {
  const long = randomBytes(3 * 1024 * 1024);

  it('has at most 64 requests under way', async () => {
    let [now, most] = [0, 0];
    const { open } = await world({
      onRequest: (by) => {
        now += by;
        most = Math.max(most, now);
      },
    });
    const destination = open();
    await Promise.all(['a', 'b', 'c', 'd'].map((path) => destination.put(path, long, idle)));
    expect(most).toBeGreaterThan(16);
    expect(most).toBeLessThanOrEqual(64);
  });

  it('leaves nothing behind when it fails', async () => {
    for (const request of ['WRITE', 'CLOSE', 'RENAME']) {
      const { open, disk } = await world({ faultAt: once(request, { status: 3 }) });
      expect(await codeOf(open().put('a/one.csv', long, idle))).toBe('permissionDenied');
      expect(await disk.contents()).toEqual(['a']);
    }
  });

  it('takes away what it has written when it is aborted, also when the destination is closed at once', async () => {
    const { open, disk } = await world();
    const destination = open();
    const abort = new AbortController();
    const putting = destination.put('one.csv', long, abort.signal, () => abort.abort(new Error('Enough.')));
    await expect(putting).rejects.toThrow('Enough.');
    destination.close();
    await vi.waitFor(async () => expect(await disk.contents()).toEqual([]));
  });

  it('says that the disk is full', async () => {
    const message = 'No space left on device';
    const { open } = await world({ faultAt: once('WRITE', { status: 4, message }, 10) });
    expect(await codeOf(open().put('one.csv', long, idle))).toBe('diskFull');
  });

  it.each([false, true])('replaces a file without extensions (a rename replaces: %s)', async (renameReplaces) => {
    const { open, disk } = await world({ renameReplaces });
    const destination = open();
    for (const text of ['old', 'new']) await destination.put('one.csv', bytesOf(text), idle);
    expect(await textOf(destination, 'one.csv')).toBe('new');
    expect(await disk.contents()).toEqual(['one.csv']);
  });

  it('can be repeated when the connection is lost between removing the old file and renaming the new one', async () => {
    let isArmed = false;
    const { open } = await world({
      faultAt: (request, path) => {
        if (request === 'REMOVE' && path === 'one.csv') isArmed = true;
        if (request !== 'RENAME' || !isArmed) return undefined;
        isArmed = false;
        return 'drop';
      },
    });
    const destination = open();
    await destination.put('one.csv', bytesOf('old'), idle);
    expect(await codeOf(destination.put('one.csv', bytesOf('new'), idle))).toBe('connectionReset');
    await vi.waitFor(() => destination.put('one.csv', bytesOf('new'), idle));
    expect(await textOf(destination, 'one.csv')).toBe('new');
  });

  it('does not take the place of a folder', async () => {
    const { open, disk } = await world();
    await disk.put({ 'one.csv/two.csv': 'two' });
    expect(await codeOf(open().put('one.csv', bytesOf('one'), idle))).toBe('pathConflict');
    expect(await disk.contents()).toEqual(['one.csv', 'one.csv/two.csv']);
  });

  it('does not put a folder where a file is', async () => {
    const { open, disk } = await world();
    await disk.put({ one: 'one' });
    expect(await codeOf(open().put('one/two.csv', bytesOf('two'), idle))).toBe('pathConflict');
    expect(await disk.contents()).toEqual(['one']);
  });
});

describe('a move without extensions', () => {
  it('waits for somebody who holds the lock', async () => {
    const { open, disk } = await world();
    const destination = open();
    await destination.put('a/one.csv', bytesOf('one'), idle);
    const lock = join(disk.root, lockOf('a/two.csv'));
    await mkdir(lock);
    const moving = destination.moveFile('a/one.csv', 'a/two.csv', keeping, idle);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await destination.exists('a/one.csv', idle)).toBe(true);
    await rmdir(lock);
    expect(await moving).toBe('moved');
    expect(await disk.contents()).toEqual(['a', 'a/two.csv']);
  });

  it('gives the lock back when it fails', async () => {
    const { open, disk } = await world({ faultAt: once('RENAME', { status: 3 }, 1) });
    const destination = open();
    await destination.put('one.csv', bytesOf('one'), idle);
    expect(await codeOf(destination.moveFile('one.csv', 'two.csv', keeping, idle))).toBe('permissionDenied');
    expect(await disk.contents()).toEqual(['one.csv']);
  });

  it('says so when no lock can be taken', async () => {
    const { open } = await world({ faultAt: once('MKDIR', { status: 3 }) });
    const destination = open();
    await destination.put('one.csv', bytesOf('one'), idle);
    expect(await codeOf(destination.moveFile('one.csv', 'two.csv', keeping, idle))).toBe('permissionDenied');
  });

  it('of a folder never takes the place of an empty one', async () => {
    const { open, disk } = await world({ renameReplaces: true });
    await disk.put({ 'a/one.csv': 'one' });
    await mkdir(join(disk.root, 'b'));
    expect(await open().moveFolder('a', 'b', idle)).toBe('taken');
    expect(await disk.contents()).toEqual(['a', 'a/one.csv', 'b']);
  });

  it('lets one of many folders have a name, also when they are empty', async () => {
    const { open, disk } = await world({ renameReplaces: true });
    const names = Array.from({ length: 10 }, (_, number) => `from-${number}`);
    for (const name of names) await mkdir(join(disk.root, name));
    const outcomes = await Promise.all(names.map((name) => open().moveFolder(name, 'to', idle)));
    expect(outcomes.filter((outcome) => outcome === 'moved')).toHaveLength(1);
    expect(await disk.contents()).toHaveLength(names.length);
  });
});

describe('links', () => {
  const linked = async () => {
    const made = await world();
    await made.disk.put({ 'outside/kept.csv': 'kept', 'base/a/one.csv': 'one' });
    await symlink('../../outside', join(made.disk.root, 'base/a/folder'));
    await symlink('../../outside/kept.csv', join(made.disk.root, 'base/a/file'));
    await symlink('nowhere', join(made.disk.root, 'base/a/broken'));
    return { ...made, destination: made.open({ folder: '/base' }) };
  };
  const isKept = async (root: string) => expect(await readFile(join(root, 'outside/kept.csv'), 'utf8')).toBe('kept');

  it('are removed with their folder, and what they lead to stays', async () => {
    const { destination, disk } = await linked();
    await destination.removeFolder('a', idle);
    expect(await readdir(join(disk.root, 'base'))).toEqual([]);
    await isKept(disk.root);
  });

  it('are removed alone where a folder was meant', async () => {
    const { destination, disk } = await linked();
    await destination.removeFolder('a/folder', idle);
    expect(await destination.exists('a/folder', idle)).toBe(false);
    await isKept(disk.root);
  });

  it('are listed as what they are, not as what they lead to', async () => {
    const { destination } = await linked();
    expect(await pathsIn(destination, '')).toEqual(['a', 'a/broken', 'a/file', 'a/folder', 'a/one.csv']);
    expect(await destination.exists('a/broken', idle)).toBe(true);
  });
});

describe('a listing', () => {
  it('leaves out what is not whole yet, and removing does not', async () => {
    const { open, disk } = await world();
    const destination = open();
    await disk.put({ 'a/one.csv': 'one', 'a/.junction-1234.part': 'half', 'a/.hidden': 'x' });
    await mkdir(join(disk.root, lockOf('a/two.csv')));
    expect(await pathsIn(destination, 'a')).toEqual(['a/.hidden', 'a/one.csv']);
    await destination.removeFolder('a', idle);
    expect(await disk.contents()).toEqual([]);
  });

  it('does not believe in names that lead elsewhere', async () => {
    const { open, disk } = await world({ shows: ['../../etc/passwd', '/etc/passwd', ''] });
    await disk.put({ 'a/one.csv': 'one' });
    expect(await pathsIn(open(), 'a')).toEqual(['a/one.csv']);
  });
});

describe('what is said', () => {
  it('never holds a secret or what the server says', async () => {
    const canary = 'canary-password-3f9c';
    const behaviour: ServerBehaviour = {
      password: canary,
      faultAt: () => ({ status: 4, message: `You sent ${canary}` }),
    };
    const { check, disk } = await world(behaviour);
    await writeFile(join(disk.root, 'one.csv'), 'one');
    for (const password of [canary, `${canary}-wrong`]) {
      const { result, events } = await check({}, { password });
      expect(JSON.stringify([result, events])).not.toContain(canary);
    }
    const key = newKeyPair('ed25519', { passphrase: canary, cipher: 'aes256-ctr', rounds: 2 });
    for (const passphrase of [canary, `${canary}-wrong`]) {
      const secrets = { privateKey: key.privateKey, passphrase };
      const { result, events } = await check({ authentication: 'privateKey' }, secrets);
      const text = JSON.stringify([result, events]);
      for (const line of [canary, ...key.privateKey.split('\n').slice(1, -2)]) expect(text).not.toContain(line);
    }
  });
});
