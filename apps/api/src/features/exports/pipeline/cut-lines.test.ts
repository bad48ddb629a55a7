import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cutLines } from './cut-lines.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cut-lines-'));
});
afterAll(() => rm(folder, { recursive: true }));

const cut = async (text: string, limits: { maxRows?: number; maxBytes?: number } = {}) => {
  const path = join(folder, 'lines');
  await writeFile(path, text);
  const pieces: [string, number][] = [];
  for await (const { lines, rows } of cutLines(path, { maxRows: 1_000, maxBytes: 1_000, ...limits }))
    pieces.push([Buffer.from(lines).toString(), rows]);
  return pieces;
};

describe('cutting lines', () => {
  it('makes nothing of nothing', async () => {
    expect(await cut('')).toEqual([]);
  });

  it('cuts by rows', async () => {
    expect(await cut('a\nb\nc\nd\ne\n', { maxRows: 2 })).toEqual([
      ['a\nb\n', 2],
      ['c\nd\n', 2],
      ['e\n', 1],
    ]);
  });

  it('cuts by bytes, at the end of a line', async () => {
    expect(await cut('aaa\nbb\nc\ndddd\n', { maxBytes: 7 })).toEqual([
      ['aaa\nbb\n', 2],
      ['c\ndddd\n', 2],
    ]);
    expect(await cut('aaaaaa\nbbbbbb\n', { maxBytes: 7 })).toEqual([
      ['aaaaaa\n', 1],
      ['bbbbbb\n', 1],
    ]);
  });

  it('refuses a row that is longer than a delivery', async () => {
    await expect(cut('a\naaaaaaa\nb\n', { maxBytes: 7 })).rejects.toMatchObject({ code: 'rowTooLong' });
    await expect(cut(`a\n${'x'.repeat(3_000_000)}\n`)).rejects.toMatchObject({
      code: 'rowTooLong',
      isTransient: false,
    });
  });

  it('has every line once, however the file is read', async () => {
    const lines = Array.from({ length: 200_000 }, (_, index) => `${index} ${'é'.repeat(index % 23)}\n`);
    const pieces = await cut(lines.join(''), { maxRows: 7_777, maxBytes: 123_456 });
    expect(pieces.map(([text]) => text).join('')).toBe(lines.join(''));
    for (const [text, rows] of pieces) {
      expect(text.split('\n').length - 1).toBe(rows);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(123_456);
    }
  });
});
