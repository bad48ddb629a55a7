import type { BigIntStats } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { isMissing, LocalFailure, unless } from './failure.ts';
import { isOwnName } from './own-names.ts';
import type { LocalPlace } from './place.ts';

/** How many names are looked at side by side. */
const batchSize = 64;

/** A file or a folder that was looked at. */
export type LocalEntry = { name: string; path: string; stats: BigIntStats };

/** A link that leads out is nobody's file here, and one that leads nowhere is none. */
const isNotHere = (error: unknown): boolean =>
  isMissing(error) || (error instanceof LocalFailure && error.finding === 'leadsOutside');

const entryAt = async (place: LocalPlace, path: string, name: string): Promise<LocalEntry[]> => {
  const stats = await unless(
    isNotHere,
    place.at(path).then((real) => stat(real, { bigint: true })),
  );
  return stats !== undefined && (stats.isFile() || stats.isDirectory()) ? [{ name, path, stats }] : [];
};

/**
 * What is in a folder, batch by batch as it is asked for; fails when there is none. Links are followed if asked for, and else left out,
 * as they may lead in circles.
 */
export async function* entriesIn(
  place: LocalPlace,
  folder: string,
  { followsLinks }: { followsLinks: boolean },
): AsyncGenerator<LocalEntry[], void> {
  const children = await opendir(await place.at(folder), { bufferSize: batchSize });
  let names: string[] = [];
  const look = async (): Promise<LocalEntry[]> => {
    const found = await Promise.all(
      names.map((name) => entryAt(place, folder === '' ? name : `${folder}/${name}`, name)),
    );
    names = [];
    return found.flat();
  };
  for await (const child of children) {
    if (isOwnName(child.name) || (child.isSymbolicLink() && !followsLinks)) continue;
    names.push(child.name);
    if (names.length === batchSize) yield await look();
  }
  yield await look();
}
