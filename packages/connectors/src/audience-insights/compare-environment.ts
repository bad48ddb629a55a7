import type { CatalogModel } from '@junction/cdm';

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/** The ID that a folder is named after; undefined when its name has none. */
const idInFolder = (folder: string): string | undefined => folder.toLowerCase().match(new RegExp(guid, 'g'))?.at(-1);

/** The environments whose folders a text names. */
const idsIn = (text: string): string[] =>
  [...text.toLowerCase().matchAll(new RegExp(`ci_(${guid})`, 'g'))].flatMap(([, id]) => id ?? []);

export type Compared =
  | { code: 'environmentMatches' | 'environmentUnknown' }
  | { code: 'environmentMismatch' | 'metadataOfOtherEnvironment'; otherId: string };

/** Whether folder and metadata are of this environment, as far as they say. The folder's name counts first. */
export const compareEnvironment = (
  environmentId: string,
  folder: string,
  { models, locations }: { models: readonly CatalogModel[]; locations: Iterable<string> },
): Compared => {
  const ofFolder = idInFolder(folder);
  if (ofFolder !== undefined && ofFolder !== environmentId) return { code: 'environmentMismatch', otherId: ofFolder };
  const stated = models.map(({ name = '', unknown }) => `${name} ${JSON.stringify(unknown)}`);
  if (ofFolder !== undefined || stated.some((text) => text.toLowerCase().includes(environmentId)))
    return { code: 'environmentMatches' };
  const named = new Set<string>();
  for (const text of [...stated, ...locations]) for (const id of idsIn(text)) named.add(id);
  if (named.has(environmentId)) return { code: 'environmentMatches' };
  const [otherId] = named;
  return otherId === undefined ? { code: 'environmentUnknown' } : { code: 'metadataOfOtherEnvironment', otherId };
};
