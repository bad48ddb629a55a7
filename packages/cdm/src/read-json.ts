import type { CatalogProblem } from './catalog.ts';
import type { CatalogFiles } from './catalog-files.ts';
import { withoutSignatures } from './clean.ts';
import { catalogLimits } from './limits.ts';
import { isObject } from './raw.ts';
import { problemOfFailure } from './store-failure.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A problem in words. Whatever it names of the metadata may be a URL, whose signature goes no further. */
export const problem = (code: string, message: string, remedy: string): CatalogProblem => ({
  code,
  message: withoutSignatures(message),
  remedy,
});

export const megabytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

const tooLarge = problem(
  'modelTooLarge',
  `The file is longer than ${megabytes(catalogLimits.modelBytes)}.`,
  'Split the entities into several CDM folders.',
);

/** Where the parser stopped, in words. What it says of the text is left out: a signature may be near. */
const place = (error: unknown, text: string): string => {
  const position = /at position (\d+)/.exec(String(error))?.[1];
  if (position === undefined) return /end of JSON/i.test(String(error)) ? ' It ends too early.' : '';
  const lines = text.slice(0, Number(position)).split('\n');
  return ` Line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}.`;
};

const correct = 'Have its writer write the file again.';

const parse = (bytes: Uint8Array): ReadJson => {
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

/** A file of metadata as an object, or why it is none. */
export type ReadJson = { json: Json } | { problem: CatalogProblem };

/** Reads a file of metadata. Rejects with what `files` rejects with, when that may pass by itself. */
export const readJson = async (
  files: CatalogFiles,
  path: string,
  signal: AbortSignal,
  bytes = 0,
): Promise<ReadJson> => {
  if (bytes > catalogLimits.modelBytes) return { problem: tooLarge };
  try {
    return parse(await files.read(path, catalogLimits.modelBytes, signal));
  } catch (error) {
    const failure = problemOfFailure(error);
    if (failure === undefined) throw error;
    return { problem: failure };
  }
};
