import type { CatalogProblem } from './catalog.ts';
import type { CatalogFiles, FolderEntry } from './catalog-files.ts';
import { catalogLimits } from './limits.ts';
import { type Json, megabytes, problem, readJson } from './read-json.ts';

/** A metadata file as an object with a list of entities, or why it is none. */
export type ModelFile =
  | {
      entry: FolderEntry;
      json: Json;
      entities: readonly unknown[];
      /** What is wrong with entities beyond what can be seen in them, by their names. */
      problems?: ReadonlyMap<string, CatalogProblem>;
    }
  | { entry: FolderEntry; json?: Json; problem: CatalogProblem };

export const tooLargeTogether = problem(
  'modelsTooLarge',
  `The metadata files before this one have ${megabytes(catalogLimits.allModelBytes)} together; no more is read.`,
  'Choose a folder with less metadata.',
);

const correct = 'Have its writer write model.json again.';

const judge = (entry: FolderEntry, json: Json): ModelFile => {
  const { version, entities } = json;
  if (version !== '1.0' && version !== 1) {
    const stated = typeof version === 'string' || typeof version === 'number' ? `version ${version}` : 'no version';
    const message = `The file has ${stated} of model.json; only version 1.0 can be read.`;
    return { entry, json, problem: problem('versionUnsupported', message, correct) };
  }
  return Array.isArray(entities)
    ? { entry, json, entities }
    : { entry, json, problem: problem('entitiesMissing', 'The file has no list of entities.', correct) };
};

/** Reads one model.json. */
export const readModel = async (files: CatalogFiles, entry: FolderEntry, signal: AbortSignal): Promise<ModelFile> => {
  const read = await readJson(files, entry.path, signal, entry.bytes);
  return 'json' in read ? judge(entry, read.json) : { entry, problem: read.problem };
};
