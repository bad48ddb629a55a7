import { open } from 'node:fs/promises';
import type { SourceFiles } from '@junction/connectors/runtime';
import type { SourceFile } from '@junction/engine';
import type { Room } from '../../../platform/spool.ts';
import { permanent, withFile } from './failures.ts';
import type { PlannedFile } from './planned-file.ts';

/** Bytes of a source that a preview reads. */
export const previewBytes = 4 * 1024 * 1024;
/** Files of a source that a preview reads. */
export const previewFiles = 20;
/** A Parquet file says at its end what is in it, so it is read as a whole or not at all. */
export const previewParquetBytes = 64 * 1024 * 1024;

/** The beginning of a source, and what of it is not there. */
export type Beginning = { files: SourceFile[]; isTruncated: boolean; isPartial: boolean };

const parquetTooLong = (file: string) =>
  permanent(
    {
      code: 'previewTooLong',
      message: `A Parquet file has to be read as a whole, and the first one has more than ${previewParquetBytes / 1024 / 1024} MB.`,
      remedy: 'Run the export to see its rows, or have the writer of the source write smaller files.',
    },
    { phase: 'preparing', file },
  );

/** Which files are read, and how much of the last one. */
const choose = (files: readonly PlannedFile[]): { file: PlannedFile; maxBytes: number }[] => {
  const chosen: { file: PlannedFile; maxBytes: number }[] = [];
  let left = previewBytes;
  for (const file of files.slice(0, previewFiles)) {
    if (left <= 0) break;
    const isParquet = file.format.type === 'parquet';
    if (isParquet && file.bytes > previewParquetBytes) {
      if (chosen.length === 0) throw parquetTooLong(file.name);
      break;
    }
    chosen.push({ file, maxBytes: isParquet ? file.bytes : Math.min(file.bytes, left) });
    left -= file.bytes;
  }
  return chosen;
};

/** Brings the beginning of a source into a room. */
export const fetchBeginning = async (
  source: SourceFiles,
  files: readonly PlannedFile[],
  room: Room,
): Promise<Beginning> => {
  const chosen = choose(files);
  const fetched: SourceFile[] = [];
  for (const [index, { file, maxBytes }] of chosen.entries()) {
    const path = room.pathOf(`source-${index}`);
    const copy = await open(path, 'wx', 0o600);
    await withFile(file.name, async () => {
      for await (const piece of source.stream(file.path, file.etag, room.signal, maxBytes)) await copy.writeFile(piece);
    }).finally(() => copy.close());
    fetched.push({ path, name: file.name, format: file.format });
  }
  const last = chosen.at(-1);
  const isTruncated = last !== undefined && last.maxBytes < last.file.bytes;
  return { files: fetched, isTruncated, isPartial: isTruncated || chosen.length < files.length };
};
