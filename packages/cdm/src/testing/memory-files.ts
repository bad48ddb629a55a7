import type { CatalogFiles, FolderEntry } from '../catalog-files.ts';

/** Files by their path; text, or a number of bytes that nobody reads. */
export type Memory = Record<string, string | Uint8Array | number>;

export type MemoryFiles = CatalogFiles & {
  /** What was asked, as `list folder` and `read path`. */
  asked: string[];
  /** The most that was under way at a time. */
  busiest(): number;
};

type Options = {
  /** Errors by what is asked. */
  failures?: Record<string, Error>;
  /** Of the container; locations below it are here. */
  url?: string;
};

const modifiedAt = '2026-03-04T05:06:07Z';

const sizeOf = (content: Memory[string]): number =>
  typeof content === 'number' ? content : new TextEncoder().encode(String(content)).length;

const entryOf = (path: string, content: Memory[string] | undefined): FolderEntry => ({
  name: path.split('/').at(-1) ?? '',
  path,
  isFolder: content === undefined,
  bytes: content === undefined ? 0 : content instanceof Uint8Array ? content.length : sizeOf(content),
  etag: content === undefined ? '' : `"${path}"`,
  modifiedAt,
});

/** What a store rejects with for good. */
export const refusal = (code: string, message: string): Error =>
  Object.assign(new Error(message), { code, isTransient: false });

/** A store of one container, in memory. */
export const memoryFiles = (
  memory: Memory,
  { failures = {}, url = 'https://lake.example/files' }: Options = {},
): MemoryFiles => {
  const asked: string[] = [];
  let busy = 0;
  let busiest = 0;
  const ask = async (what: string): Promise<void> => {
    asked.push(what);
    busy += 1;
    busiest = Math.max(busiest, busy);
    // Others come in between, as they would while a store is asked.
    await new Promise((resolve) => setImmediate(resolve));
    busy -= 1;
    const failure = failures[what];
    if (failure !== undefined) throw failure;
  };
  return {
    asked,
    busiest: () => busiest,
    async *list(folder, signal) {
      signal.throwIfAborted();
      await ask(`list ${folder}`);
      const prefix = folder === '' ? '' : `${folder}/`;
      const below = Object.keys(memory).filter((path) => path.startsWith(prefix));
      if (below.length === 0 && folder !== '') throw refusal('folderMissing', `There is no folder ${folder}.`);
      const names = new Set(below.map((path) => path.slice(prefix.length).split('/')[0] ?? ''));
      for (const name of names) yield entryOf(`${prefix}${name}`, memory[`${prefix}${name}`]);
    },
    async read(path, maxBytes, signal) {
      signal.throwIfAborted();
      await ask(`read ${path}`);
      const content = memory[path];
      if (content === undefined || typeof content === 'number')
        throw refusal('fileMissing', `There is no file ${path}.`);
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
      if (bytes.length > maxBytes) throw refusal('fileTooLarge', `${path} is too long.`);
      return bytes;
    },
    locate(location) {
      if (!location.startsWith(`${url}/`)) return { elsewhere: 'another account (other)' };
      try {
        return { path: decodeURIComponent(location.slice(url.length + 1)) };
      } catch {
        return { elsewhere: 'no container' };
      }
    },
  };
};
