import { type BlobItem, type BlobPrefix, BlobServiceClient } from '@azure/storage-blob';
import type { SourceEntry } from '../connector.ts';
import { isMissingPath } from '../shared-azure-storage/answers.ts';
import { isFolderMark } from '../shared-azure-storage/folder-mark.ts';
import { nameOf, type OpenLister, quotedEtag } from '../shared-azure-storage/source/open-source.ts';

const folderEntry = (path: string): SourceEntry => ({
  name: nameOf(path),
  path,
  isFolder: true,
  bytes: 0,
  etag: '',
  modifiedAt: '',
});

const fileEntry = ({ name, properties }: BlobItem): SourceEntry => ({
  name: nameOf(name),
  path: name,
  isFolder: false,
  bytes: properties.contentLength ?? 0,
  etag: quotedEtag(properties.etag),
  modifiedAt: properties.lastModified.toISOString(),
});

/** Listings over the Blob endpoint: a folder is what names have in common up to a slash. */
export const openBlobLister: OpenLister = (place, options) => {
  const service = new BlobServiceClient(`${place.endpoints.blob}${place.query}`, place.credential, options);
  const container = service.getContainerClient(place.container);
  return {
    endpoint: place.endpoints.blob,
    async page(folder, { size, next }, abortSignal) {
      const prefix = folder === '' ? '' : `${folder}/`;
      const pages = container
        .listBlobsByHierarchy('/', { prefix, includeMetadata: true, abortSignal })
        .byPage({ maxPageSize: size, continuationToken: next });
      const { value } = await pages.next();
      const items: BlobItem[] = value?.segment.blobItems ?? [];
      const prefixes: BlobPrefix[] = value?.segment.blobPrefixes ?? [];
      const folders = prefixes.map(({ name }) => folderEntry(name.replace(/\/$/, '')));
      // A folder with something in it is among the prefixes; one without is there by its mark alone.
      const marked = items.filter(({ metadata }) => isFolderMark(metadata)).map(({ name }) => folderEntry(name));
      const found = items.filter(({ name, metadata }) => name !== prefix && !isFolderMark(metadata)).map(fileEntry);
      return {
        entries: [...folders, ...marked, ...found],
        next: value?.continuationToken || undefined,
        isThere: items.length + prefixes.length > 0,
      };
    },
    async isFolder(path, abortSignal) {
      try {
        return isFolderMark((await container.getBlobClient(path).getProperties({ abortSignal })).metadata);
      } catch (error) {
        if (isMissingPath(error)) return false;
        throw error;
      }
    },
  };
};
