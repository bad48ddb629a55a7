import type { CatalogProblem } from './catalog.ts';
import type { CatalogFiles, FolderEntry } from './catalog-files.ts';
import { inParallel } from './in-parallel.ts';
import { catalogLimits } from './limits.ts';
import { manifestColumns } from './manifest-columns.ts';
import { manifestPartitions, withoutNamespace } from './manifest-partitions.ts';
import { isObject } from './raw.ts';
import { type Json, problem, readJson } from './read-json.ts';
import { readLocation } from './read-location.ts';
import type { ModelFile } from './read-model.ts';

const folderOf = (path: string): string => path.split('/').slice(0, -1).join('/');

const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** A place of the corpus, such as `cdm:/core/…`, that no file of this store is. */
const isElsewhere = (path: string): boolean => /^[a-z][a-z0-9+.-]*:(?!\/\/)/i.test(path);

const definitionMissing = (path: string, why: string): CatalogProblem =>
  problem(
    'definitionUnreadable',
    `The definition of the entity, "${path}", cannot be read. ${why}`,
    'Have the writer of the manifest put the definition beside it.',
  );

/** What a manifest refers to, as a path of the container. */
const resolve = (stated: string, folder: string, files: CatalogFiles): { path: string } | { why: string } => {
  const place = withoutNamespace(stated);
  if (place === '') return { why: 'The manifest does not say where it is.' };
  if (isElsewhere(place)) return { why: 'It is not in this store.' };
  const { path, problem: wrong } = readLocation(place.replace(/^\/+/, ''), folder, files);
  return path === undefined ? { why: wrong?.message ?? '' } : { path };
};

/** A definition by the path that a manifest has for it: `Account.cdm.json/Account`. */
const readDefinition = async (
  stated: string,
  folder: string,
  files: CatalogFiles,
  signal: AbortSignal,
): Promise<{ definition: Json } | { problem: CatalogProblem }> => {
  const end = stated.lastIndexOf('/');
  const [document, name] = [stated.slice(0, Math.max(end, 0)), stated.slice(end + 1)];
  const place = resolve(document, folder, files);
  if ('why' in place) return { problem: definitionMissing(stated, place.why) };
  const read = await readJson(files, place.path, signal);
  if ('problem' in read) return { problem: definitionMissing(place.path, read.problem.message) };
  const definitions = Array.isArray(read.json.definitions) ? read.json.definitions : [];
  const found = definitions.find((one) => isObject(one) && one.entityName === name);
  return isObject(found)
    ? { definition: found }
    : { problem: definitionMissing(place.path, `There is no entity "${name}" in it.`) };
};

/** Something that is no list may stand for partitions, so the entity is not taken for one without rows. */
const isUnlisted = (value: unknown): boolean => value !== undefined && value !== null && !Array.isArray(value);

type Read = { entity: Json; problem?: CatalogProblem };

/** An entity of a manifest as a model.json would have it. */
const readOne = async (raw: unknown, folder: string, files: CatalogFiles, signal: AbortSignal): Promise<Read> => {
  if (!isObject(raw)) return { entity: {} };
  const { entityName, entityPath, entitySchema, explanation, type, $type } = raw;
  const name = textOf(entityName);
  const path = textOf(entityPath) || textOf(entitySchema);
  if (/reference/i.test(textOf(type) || textOf($type)))
    return { entity: { $type: 'ReferenceEntity', name, source: name, modelId: path } };
  const read = await readDefinition(path, folder, files, signal);
  const columns = 'problem' in read ? read : manifestColumns(read.definition);
  const found = await manifestPartitions(raw, folder, files, signal);
  const described = 'definition' in read ? read.definition.description : undefined;
  const wrong = 'problem' in columns ? columns.problem : found.problem;
  return {
    entity: {
      $type: 'LocalEntity',
      name,
      description: textOf(explanation) || described,
      attributes: 'attributes' in columns ? columns.attributes : [],
      partitions: isUnlisted(raw.dataPartitions) ? raw.dataPartitions : found.partitions,
    },
    ...(wrong && { problem: wrong }),
  };
};

const entitiesMissing = problem(
  'entitiesMissing',
  'The manifest has no list of entities.',
  'Have its writer write the manifest again.',
);

const tooManyManifests = problem(
  'tooManyManifests',
  `One manifest leads to more than ${catalogLimits.manifests} others; this one and those after it are not read.`,
  'Choose the folder of one of them.',
);

/** One manifest, and the paths of those that it leads to. */
const readAlone = async (
  files: CatalogFiles,
  entry: FolderEntry,
  signal: AbortSignal,
): Promise<{ file: ModelFile; further: string[] }> => {
  const read = await readJson(files, entry.path, signal, entry.bytes);
  if ('problem' in read) return { file: { entry, problem: read.problem }, further: [] };
  const folder = folderOf(entry.path);
  const { manifestName, lastFileModifiedTime, entities, subManifests } = read.json;
  const json = { ...read.json, name: manifestName, modifiedTime: lastFileModifiedTime };
  const further = (Array.isArray(subManifests) ? subManifests : []).flatMap((one) => {
    const place = isObject(one) ? resolve(textOf(one.definition), folder, files) : undefined;
    return place !== undefined && 'path' in place ? [place.path] : [];
  });
  if (!Array.isArray(entities))
    return {
      file: further.length > 0 ? { entry, json, entities: [] } : { entry, json, problem: entitiesMissing },
      further,
    };
  const some = entities.slice(0, catalogLimits.entities + 1);
  const all = await inParallel(some, signal, (one, ending) => readOne(one, folder, files, ending));
  const problems = new Map(
    all.flatMap((one) => (one.problem ? [[textOf(one.entity.name), one.problem] as const] : [])),
  );
  return { file: { entry, json, entities: all.map(({ entity }) => entity), problems }, further };
};

/**
 * Reads a manifest (https://learn.microsoft.com/common-data-model/sdk/manifest), the definitions of its entities and the manifests that it
 * leads to, each once, as if each were a model.json.
 */
export const readManifest = async (
  files: CatalogFiles,
  entry: FolderEntry,
  signal: AbortSignal,
): Promise<ModelFile[]> => {
  const read: ModelFile[] = [];
  const seen = new Set([entry.path]);
  const waiting = [entry];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { file, further } = await readAlone(files, next, signal);
    read.push(file);
    for (const path of further) {
      if (seen.has(path)) continue;
      const one = { ...entry, name: path.split('/').at(-1) ?? '', path, bytes: 0 };
      if (seen.size >= catalogLimits.manifests) return [...read, { entry: one, problem: tooManyManifests }];
      seen.add(path);
      waiting.push(one);
    }
  }
  return read;
};
