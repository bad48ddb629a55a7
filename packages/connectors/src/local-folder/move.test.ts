import { lstat, mkdir, readdir, readFile, readlink, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { moveFile, moveFolder } from './move.ts';
import { reserve, reservedFor, reserveWithEmptyFile } from './reservation.ts';
import { temporaryFolders } from './testing/temporary-folder.ts';

const newFolder = temporaryFolders();
const keeping = { replaces: false };

const arrange = async () => {
  const folder = await newFolder();
  const [from, other, to] = ['from.csv', 'other.csv', 'to.csv'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(from, 'from');
  await writeFile(other, 'other');
  return { folder, from, other, to };
};

describe('a reservation', () => {
  it('keeps a name from everybody else, and shows nobody a file', async () => {
    const { from, other, to } = await arrange();
    expect(await reserve(to, from)).toBeDefined();
    expect(await reservedFor(to)).toBe(from);
    expect(await moveFile(other, to, keeping)).toBe('taken');
    await expect(readFile(to)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is taken up again by an attempt that is repeated', async () => {
    const { folder, from, to } = await arrange();
    await reserve(to, from);
    expect(await moveFile(from, to, keeping)).toBe('moved');
    expect(await readFile(to, 'utf8')).toBe('from');
    expect(await readdir(folder)).toEqual(['other.csv', 'to.csv']);
  });

  it('counts no more when the file has gone elsewhere', async () => {
    const { folder, from, other, to } = await arrange();
    await reserve(to, from);
    await rename(from, join(folder, 'elsewhere.csv'));
    expect(await moveFile(other, to, keeping)).toBe('moved');
    expect(await readFile(to, 'utf8')).toBe('other');
    expect(await readdir(folder)).toEqual(['elsewhere.csv', 'to.csv']);
  });

  it('is given up when there is nothing to move', async () => {
    const { folder, from, to } = await arrange();
    const reserved = await reserve(to, from);
    await reserved?.withdraw();
    await reserved?.withdraw();
    expect(await readdir(folder)).toEqual(['from.csv', 'other.csv']);
  });

  it('is not withdrawn from a file that came meanwhile', async () => {
    const { from, other, to } = await arrange();
    const reserved = await reserve(to, from);
    await rename(other, to);
    await reserved?.withdraw();
    expect(await readFile(to, 'utf8')).toBe('other');
  });

  it('is given up when the file cannot be moved', async () => {
    const { folder, from } = await arrange();
    await mkdir(join(folder, 'below'));
    const long = join(folder, 'x'.repeat(300));
    await expect(moveFile(from, long, keeping)).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
    expect(await readdir(folder)).toEqual(['below', 'from.csv', 'other.csv']);
  });

  it('takes no link of somebody else for one of ours', async () => {
    const { from, to } = await arrange();
    await symlink('nowhere', to);
    expect(await moveFile(from, to, keeping)).toBe('taken');
    expect(await readlink(to)).toBe('nowhere');
  });
});

describe('a reservation with an empty file', () => {
  it('keeps the name until the file is renamed to it', async () => {
    const { from, other, to } = await arrange();
    expect(await reserveWithEmptyFile(to)).toBeDefined();
    expect(await reserveWithEmptyFile(to)).toBeUndefined();
    expect(await moveFile(other, to, keeping)).toBe('taken');
    await rename(from, to);
    expect(await readFile(to, 'utf8')).toBe('from');
  });

  it('can be given up', async () => {
    const { to } = await arrange();
    const reserved = await reserveWithEmptyFile(to);
    await reserved?.withdraw();
    await expect(lstat(to)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('moveFolder', () => {
  it('replaces no folder, not even an empty one, and no file', async () => {
    const { folder, other } = await arrange();
    const [from, empty] = [join(folder, 'full'), join(folder, 'empty')];
    await mkdir(from);
    await mkdir(empty);
    await writeFile(join(from, 'one.csv'), 'one');
    for (const to of [empty, other]) expect(await moveFolder(from, to)).toBe('taken');
    expect(await readdir(empty)).toEqual([]);
    expect(await readFile(other, 'utf8')).toBe('other');
  });

  it('moves no file', async () => {
    const { folder, from } = await arrange();
    expect(await moveFolder(from, join(folder, 'new'))).toBe('gone');
  });
});
