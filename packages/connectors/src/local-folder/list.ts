import type { BigIntStats } from 'node:fs';
import type { DestinationEntry, SourceEntry } from '../connector.ts';
import { innerFolder } from '../shared-files/inner-path.ts';
import { endLater, type LocalCalls } from './calls.ts';
import { entriesIn, type LocalEntry } from './entries.ts';
import { isMissing, LocalFailure } from './failure.ts';
import type { LocalPlace } from './place.ts';
import { etagOf } from './read-file.ts';

const modifiedAt = ({ mtimeMs }: BigIntStats): string => new Date(Number(mtimeMs)).toISOString();

const sourceEntry = ({ name, path, stats }: LocalEntry): SourceEntry => ({
  name,
  path,
  isFolder: stats.isDirectory(),
  bytes: stats.isDirectory() ? 0 : Number(stats.size),
  etag: stats.isDirectory() ? '' : etagOf(stats),
  modifiedAt: modifiedAt(stats),
});

const destinationEntry = ({ path, stats }: LocalEntry): DestinationEntry => ({
  path,
  isFolder: stats.isDirectory(),
  bytes: stats.isDirectory() ? 0 : Number(stats.size),
  modifiedAt: modifiedAt(stats),
});

/** The batches of one folder; each is one call, so that it ends when nobody waits. `onMissing` decides what it means when there is none. */
async function* batchesOf(
  place: LocalPlace,
  calls: LocalCalls,
  folder: string,
  options: { followsLinks: boolean; onMissing(): void },
  signal: AbortSignal,
): AsyncGenerator<LocalEntry[], void> {
  const batches = entriesIn(place, folder, options);
  const next = () =>
    batches.next().catch((error: unknown) => {
      if (!isMissing(error)) throw error;
      options.onMissing();
      return { done: true, value: undefined } as const;
    });
  try {
    for (;;) {
      const { done, value } = await calls.run(folder, signal, next);
      if (done) return;
      yield value;
    }
  } finally {
    endLater(batches);
  }
}

/** Direct children of a folder of a source. */
export async function* listChildren(
  place: LocalPlace,
  calls: LocalCalls,
  folder: string,
  signal: AbortSignal,
): AsyncIterable<SourceEntry> {
  const onMissing = () => {
    throw new LocalFailure('folderMissing');
  };
  for await (const batch of batchesOf(place, calls, innerFolder(folder), { followsLinks: true, onMissing }, signal)) {
    yield* batch.map(sourceEntry);
  }
}

/** Everything below a folder of a destination. */
export async function* listAll(
  place: LocalPlace,
  calls: LocalCalls,
  folder: string,
  signal: AbortSignal,
): AsyncIterable<DestinationEntry> {
  const folders = [innerFolder(folder)];
  const options = { followsLinks: false, onMissing: () => undefined };
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for await (const batch of batchesOf(place, calls, next, options, signal)) {
      folders.push(...batch.filter(({ stats }) => stats.isDirectory()).map(({ path }) => path));
      yield* batch.map(destinationEntry);
    }
  }
}
