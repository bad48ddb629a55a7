import { open, rm } from 'node:fs/promises';
import { type SourceFiles, StoreError } from '@junction/connectors/runtime';
import type { SourceFile } from '@junction/engine';
import type { Room } from '../../../platform/spool.ts';
import { withFile } from './failures.ts';
import { inParallel } from './in-parallel.ts';
import type { PlannedFile } from './planned-file.ts';

/** Files of one part that are fetched at the same time: small ones wait mostly for the other side. */
const fetchedAtOnce = 4;

/** A source that says that it is done before it has sent what it said it has. */
const cutShort = () =>
  new StoreError({ code: 'cutShort', message: 'The source sent less of a file than it has.', isTransient: true });

/** Brings one file onto this machine, as it was at its ETag. */
const fetch = async (
  source: SourceFiles,
  { path, etag, bytes }: PlannedFile,
  to: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> => {
  const file = await open(to, 'wx', 0o600);
  let received = 0;
  try {
    for await (const piece of source.stream(path, etag, signal)) {
      await file.writeFile(piece);
      received += piece.length;
      onBytes(piece.length);
    }
  } finally {
    await file.close();
  }
  if (received !== bytes) throw cutShort();
};

/** Files of a source where the engine can read them. */
export type Fetched = {
  files: SourceFile[];
  /** Throws when one that is not a copy is another version by now. */
  verify(): Promise<void>;
  /** Removes the copies. */
  remove(): Promise<void>;
};

/**
 * Puts files of a source where the engine can read them: copies in the room, or the files themselves where the source is on this machine.
 * Tells how many bytes have come, all in all.
 */
export const fetchFiles = async (
  source: SourceFiles,
  files: readonly PlannedFile[],
  room: Room,
  onBytes: (bytes: number) => void = () => {},
): Promise<Fetched> => {
  let received = 0;
  const tell = (bytes: number) => {
    received += bytes;
    onBytes(received);
  };
  const numbered = files.map((file, index) => ({ file, index }));
  const bring = async (file: PlannedFile, index: number): Promise<SourceFile> => {
    const { name, format, bytes } = file;
    if (source.localFile) {
      const path = await source.localFile(file.path, file.etag);
      tell(bytes);
      return { path, name, format };
    }
    const path = room.pathOf(`source-${index}`);
    await fetch(source, file, path, room.signal, tell);
    return { path, name, format };
  };
  const fetched = await inParallel(numbered, fetchedAtOnce, ({ file, index }) =>
    withFile(file.name, () => bring(file, index)),
  );
  return {
    files: fetched,
    verify: async () => {
      for (const { path, etag, name } of files) await withFile(name, async () => source.localFile?.(path, etag));
    },
    remove: async () => {
      if (source.localFile === undefined) for (const { path } of fetched) await rm(path);
    },
  };
};
