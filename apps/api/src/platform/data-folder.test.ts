import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { newMasterKey, openDataFolder } from './data-folder.ts';
import { StartError } from './start-error.ts';

const newFolder = () => join(mkdtempSync(join(tmpdir(), 'junction-folder-')), 'data');
/** A folder as a process left it, or holds it. */
const lockedBy = (owner: string) => {
  const path = newFolder();
  mkdirSync(join(path, 'junction.lock'), { recursive: true });
  writeFileSync(join(path, 'junction.pid'), owner);
  return path;
};

describe('the data folder', () => {
  it('is made for its owner only, and is free again when it is let go', async () => {
    const path = newFolder();
    const folder = await openDataFolder(path);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    await folder.release();
    await (await openDataFolder(path)).release();
    expect(existsSync(join(path, 'junction.lock'))).toBe(false);
  });

  it('keeps secrets that only its owner can read, made once', async () => {
    const folder = await openDataFolder(newFolder());
    const key = folder.secretFile('master.key', newMasterKey);
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    expect(folder.secretFile('master.key', newMasterKey)).toBe(key);
    expect(statSync(join(folder.path, 'master.key')).mode & 0o777).toBe(0o600);
    await folder.release();
  });

  it('says which of its files cannot be read', async () => {
    const folder = await openDataFolder(newFolder());
    const file = join(folder.path, 'master.key');
    mkdirSync(file);
    expect(() => folder.secretFile('master.key', newMasterKey)).toThrow(`The file ${file} cannot be read and written`);
    await folder.release();
  });

  it('is refused while another process of this machine has it', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const path = lockedBy(`${other.pid} ${hostname()}`);
    await expect(openDataFolder(path)).rejects.toThrow(`Another Junction is using the data folder ${path}.`);
    other.kill();
  });

  it('is taken at once when the process that had it is gone, or was this one before a restart', async () => {
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    for (const processId of [gone, process.pid])
      await (await openDataFolder(lockedBy(`${processId} ${hostname()}`))).release();
  });

  it.concurrent('goes to one of two that start right after a crash', async () => {
    const path = lockedBy(`${spawnSync(process.execPath, ['-e', '']).pid} ${hostname()}`);
    const first = openDataFolder(path);
    while (!existsSync(join(path, 'junction.lock'))) await setImmediate();
    const opened = await Promise.allSettled([first, openDataFolder(path)]);
    expect(opened.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    for (const folder of opened) if (folder.status === 'fulfilled') await folder.value.release();
  });

  it.concurrent('is not taken from a container with the same process id that is alive', async () => {
    const path = lockedBy(`${process.pid} another-container`);
    const heartbeat = setInterval(() => utimesSync(join(path, 'junction.lock'), new Date(), new Date()), 500);
    await expect(openDataFolder(path)).rejects.toThrow('Another Junction is using the data folder');
    clearInterval(heartbeat);
  });

  it.concurrent('is taken from a container that is gone as soon as its lock is old', async () => {
    await (await openDataFolder(lockedBy(`${process.pid} another-container`))).release();
  });

  it.each([
    ['below a file', () => join(process.execPath, 'data')],
    ['that is a file', () => process.execPath],
  ])('%s is refused with one line that names it', async (_what, path) => {
    const problem = await openDataFolder(path()).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(StartError);
    expect((problem as StartError).lines).toEqual([expect.stringContaining(path())]);
  });
});
