import { DataLakeServiceClient, type Path } from '@azure/storage-file-datalake';
import type { SourceEntry } from '../../connector.ts';
import { nameOf, type OpenLister, quotedEtag } from './open-source.ts';

const entryOf = ({ name = '', isDirectory, contentLength, etag, lastModified }: Path): SourceEntry => ({
  name: nameOf(name),
  path: name,
  isFolder: isDirectory === true,
  bytes: Number(contentLength ?? 0),
  etag: quotedEtag(etag),
  modifiedAt: lastModified?.toISOString() ?? '',
});

/** Listings over the Data Lake endpoint, which knows folders and says so when there is none. */
export const openLakeLister: OpenLister = (place, options) => {
  const service = new DataLakeServiceClient(`${place.endpoints.dfs}${place.query}`, place.credential, options);
  const files = service.getFileSystemClient(place.container);
  return {
    endpoint: place.endpoints.dfs,
    async page(folder, { size, next }, abortSignal) {
      const path = folder === '' ? undefined : folder;
      const pages = files
        .listPaths({ path, recursive: false, abortSignal })
        .byPage({ maxPageSize: size, continuationToken: next });
      const { value } = await pages.next();
      return { entries: (value?.pathItems ?? []).map(entryOf), next: value?.continuation || undefined, isThere: true };
    },
  };
};
