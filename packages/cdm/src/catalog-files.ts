/** A file or a folder in a listing. */
export type FolderEntry = {
  name: string;
  path: string;
  isFolder: boolean;
  bytes: number;
  etag: string;
  modifiedAt: string;
};

/**
 * What the reader needs of a store. Paths are inside one container, '/'-separated, without a leading slash; '' is the container itself.
 *
 * What these reject with ends the reading, unless it is an error with `isTransient: false`, a `code` and a `message`: that one spoils
 * only the part of the catalog that the file or folder is needed for.
 */
export type CatalogFiles = {
  /** Direct children. Rejects with the code `folderMissing` when there is no such folder. */
  list(folder: string, signal: AbortSignal): AsyncIterable<FolderEntry>;
  /** A whole file; rejects when it is longer than that. */
  read(path: string, maxBytes: number, signal: AbortSignal): Promise<Uint8Array>;
  /** Where an absolute location of the metadata lies in this container; or why it is not here. */
  locate(url: string): { path: string } | { elsewhere: string };
};
