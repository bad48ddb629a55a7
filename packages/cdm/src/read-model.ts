import type { CatalogProblem } from './catalog.ts';
import type { CatalogFiles, FolderEntry } from './catalog-files.ts';
import { withoutSignatures } from './clean.ts';
import { catalogLimits } from './limits.ts';
import { isObject } from './raw.ts';
import { problemOfFailure } from './store-failure.ts';

type Json = Readonly<Record<string, unknown>>;

/** A metadata file as an object with a list of entities, or why it is none. */
export type ModelFile =
  | { entry: FolderEntry; json: Json; entities: readonly unknown[] }
  | { entry: FolderEntry; json?: Json; problem: CatalogProblem };

const problem = (code: string, message: string, remedy: string): CatalogProblem => ({ code, message, remedy });

const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

const tooLarge = problem(
  'modelTooLarge',
  `The file is longer than ${megabytes(catalogLimits.modelBytes)}.`,
  'Split the entities into several CDM folders.',
);

export const tooLargeTogether = problem(
  'modelsTooLarge',
  `The metadata files before this one have ${megabytes(catalogLimits.allModelBytes)} together; no more is read.`,
  'Choose a folder with less metadata.',
);

/** Where the parser stopped, in words. What it says of the text is left out: a signature may be near. */
const place = (error: unknown, text: string): string => {
  const position = /at position (\d+)/.exec(String(error))?.[1];
  if (position === undefined) return /end of JSON/i.test(String(error)) ? ' It ends too early.' : '';
  const lines = text.slice(0, Number(position)).split('\n');
  return ` Line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}.`;
};

const correct = 'Have its writer write model.json again.';

const parse = (bytes: Uint8Array): { json: Json } | { problem: CatalogProblem } => {
  let text: string;
  try {
    // A byte order mark is dropped.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { problem: problem('notUtf8', 'The file is not text in UTF-8.', correct) };
  }
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json)) return { json };
    return { problem: problem('notCdm', 'The file is JSON, but not an object as in CDM.', correct) };
  } catch (error) {
    return { problem: problem('notJson', `The file is not JSON.${place(error, text)}`, correct) };
  }
};

const judge = (entry: FolderEntry, json: Json): ModelFile => {
  const { version, entities } = json;
  if (version !== '1.0' && version !== 1) {
    const stated = typeof version === 'string' || typeof version === 'number' ? `version ${version}` : 'no version';
    const message = withoutSignatures(`The file has ${stated} of model.json; only version 1.0 can be read.`);
    return { entry, json, problem: problem('versionUnsupported', message, correct) };
  }
  return Array.isArray(entities)
    ? { entry, json, entities }
    : { entry, json, problem: problem('entitiesMissing', 'The file has no list of entities.', correct) };
};

/** Reads one metadata file. */
export const readModel = async (files: CatalogFiles, entry: FolderEntry, signal: AbortSignal): Promise<ModelFile> => {
  if (entry.bytes > catalogLimits.modelBytes) return { entry, problem: tooLarge };
  let bytes: Uint8Array;
  try {
    bytes = await files.read(entry.path, catalogLimits.modelBytes, signal);
  } catch (error) {
    const failure = problemOfFailure(error);
    if (failure === undefined) throw error;
    return { entry, problem: failure };
  }
  const parsed = parse(bytes);
  return 'json' in parsed ? judge(entry, parsed.json) : { entry, problem: parsed.problem };
};
