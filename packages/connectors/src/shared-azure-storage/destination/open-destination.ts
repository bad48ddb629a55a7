import { type FileDestination, type StoreContext, StoreError } from '../../connector.ts';
import { innerFolder, innerPath } from '../../shared-files/inner-path.ts';
import { placeOf, type StoragePlace, type StorageTarget } from '../storage-place.ts';
import { fileReader } from '../transfer/read-file.ts';
import { pieceReader } from '../transfer/read-piece.ts';
import { type RequestLimits, type StoreRequests, storeRequests } from '../transfer/requests.ts';
import { isOwnName, newNameBeside } from './own-names.ts';
import { filePutter } from './put-file.ts';

/** Entries of a listing for each request; a page of Blob's XML would be too long with more. */
const destinationPageSize = 2_000;

/** For leaving nothing behind after a failure. */
const cleanUpMs = 2_000;

/** What the two services do each in its own way, with paths from the top of the container and otherwise as a `FileDestination` does it. */
export type StorageTree = Pick<
  FileDestination,
  'movesFoldersAtOnce' | 'moveFile' | 'moveFolder' | 'list' | 'exists' | 'removeFile' | 'removeFolder'
> & {
  /** Of the service by which people know a path. */
  endpoint: string;
};

export type OpenTree = (place: StoragePlace, requests: StoreRequests, pageSize: number) => StorageTree;

/** Tests have smaller pages and blocks. */
export type DestinationLimits = RequestLimits & { pageSize?: number; blockBytes?: number };

const hasCode = (error: unknown, code: string): boolean => error instanceof StoreError && error.code === code;

/** Opens a place of Azure Storage for exports over one of its services. */
export const openStorageDestination =
  (openTree: OpenTree, { pageSize = destinationPageSize, blockBytes, ...limits }: DestinationLimits = {}) =>
  (target: StorageTarget, context: StoreContext): FileDestination => {
    const place = placeOf(target, context);
    const requests = storeRequests(place, context, limits);
    const tree = openTree(place, requests, pageSize);
    const putFile = filePutter(place, requests, blockBytes);
    const readFile = fileReader(pieceReader(place, requests));

    const top = place.folder === '' ? '' : `${place.folder}/`;
    const fileAt = (path: string): string => `${top}${innerPath(path)}`;
    const folderAt = (path: string): string => (innerFolder(path) === '' ? place.folder : `${top}${path}`);

    return {
      takes: 'files',
      movesFoldersAtOnce: tree.movesFoldersAtOnce,
      locationOf: (path) =>
        [tree.endpoint, place.container, ...folderAt(path).split('/').map(encodeURIComponent)].join('/'),
      async put(path, content, signal, onBytes) {
        const name = fileAt(path);
        try {
          await putFile(name, content, signal, onBytes);
        } catch (error) {
          if (!hasCode(error, 'blocksRefused')) throw error;
          // What is there was written over the other protocol. A file beside it can take its place, in one step as well.
          const beside = newNameBeside(name);
          await putFile(beside, content, signal, onBytes);
          try {
            await tree.moveFile(beside, name, { replaces: true }, signal);
          } catch (failure) {
            await tree.removeFile(beside, AbortSignal.timeout(cleanUpMs)).catch(() => undefined);
            throw failure;
          }
        }
      },
      async read(path, maxBytes, signal) {
        try {
          return await readFile(fileAt(path), maxBytes, signal);
        } catch (error) {
          if (hasCode(error, 'fileMissing')) return undefined;
          throw error;
        }
      },
      moveFile: async (from, to, options, signal) => tree.moveFile(fileAt(from), fileAt(to), options, signal),
      moveFolder: async (from, to, signal) => tree.moveFolder(fileAt(from), fileAt(to), signal),
      async *list(folder, signal) {
        for await (const entry of tree.list(folderAt(folder), signal)) {
          if (!isOwnName(entry.path)) yield { ...entry, path: entry.path.slice(top.length) };
        }
      },
      exists: async (path, signal) => tree.exists(folderAt(path), signal),
      removeFile: async (path, signal) => tree.removeFile(fileAt(path), signal),
      removeFolder: async (path, signal) => tree.removeFolder(fileAt(path), signal),
      close: requests.close,
    };
  };
