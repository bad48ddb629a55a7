import type { SourceEntry, SourceFiles, StoreContext } from '../../connector.ts';
import { factsOf } from '../facts.ts';
import type { ClientOptions } from '../guarded-http-client.ts';
import { placeOf, type StoragePlace, type StorageTarget } from '../storage-place.ts';
import { fileReader } from '../transfer/read-file.ts';
import { pieceReader } from '../transfer/read-piece.ts';
import { type RequestLimits, storeRequests } from '../transfer/requests.ts';
import { storeError } from '../transfer/store-failure.ts';
import { fileStreamer } from '../transfer/stream-file.ts';
import { locateIn } from './locate.ts';

/** Entries of a listing for each request. Storage gives up to 5,000; a page of Blob's XML would then be longer than what is read of an answer. */
const sourcePageSize = 2_000;

/** How one of the two services lists the children of a folder. */
export type SourceLister = {
  endpoint: string;
  /** One request. `next` leads to the page after it; `isThere` when the page shows that the folder exists. */
  page(
    folder: string,
    options: { size: number; next: string | undefined },
    signal: AbortSignal,
  ): Promise<{ entries: SourceEntry[]; next: string | undefined; isThere: boolean }>;
  /** Whether a folder exists of which no page shows it; absent where a missing folder cannot be listed at all. */
  isFolder?(path: string, signal: AbortSignal): Promise<boolean>;
};

export type OpenLister = (place: StoragePlace, options: ClientOptions) => SourceLister;

/** An ETag as a header takes it: listings leave its quotes out. */
export const quotedEtag = (etag: string | undefined): string => {
  if (etag === undefined || etag === '') return '';
  return /^(?:W\/)?"/.test(etag) ? etag : `"${etag}"`;
};

/** The last part of a path. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Tests have smaller pages and pieces. */
export type SourceLimits = RequestLimits & { pageSize?: number; pieceBytes?: number };

/** Opens a place of Azure Storage for reading over one of its services. */
export const openStorageSource =
  (openLister: OpenLister, { pageSize = sourcePageSize, pieceBytes, ...limits }: SourceLimits = {}) =>
  (target: StorageTarget, context: StoreContext): SourceFiles => {
    const place = placeOf(target, context);
    const requests = storeRequests(place, context, limits);
    const lister = openLister(place, requests.http.options);

    async function* list(folder: string, signal: AbortSignal): AsyncIterable<SourceEntry> {
      const request = {
        endpoint: lister.endpoint,
        path: folder,
        missing: 'folderMissing',
        needs: ['list'],
      } as const;
      let next: string | undefined;
      let isThere = folder === '';
      // A folder may be listed by its mark and by what is in it, pages apart.
      const folders = new Set<string>();
      do {
        const options = { size: pageSize, next };
        const page = await requests.send(request, signal, (ending) => lister.page(folder, options, ending));
        isThere ||= page.isThere;
        for (const entry of page.entries) {
          if (entry.isFolder && folders.size === folders.add(entry.path).size) continue;
          yield entry;
        }
        next = page.next;
      } while (next !== undefined);
      if (isThere || lister.isFolder === undefined) return;
      const isFolder = lister.isFolder;
      if (await requests.send(request, signal, (ending) => isFolder(folder, ending))) return;
      throw storeError('folderMissing', { ...factsOf(place, lister.endpoint), path: folder });
    }

    const readPiece = pieceReader(place, requests);
    return {
      list,
      read: fileReader(readPiece, pieceBytes),
      stream: fileStreamer(readPiece, pieceBytes),
      locate: locateIn(place),
      close: requests.close,
    };
  };
