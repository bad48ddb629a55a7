import type { CatalogProblem } from './catalog.ts';
import type { CatalogFiles } from './catalog-files.ts';
import { withoutSignatures } from './clean.ts';
import { matchesGlob } from './glob.ts';
import { catalogLimits } from './limits.ts';
import { referenceOf } from './manifest-columns.ts';
import { isObject } from './raw.ts';
import { type Json, problem } from './read-json.ts';
import { readLocation } from './read-location.ts';
import { problemOfFailure } from './store-failure.ts';

/** Partitions as a model.json has them; what is wrong with them as a whole. */
export type ManifestPartitions = { partitions: Json[]; problem?: CatalogProblem };

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A manifest may name its own store: `local:/folder/file`. */
export const withoutNamespace = (location: string): string => location.replace(/^local:\/*/i, '');

const argumentsOf = (trait: unknown): Json =>
  Object.fromEntries(
    list(isObject(trait) ? trait.arguments : undefined).flatMap((one) =>
      isObject(one) && typeof one.name === 'string' ? [[one.name, one.value]] : [],
    ),
  );

/** The fileFormatSettings that the trait `is.partition.format.…` stands for; undefined when there is none. */
const formatSettings = (traits: unknown): Json | undefined => {
  for (const trait of list(traits)) {
    const format = /^is\.partition\.format\.(.+)$/i.exec(referenceOf(trait, 'traitReference') ?? '')?.[1];
    if (format === undefined) continue;
    if (/^csv$/i.test(format)) return { ...argumentsOf(trait), $type: 'CsvFormatSettings' };
    return { $type: /^parquet$/i.test(format) ? 'ParquetFormatSettings' : format };
  }
  return undefined;
};

const statedPartition = (raw: unknown): Json => {
  if (!isObject(raw)) return {};
  const { name, location, refreshTime, lastFileModifiedTime, exhibitsTraits } = raw;
  return {
    name,
    location: typeof location === 'string' ? withoutNamespace(location) : location,
    refreshTime: refreshTime ?? lastFileModifiedTime,
    fileFormatSettings: formatSettings(exhibitsTraits),
  };
};

/** A path of the container as a location from a folder of it. */
const locationFrom = (folder: string, path: string): string => {
  const isBelow = folder === '' || path.startsWith(`${folder}/`);
  const [up, rest] = isBelow
    ? ['', folder === '' ? path : path.slice(folder.length + 1)]
    : ['../'.repeat(folder.split('/').length), path];
  return up + rest.split('/').map(encodeURIComponent).join('/');
};

/** Paths of the files of a folder that match, those in folders below included; of more than there may be, one more. */
const findFiles = async (
  files: CatalogFiles,
  root: string,
  glob: string,
  signal: AbortSignal,
): Promise<{ paths: string[]; problem?: CatalogProblem }> => {
  const paths: string[] = [];
  let listed = 0;
  let level = [root];
  for (let depth = 0; depth < catalogLimits.patternDepth && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const folder of level) {
      listed += 1;
      if (listed > catalogLimits.partitionFolders || paths.length > catalogLimits.partitions)
        return listed > catalogLimits.partitionFolders ? { paths, problem: tooManyFolders } : { paths };
      for await (const { path, isFolder } of files.list(folder, signal)) {
        if (isFolder) next.push(path);
        else if (matchesGlob(root === '' ? path : path.slice(root.length + 1), glob)) paths.push(path);
        if (paths.length > catalogLimits.partitions) break;
      }
    }
    level = next.sort();
  }
  return level.length > 0 ? { paths, problem: tooDeep } : { paths };
};

const tooManyFolders = problem(
  'tooManyFolders',
  `The files of a pattern are in more than ${catalogLimits.partitionFolders} folders; no more are looked into.`,
  'Have its writer list the partitions.',
);

const tooDeep = problem(
  'patternTooDeep',
  `The folders of a pattern are more than ${catalogLimits.patternDepth} levels deep; no more are looked into.`,
  'Have its writer list the partitions.',
);

const patternUnreadable = (name: string) =>
  problem(
    'patternUnreadable',
    `The pattern "${name}" of partitions has no globPattern; regular expressions are not read.`,
    'Have its writer use a globPattern, or list the partitions.',
  );

/** The partitions that a pattern stands for at this moment, in the order of their paths. */
const matchingPartitions = async (
  raw: unknown,
  folder: string,
  files: CatalogFiles,
  signal: AbortSignal,
): Promise<ManifestPartitions> => {
  const { name, rootLocation, globPattern, exhibitsTraits } = isObject(raw) ? raw : {};
  const called = typeof name === 'string' ? name : '';
  if (typeof globPattern !== 'string' || globPattern === '')
    return { partitions: [], problem: patternUnreadable(called) };
  const stated = withoutNamespace(typeof rootLocation === 'string' ? rootLocation : '').replace(/^\/+/, '');
  const root = stated === '' || stated === '.' ? { path: folder } : readLocation(stated, folder, files);
  if (root.path === undefined)
    return { partitions: [], ...('problem' in root && root.problem && { problem: root.problem }) };
  try {
    const found = await findFiles(files, root.path.replace(/\/+$/, ''), globPattern, signal);
    const fileFormatSettings = formatSettings(exhibitsTraits);
    return {
      partitions: found.paths.sort().map((path) => ({ location: locationFrom(folder, path), fileFormatSettings })),
      ...(found.problem && { problem: found.problem }),
    };
  } catch (error) {
    const failure = problemOfFailure(error);
    if (failure === undefined) throw error;
    const message = withoutSignatures(`The files of the pattern "${called}" cannot be listed. ${failure.message}`);
    return { partitions: [], problem: { ...failure, message } };
  }
};

/** The partitions of an entity of a manifest in a folder: those that it lists, and those that its patterns find. */
export const manifestPartitions = async (
  entity: Json,
  folder: string,
  files: CatalogFiles,
  signal: AbortSignal,
): Promise<ManifestPartitions> => {
  const partitions = list(entity.dataPartitions).map(statedPartition);
  let wrong: CatalogProblem | undefined;
  for (const pattern of list(entity.dataPartitionPatterns)) {
    const found = await matchingPartitions(pattern, folder, files, signal);
    partitions.push(...found.partitions);
    wrong ??= found.problem;
  }
  return { partitions, ...(wrong && { problem: wrong }) };
};
