import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOutbound } from '../outbound/outbound.ts';
import { openLocalDestination } from './open-destination.ts';
import { openLocalSource } from './open-source.ts';
import { reserve } from './reservation.ts';
import { putBelow } from './testing/local-subject.ts';
import { temporaryFolders } from './testing/temporary-folder.ts';

const newFolder = temporaryFolders();
const idle = new AbortController().signal;
const bytes = new TextEncoder().encode('one');

const all = async <Item>(items: AsyncIterable<Item>): Promise<Item[]> => {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
};

const arrange = async () => {
  const root = await newFolder();
  const context = { outbound: createOutbound({ allowedHosts: [], localRoot: root }), now: () => new Date() };
  const target = { settings: { folder: 'exports' } };
  return {
    root,
    folder: join(root, 'exports'),
    destination: openLocalDestination(target, context),
    source: openLocalSource(target, context),
  };
};

describe('a link that leads out', () => {
  it('is refused also when it comes later', async () => {
    const { folder, destination, source } = await arrange();
    const outside = await newFolder();
    await putBelow(outside, { 'secret.csv': 'secret', 'below/secret.csv': 'secret' });
    await destination.put('a/one.csv', bytes, idle);
    await destination.put('two.csv', bytes, idle);
    await rename(join(folder, 'a'), join(folder, 'b'));
    await symlink(outside, join(folder, 'a'));
    const keeping = { replaces: false };
    const works = [
      destination.put('a/new.csv', bytes, idle),
      destination.put('a/new/new.csv', bytes, idle),
      destination.read('a/secret.csv', 100, idle),
      destination.moveFile('a/secret.csv', 'stolen.csv', keeping, idle),
      destination.moveFile('two.csv', 'a/two.csv', keeping, idle),
      destination.moveFolder('a/below', 'stolen', idle),
      destination.moveFolder('b', 'a/b', idle),
      destination.exists('a/secret.csv', idle),
      destination.removeFile('a/secret.csv', idle),
      destination.removeFolder('a/below', idle),
      all(destination.list('a', idle)),
      all(source.list('a', idle)),
      source.read('a/secret.csv', 100, idle),
      source.localFile?.('a/secret.csv', '"1-1-1"'),
      all(source.stream('a/secret.csv', '"1-1-1"', idle)),
    ];
    await Promise.all(
      works.map((work) => expect(work).rejects.toMatchObject({ code: 'leadsOutside', isTransient: false })),
    );
    expect((await readdir(outside, { recursive: true })).sort()).toEqual(['below', 'below/secret.csv', 'secret.csv']);
    expect((await all(destination.list('', idle))).map(({ path }) => path).sort()).toEqual([
      'b',
      'b/one.csv',
      'two.csv',
    ]);
    expect((await all(source.list('', idle))).map(({ path }) => path).sort()).toEqual(['b', 'two.csv']);
  });

  it('goes when its folder is removed, and nothing behind it', async () => {
    const { folder, destination } = await arrange();
    const outside = await newFolder();
    await putBelow(outside, { 'secret.csv': 'secret' });
    await destination.put('a/one.csv', bytes, idle);
    await symlink(outside, join(folder, 'a/link'));
    await destination.removeFolder('a', idle);
    expect(await readdir(outside)).toEqual(['secret.csv']);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a destination', () => {
  it('replaces a link, and does not write through it', async () => {
    const { folder, destination } = await arrange();
    await putBelow(folder, { 'kept.csv': 'kept' });
    await symlink('kept.csv', join(folder, 'link.csv'));
    await destination.put('link.csv', bytes, idle);
    expect(await readFile(join(folder, 'kept.csv'), 'utf8')).toBe('kept');
    expect(await readFile(join(folder, 'link.csv'), 'utf8')).toBe('one');
  });

  it('shows nobody a name that is only reserved', async () => {
    const { folder, destination } = await arrange();
    await destination.put('one.csv', bytes, idle);
    await reserve(join(folder, 'two.csv'), join(folder, 'one.csv'));
    expect(await destination.exists('two.csv', idle)).toBe(false);
    expect(await destination.read('two.csv', 100, idle)).toBeUndefined();
    expect((await all(destination.list('', idle))).map(({ path }) => path)).toEqual(['one.csv']);
  });

  it('does not show what was left half written', async () => {
    const { folder, destination, source } = await arrange();
    await putBelow(folder, { '.junction-put-1': 'half', 'one.csv': 'one' });
    for (const entries of [await all(destination.list('', idle)), await all(source.list('', idle))]) {
      expect(entries.map(({ path }) => path)).toEqual(['one.csv']);
    }
  });

  it('is named by the path on the server', async () => {
    const { folder, destination } = await arrange();
    expect(destination.locationOf('a/b c.csv')).toBe(join(folder, 'a/b c.csv'));
  });

  it('says that there is no operator’s folder', async () => {
    const context = { outbound: createOutbound({ allowedHosts: [] }), now: () => new Date() };
    const destination = openLocalDestination({ settings: { folder: 'exports' } }, context);
    for (const work of [
      destination.put('a', bytes, idle),
      destination.read('a', 9, idle),
      all(destination.list('', idle)),
    ]) {
      await expect(work).rejects.toMatchObject({
        code: 'rootNotSet',
        remedy: expect.stringContaining('JUNCTION_LOCAL_ROOT'),
      });
    }
  });
});

describe('a source', () => {
  const etagOf = async (source: ReturnType<typeof openLocalSource>, path: string) =>
    (await all(source.list('', idle))).find((entry) => entry.path === path)?.etag ?? '';

  it('reads a file where it is, as long as it is the same', async () => {
    const { folder, source } = await arrange();
    await putBelow(folder, { 'one.csv': 'one' });
    const etag = await etagOf(source, 'one.csv');
    const name = await source.localFile?.('one.csv', etag);
    expect(name).toBe(join(folder, 'one.csv'));
    await rm(join(folder, 'one.csv'));
    await expect(source.localFile?.('one.csv', etag)).rejects.toMatchObject({ code: 'fileMissing' });
    await putBelow(folder, { 'one.csv': 'two' });
    await expect(source.localFile?.('one.csv', etag)).rejects.toMatchObject({ code: 'fileChanged', isTransient: true });
  });

  it('finds out in the middle that a file is written to or cut off', async () => {
    const { folder, source } = await arrange();
    const name = join(folder, 'long.csv');
    for (const change of [() => writeFile(name, 'more', { flag: 'a' }), () => truncate(name, 10)]) {
      await putBelow(folder, { 'long.csv': 'x'.repeat(3 * 1024 * 1024) });
      const etag = await etagOf(source, 'long.csv');
      const streaming = (async () => {
        for await (const _ of source.stream('long.csv', etag, idle)) await change();
      })();
      await expect(streaming).rejects.toMatchObject({ code: 'fileChanged' });
    }
  });

  it('goes on with the version it began when another takes the name', async () => {
    const { folder, source, destination } = await arrange();
    const text = 'x'.repeat(3 * 1024 * 1024);
    await putBelow(folder, { 'long.csv': text });
    let length = 0;
    for await (const piece of source.stream('long.csv', await etagOf(source, 'long.csv'), idle)) {
      if (length === 0) await destination.put('long.csv', bytes, idle);
      length += piece.length;
    }
    expect(length).toBe(text.length);
  });

  it('follows a link that stays inside', async () => {
    const { folder, source } = await arrange();
    await putBelow(folder, { 'real/one.csv': 'one' });
    await symlink('real', join(folder, 'link'));
    await symlink('real/one.csv', join(folder, 'link.csv'));
    await symlink('nowhere', join(folder, 'dangling.csv'));
    const entries = await all(source.list('', idle));
    expect(entries.map(({ path, isFolder }) => [path, isFolder]).sort()).toEqual([
      ['link', true],
      ['link.csv', false],
      ['real', true],
    ]);
    expect(new TextDecoder().decode(await source.read('link/one.csv', 100, idle))).toBe('one');
  });

  it('takes no pipe for a file, and does not wait for its writer', async () => {
    const { folder, source, destination } = await arrange();
    await mkdir(folder);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await expect(source.read('pipe', 100, idle)).rejects.toMatchObject({ code: 'fileMissing' });
    await expect(all(source.stream('pipe', '"1-1-1"', idle))).rejects.toMatchObject({ code: 'fileMissing' });
    expect(await destination.read('pipe', 100, idle)).toBeUndefined();
    expect(await all(source.list('', idle))).toEqual([]);
  });
});
