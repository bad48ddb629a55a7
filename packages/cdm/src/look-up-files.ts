import type { CatalogEntity, CatalogPartition, CatalogProblem } from './catalog.ts';
import type { CatalogFiles, FolderEntry } from './catalog-files.ts';
import { inParallel } from './in-parallel.ts';
import { catalogLimits } from './limits.ts';
import { timeFrom } from './raw.ts';
import { problemOfFailure } from './store-failure.ts';

/** What listings say of the partitions' files: an entry, or why there is none. */
type Found = ReadonlyMap<string, FolderEntry | CatalogProblem>;

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

const missing = (path: string): CatalogProblem => ({
  code: 'partitionMissing',
  message: `There is no file "${path}".`,
  remedy: 'Have the writer of the metadata refresh the entity, or remove the partition.',
});

/** Looks for some files of one folder, with one listing, and no further than to the last of them. */
const lookUp = async (
  files: CatalogFiles,
  folder: string,
  paths: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<[string, FolderEntry | CatalogProblem][]> => {
  const found = new Map<string, FolderEntry>();
  let seen = 0;
  let absent = missing;
  try {
    for await (const entry of files.list(folder, signal)) {
      if (paths.has(entry.path)) found.set(entry.path, entry);
      seen += 1;
      if (found.size === paths.size) break;
      if (seen >= catalogLimits.filesPerFolder) {
        absent = notAmongFirst;
        break;
      }
    }
  } catch (error) {
    const failure = problemOfFailure(error);
    if (failure === undefined) throw error;
    if (failure.code !== 'folderMissing') absent = () => failure;
  }
  return [...paths].map((path) => [path, found.get(path) ?? absent(path)]);
};

const notAmongFirst = (path: string): CatalogProblem => ({
  code: 'folderTooLarge',
  message: `"${path}" is not among the first ${catalogLimits.filesPerFolder} files of its folder; no more are looked at.`,
  remedy: 'Have its writer spread the files over more folders.',
});

const notLookedUp: CatalogProblem = {
  code: 'tooManyFolders',
  message: `The partitions are in more than ${catalogLimits.partitionFolders} folders; no more are looked into.`,
  remedy: 'Choose a folder with less metadata.',
};

const lookUpAll = async (
  files: CatalogFiles,
  partitions: readonly CatalogPartition[],
  signal: AbortSignal,
): Promise<Found> => {
  const wanted = new Map<string, Set<string>>();
  for (const { path } of partitions) {
    if (path === undefined) continue;
    const folder = folderOf(path);
    wanted.set(folder, (wanted.get(folder) ?? new Set()).add(path));
  }
  const folders = [...wanted];
  const looked = await inParallel(folders.slice(0, catalogLimits.partitionFolders), signal, ([folder, paths], ending) =>
    lookUp(files, folder, paths, ending),
  );
  const left = folders.slice(catalogLimits.partitionFolders).flatMap(([, paths]) => [...paths]);
  return new Map([...looked.flat(), ...left.map((path): [string, CatalogProblem] => [path, notLookedUp])]);
};

const withFile = (partition: CatalogPartition, found: Found): CatalogPartition => {
  const file = partition.path === undefined ? undefined : found.get(partition.path);
  if (file === undefined) return partition;
  if ('code' in file) return { ...partition, problem: partition.problem ?? file };
  if (file.isFolder) {
    const message = `"${file.path}" is a folder, not a file.`;
    return {
      ...partition,
      problem: partition.problem ?? { ...missing(file.path), code: 'partitionIsFolder', message },
    };
  }
  const modifiedAt = timeFrom(file.modifiedAt);
  return {
    ...partition,
    bytes: file.bytes,
    ...(file.etag !== '' && { etag: file.etag }),
    ...(modifiedAt !== undefined && { modifiedAt }),
  };
};

const unreadable = (partitions: readonly CatalogPartition[]): CatalogProblem | undefined => {
  const bad = partitions.filter(({ problem }) => problem !== undefined);
  const [first] = bad;
  if (first?.problem === undefined) return undefined;
  const some =
    partitions.length === 1
      ? `The only partition, "${first.name}", cannot be read`
      : `${bad.length} of ${partitions.length} partitions cannot be read, the first being "${first.name}"`;
  return {
    code: 'partitionsUnreadable',
    message: `${some}: ${first.problem.message}`,
    ...(first.problem.remedy !== undefined && { remedy: first.problem.remedy }),
  };
};

/** Adds to every partition what the store says of its file, and to the entities what follows from that. */
export const withFiles = async (
  files: CatalogFiles,
  entities: readonly CatalogEntity[],
  signal: AbortSignal,
): Promise<CatalogEntity[]> => {
  const found = await lookUpAll(
    files,
    entities.flatMap(({ partitions }) => partitions),
    signal,
  );
  return entities.map((entity) => {
    const partitions = entity.partitions.map((partition) => withFile(partition, found));
    const problem = entity.problem ?? unreadable(partitions);
    const bytes = partitions.reduce((sum, partition) => sum + (partition.bytes ?? Number.NaN), 0);
    const isWhole = !Number.isNaN(bytes) && problem?.code !== 'tooManyPartitions';
    return { ...entity, partitions, ...(isWhole && { bytes }), ...(problem !== undefined && { problem }) };
  });
};
