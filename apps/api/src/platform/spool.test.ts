import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSpool, type Spool, SpoolError } from './spool.ts';

let parent: string;
let spool: Spool;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'spool-test-'));
  spool = createSpool({ parent, maxBytes: 1_000 });
});
afterEach(async () => {
  await spool.close();
  await rm(parent, { recursive: true });
});

const idle = new AbortController().signal;
const all = (bytes: number) => ({ least: bytes, likely: bytes });
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the spool', () => {
  it('gives work a folder, and removes what is in it whatever happens', async () => {
    const write = (name: string) =>
      spool.use(all(10), idle, async ({ pathOf }) => {
        await writeFile(pathOf(name), 'rows');
        if (name === 'bad') throw new Error('It broke.');
        return pathOf(name);
      });
    expect((await write('good')).startsWith(spool.folder)).toBe(true);
    await expect(write('bad')).rejects.toThrow('It broke.');
    expect(await readdir(spool.folder)).toEqual([]);
  });

  it('lets in as many as fit, in the order in which they came', async () => {
    const order: string[] = [];
    const doors = new Map<string, () => void>();
    const enter = (name: string, bytes: number) =>
      spool.use(all(bytes), idle, () => {
        order.push(name);
        return new Promise<void>((resolve) => doors.set(name, resolve));
      });
    const works = [enter('a', 600), enter('b', 400), enter('c', 900), enter('d', 10)];
    await expect.poll(() => order).toEqual(['a', 'b']);
    doors.get('a')?.();
    await turn();
    expect(order).toEqual(['a', 'b']);
    doors.get('b')?.();
    await expect.poll(() => order).toEqual(['a', 'b', 'c', 'd']);
    for (const leave of doors.values()) leave();
    await Promise.all(works);
  });

  it('forgets who does not wait any more', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const first = spool.use(all(1_000), idle, () => promise);
    const abort = new AbortController();
    const reason = new Error('Nobody waits.');
    const second = spool.use(all(1_000), abort.signal, async () => 'second');
    const third = spool.use(all(1_000), idle, async () => 'third');
    abort.abort(reason);
    await expect(second).rejects.toBe(reason);
    resolve();
    await first;
    expect(await third).toBe('third');
    await expect(spool.use(all(1), abort.signal, async () => 'late')).rejects.toBe(reason);
  });

  it('does once more alone what needed more than was likely, and refuses what does not fit even then', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const other = spool.use(all(500), idle, () => promise);
    let attempts = 0;
    const writing = (bytes: number) =>
      spool.use({ least: 10, likely: 100 }, idle, async ({ pathOf, signal }) => {
        attempts += 1;
        await writeFile(pathOf('rows'), 'x'.repeat(bytes));
        // As who writes for longer than the next look.
        await new Promise<void>((done, fail) => {
          const timer = setTimeout(done, 1_000);
          signal.addEventListener('abort', () => {
            clearTimeout(timer);
            fail(signal.reason);
          });
        });
        return attempts;
      });
    const work = writing(700);
    await expect.poll(() => attempts).toBe(1);
    setTimeout(resolve, 500);
    expect(await work).toBe(2);
    await other;
    await expect(writing(1_500)).rejects.toBeInstanceOf(SpoolError);
    await expect(spool.use(all(1_001), idle, async () => 'never')).rejects.toMatchObject({
      code: 'spoolTooSmall',
      remedy: expect.stringContaining('JUNCTION_SPOOL_MB'),
    });
    expect(await spool.use(all(1_000), idle, async () => 'all is free again')).toBe('all is free again');
  });

  it('removes what crashed processes of this machine have left, and nothing else', async () => {
    const gone = 2 ** 22 + 1;
    const left = [`spool-${hostname()}-${gone}-abc123`, `spool-${hostname()}-${process.pid}-abc123`];
    const others = [`spool-${hostname()}-${process.ppid}-abc123`, `spool-elsewhere-${gone}-abc123`, 'notes'];
    for (const name of [...left, ...others]) await mkdir(join(parent, name));
    await spool.use(all(1), idle, async ({ pathOf }) => {
      await writeFile(pathOf('rows'), 'x');
      await spool.sweep();
    });
    const names = await readdir(parent);
    expect(names.filter((name) => join(parent, name) !== spool.folder).sort()).toEqual(others.sort());
    await spool.close();
    expect(await readdir(parent)).toHaveLength(others.length);
  });
});
