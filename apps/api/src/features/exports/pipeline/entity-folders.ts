import { createHash } from 'node:crypto';

/** Bytes of a folder's name: file systems take 255 for a file, whose name has the folder's in it and a number and an ending behind it. */
const longestName = 120;

/** What a path, a URL, a file system or a pattern of names reads as something else. */
const unsafe = /[\p{C}\p{Zl}\p{Zp}\\/:*?"<>|#%[\]{}=]+/gu;

/** Names that are hidden from readers of a lake, or end in what Windows drops. */
const hiddenOrDropped = /^[\s._]+|[\s.]+$/gu;

/** Names of devices, which Windows takes for no file, and of what lies beside the folders. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d|model\.json)(\.|$)/i;

/** The beginning of a text that has at most so many bytes. */
const cut = (text: string, maxBytes: number): string => {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    end += character.length;
  }
  return text.slice(0, end).replace(hiddenOrDropped, '');
};

/** Names with the same key are one folder where the case of letters does not matter. */
const keyOf = (name: string): string => name.normalize('NFKC').toLowerCase();

/** Tells names apart that would be one folder; the same for the same entity in every run. */
const mark = ({ id, name }: { id: string; name: string }): string =>
  createHash('sha256').update(`${id}\0${name}`).digest('hex').slice(0, 8);

/**
 * What the folders of an export's entities are called: by the entity's name where that is a good name for a folder, else by what is left of
 * it and a mark. No two are the same.
 */
export const entityFolders = (entities: readonly { id: string; name: string }[]): string[] => {
  const taken = new Set<string>();
  return entities.map((entity) => {
    const name = entity.name.normalize('NFC');
    const safe = cut(name.replace(unsafe, '_').replace(hiddenOrDropped, ''), longestName) || 'entity';
    const isPlain = safe === name && !reserved.test(safe) && !taken.has(keyOf(safe));
    const suffix = `-${mark(entity)}`;
    const folder = isPlain ? safe : `${cut(safe, longestName - suffix.length)}${suffix}`;
    taken.add(keyOf(folder));
    return folder;
  });
};
