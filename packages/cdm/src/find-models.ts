import type { CatalogProblem } from './catalog.ts';
import type { CatalogFiles, FolderEntry } from './catalog-files.ts';
import { inParallel } from './in-parallel.ts';
import { catalogLimits } from './limits.ts';
import { problemOfFailure } from './store-failure.ts';

const modelFile = 'model.json';
const defaultManifest = 'default.manifest.cdm.json';

/** Whether a file is a manifest, which later versions of CDM have in the place of a model.json. */
export const isManifest = ({ name }: FolderEntry): boolean => /(?:^|\.)manifest\.cdm\.json$/i.test(name);

type Looked = { models: FolderEntry[]; folders: string[]; problem?: CatalogProblem };

/** Where there is a default manifest, it leads to the others. */
const entrances = (manifests: readonly FolderEntry[]): FolderEntry[] => {
  const first = manifests.find(({ name }) => name.toLowerCase() === defaultManifest);
  return first === undefined ? [...manifests] : [first];
};

/** What one folder has for the search: a model.json, or else manifests, or else the folders to search in next. */
const lookInto = async (files: CatalogFiles, folder: string, signal: AbortSignal): Promise<Looked> => {
  const folders: string[] = [];
  const manifests: FolderEntry[] = [];
  let seen = 0;
  for await (const entry of files.list(folder, signal)) {
    // Writers of both say the same in both.
    if (entry.name === modelFile && !entry.isFolder) return { models: [entry], folders: [] };
    if (entry.isFolder) folders.push(entry.path);
    else if (isManifest(entry)) manifests.push(entry);
    seen += 1;
    if (seen < catalogLimits.filesPerFolder) continue;
    const message = `The folder "${folder}" has so many files that only the first ${catalogLimits.filesPerFolder} were looked at.`;
    return {
      models: entrances(manifests),
      folders,
      problem: { code: 'folderTooLarge', message, remedy: 'Choose the folder of the metadata itself.' },
    };
  }
  return manifests.length > 0 ? { models: entrances(manifests), folders: [] } : { models: [], folders };
};

const notLookedInto = (folder: string, error: unknown): Looked => {
  const failure = problemOfFailure(error);
  if (failure === undefined) throw error;
  const problem = { ...failure, message: `The folder "${folder}" could not be looked into. ${failure.message}` };
  return { models: [], folders: [], problem };
};

const tooManyFolders: CatalogProblem = {
  code: 'tooManyFolders',
  message: `There are more than ${catalogLimits.folders} folders; metadata was looked for in the first ${catalogLimits.folders}.`,
  remedy: 'Choose a folder nearer to the metadata.',
};

/**
 * Every model.json or manifest in a folder and, breadth first, in the folders below; a folder that has one is not searched further. In the order of
 * their paths. Rejects when the folder itself cannot be listed; what went wrong below is a problem.
 */
export const findModels = async (
  files: CatalogFiles,
  root: string,
  signal: AbortSignal,
): Promise<{ models: FolderEntry[]; problem?: CatalogProblem }> => {
  const models: FolderEntry[] = [];
  let problem: CatalogProblem | undefined;
  let level = [root];
  let listed = 0;
  for (let depth = 0; depth <= catalogLimits.depth && level.length > 0; depth += 1) {
    const left = catalogLimits.folders - listed;
    if (level.length > left) problem ??= tooManyFolders;
    level = level.slice(0, left);
    listed += level.length;
    const looked = await inParallel(level, signal, (folder, ending) => {
      const found = lookInto(files, folder, ending);
      return depth === 0 ? found : found.catch((error: unknown) => notLookedInto(folder, error));
    });
    models.push(...looked.flatMap((one) => one.models));
    problem ??= looked.find((one) => one.problem !== undefined)?.problem;
    level = looked.flatMap(({ folders }) => folders).sort();
  }
  models.sort((one, other) => (one.path < other.path ? -1 : 1));
  return { models, problem };
};
