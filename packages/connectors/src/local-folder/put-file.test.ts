import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LocalFailure } from './failure.ts';
import { putFile, shareFile } from './put-file.ts';
import { temporaryFolders } from './testing/temporary-folder.ts';

const newFolder = temporaryFolders();
const idle = new AbortController().signal;
const long = Buffer.alloc(3 * 1024 * 1024 + 5, 'abc');
const copies = async () => false;

const arrange = async () => {
  const folder = await newFolder();
  const [file, name] = [join(await newFolder(), 'spool.csv'), join(folder, 'put.csv')];
  await writeFile(file, long);
  return { folder, file, name };
};

describe('putFile', () => {
  it('does not copy what was made on the same disk, and leaves it usable', async () => {
    const { folder, file, name } = await arrange();
    await putFile(name, { file }, idle);
    expect((await stat(name)).ino).toBe((await stat(file)).ino);
    expect(await readFile(file)).toEqual(long);
    expect(await readdir(folder)).toEqual(['put.csv']);
  });

  it('can put the same file again, and in two places', async () => {
    const { folder, file, name } = await arrange();
    for (const target of [name, name, join(folder, 'again.csv')]) await putFile(target, { file }, idle);
    expect(await readdir(folder)).toEqual(['again.csv', 'put.csv']);
  });

  it('copies piece by piece where a file cannot be shared', async () => {
    const { folder, file, name } = await arrange();
    const told: number[] = [];
    await putFile(name, { file }, idle, (bytes) => told.push(bytes), copies);
    expect(await readFile(name)).toEqual(long);
    expect((await stat(name)).ino).not.toBe((await stat(file)).ino);
    expect(told.length).toBeGreaterThan(2);
    expect(told.at(-1)).toBe(long.length);
    expect(await readdir(folder)).toEqual(['put.csv']);
  });

  it.each([
    ['from a file', true],
    ['from memory', false],
  ])('leaves what was there, and nothing beside it, when it is aborted %s', async (_, isFromFile) => {
    const { folder, file, name } = await arrange();
    await writeFile(name, 'old');
    const abort = new AbortController();
    const content = isFromFile ? { file } : long;
    const putting = putFile(name, content, abort.signal, () => abort.abort(new Error('Nobody waits.')), copies);
    await expect(putting).rejects.toThrow('Nobody waits.');
    expect(await readFile(name, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['put.csv']);
  });

  it('tells a file that is not there from a folder that is not', async () => {
    const { folder, name } = await arrange();
    for (const given of [join(folder, 'none.csv'), folder]) {
      await expect(putFile(name, { file: given }, idle)).rejects.toEqual(new LocalFailure('givenFileUnreadable'));
    }
    await expect(putFile(join(folder, 'none/put.csv'), new Uint8Array(), idle)).rejects.toMatchObject({
      code: 'ENOENT',
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

it('shares no file with a folder that is not there', async () => {
  const { folder, file } = await arrange();
  await expect(shareFile(file, join(folder, 'none/put.csv'))).rejects.toMatchObject({ code: 'ENOENT' });
});
