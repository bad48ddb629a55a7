import type { Catalog, CatalogProblem } from './catalog.ts';
import type { CatalogFiles, FolderEntry } from './catalog-files.ts';
import { findModels, isManifest } from './find-models.ts';
import { inParallel } from './in-parallel.ts';
import { catalogLimits } from './limits.ts';
import { withFiles } from './look-up-files.ts';
import { readEntities } from './read-entities.ts';
import { readManifest } from './read-manifest.ts';
import { type ModelFile, readModel, tooLargeTogether } from './read-model.ts';

const noMetadata = (folder: string): CatalogProblem => ({
  code: 'noMetadata',
  message: `There is no model.json and no manifest in ${folder === '' ? 'the container' : `"${folder}"`} or in the folders below it, ${catalogLimits.depth} levels deep.`,
  remedy:
    'Choose the folder that has a model.json or a default.manifest.cdm.json, or the one above several such folders.',
});

const tooManyEntities: CatalogProblem = {
  code: 'tooManyEntities',
  message: `There are more than ${catalogLimits.entities} entities; the rest is left out.`,
  remedy: 'Choose a folder with less metadata.',
};

/** The models that are read: those whose sizes, in order, stay within what all may have. */
const readModels = (files: CatalogFiles, models: readonly FolderEntry[], signal: AbortSignal): Promise<ModelFile[]> => {
  let total = 0;
  const affordable = models.map((entry) => {
    // One that is too large by itself is not read either, and costs nothing.
    const bytes = entry.bytes > catalogLimits.modelBytes ? 0 : entry.bytes;
    const isAffordable = total + bytes <= catalogLimits.allModelBytes;
    if (isAffordable) total += bytes;
    return { entry, isAffordable };
  });
  const read = inParallel(affordable, signal, async ({ entry, isAffordable }, ending): Promise<ModelFile[]> => {
    if (!isAffordable) return [{ entry, problem: tooLargeTogether }];
    return isManifest(entry) ? readManifest(files, entry, ending) : [await readModel(files, entry, ending)];
  });
  return read.then((one) => one.flat());
};

/**
 * Reads what the metadata below a folder says: every model.json and every manifest found there, its entities, their columns and partitions. Nothing is asked
 * of the partitions' files; `withFiles` does that. What is wrong with the metadata is a problem of the part that it spoils.
 * @param folder inside the container, '' for the container itself.
 * @throws what `files` rejects with, when the folder cannot be listed or the failure may pass by itself.
 */
export const readMetadata = async (files: CatalogFiles, folder: string, signal: AbortSignal): Promise<Catalog> => {
  const found = await findModels(files, folder, signal);
  if (found.models.length === 0) return { models: [], entities: [], problem: found.problem ?? noMetadata(folder) };
  const modelFiles = await readModels(files, found.models, signal);
  const read = await inParallel(modelFiles, signal, (file, ending) => readEntities(file, folder, files, ending));
  let left: number = catalogLimits.entities;
  const kept = read.map(({ model, entities }) => {
    const some = entities.slice(0, left);
    left -= some.length;
    return { model: { ...model, entities: some.length }, entities: some, isCut: some.length < entities.length };
  });
  const problem = found.problem ?? (kept.some(({ isCut }) => isCut) ? tooManyEntities : undefined);
  return {
    models: kept.map(({ model }) => model),
    entities: kept.flatMap(({ entities }) => entities),
    ...(problem !== undefined && { problem }),
  };
};

/**
 * The same, and for each partition what the store says of its file.
 * @throws like `readMetadata`.
 */
export const readCatalog = async (files: CatalogFiles, folder: string, signal: AbortSignal): Promise<Catalog> => {
  const catalog = await readMetadata(files, folder, signal);
  return { ...catalog, entities: await withFiles(files, catalog.entities, signal) };
};
