import { describe, expect, it } from 'vitest';
import type { PlannedFile } from '../../lake/index.ts';
import { groupFiles, joinedBytes, joinedFiles } from './group-files.ts';

const files = (...sizes: number[]): PlannedFile[] =>
  sizes.map((bytes, index) => ({
    name: `${index}`,
    path: `${index}`,
    etag: '"1"',
    bytes,
    format: { type: 'parquet' },
  }));
const sizes = (...bytes: number[]) => groupFiles(files(...bytes)).map((part) => part.map((file) => file.bytes));

describe('grouping files into parts', () => {
  it('gives an entity without files a part without any, so that its header is written', () => {
    expect(groupFiles([])).toEqual([[]]);
  });

  it('leaves large files alone and joins small ones, in their order', () => {
    const large = joinedBytes + 1;
    expect(sizes(1, 2, large, 3, large, large, 4, 5)).toEqual([[1, 2], [large], [3], [large], [large], [4, 5]]);
  });

  it('joins up to a limit of bytes', () => {
    const half = joinedBytes / 2;
    expect(sizes(half, half, half, half + 1, half)).toEqual([[half, half], [half], [half + 1], [half]]);
  });

  it('joins up to a limit of files', () => {
    const parts = groupFiles(files(...Array(joinedFiles * 2 + 1).fill(10)));
    expect(parts.map(({ length }) => length)).toEqual([joinedFiles, joinedFiles, 1]);
  });

  it('has every file once', () => {
    const all = files(...Array.from({ length: 1_000 }, (_, index) => (index * 7_919) % (joinedBytes / 3)));
    expect(groupFiles(all).flat()).toEqual(all);
  });
});
