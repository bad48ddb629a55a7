import type { CatalogProblem } from './catalog.ts';
import type { CatalogFiles, FolderEntry } from './catalog-files.ts';
import { inParallel } from './in-parallel.ts';
import { catalogLimits } from './limits.ts';
import { problemOfFailure } from './store-failure.ts';

const modelFile = 'model.json';

type Looked = { model?: FolderEntry; folders: string[]; problem?: CatalogProblem };

/** What one folder has for the search: a model.json, or else the folders to search in next. */
const lookInto = async (files: CatalogFiles, folder: string, signal: AbortSignal): Promise<Looked> => {
  const folders: string[] = [];
  let seen = 0;
  for await (const entry of files.list(folder, signal)) {
    if (entry.name === modelFile && !entry.isFolder) return { model: entry, folders: [] };
    if (entry.isFolder) folders.push(entry.path);
    seen += 1;
    if (seen < catalogLimits.filesPerFolder) continue;
    const message = `The folder "${folder}" has so many files that only the first ${catalogLimits.filesPerFolder} were looked at.`;
    return {
      folders,
      problem: { code: 'folderTooLarge', message, remedy: 'Choose the folder of the metadata itself.' },
    };
  }
  return { folders };
};

const notLookedInto = (folder: string, error: unknown): Looked => {
  const failure = problemOfFailure(error);
  if (failure === undefined) throw error;
  const problem = { ...failure, message: `The folder "${folder}" could not be looked into. ${failure.message}` };
  return { folders: [], problem };
};

const tooManyFolders: CatalogProblem = {
  code: 'tooManyFolders',
  message: `There are more than ${catalogLimits.folders} folders; metadata was looked for in the first ${catalogLimits.folders}.`,
  remedy: 'Choose a folder nearer to the metadata.',
};

/**
 * Every model.json in a folder and, breadth first, in the folders below; a folder that has one is not searched further. In the order of
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
    models.push(...looked.flatMap(({ model }) => model ?? []));
    problem ??= looked.find((one) => one.problem !== undefined)?.problem;
    level = looked.flatMap(({ folders }) => folders).sort();
  }
  models.sort((one, other) => (one.path < other.path ? -1 : 1));
  return { models, problem };
};
