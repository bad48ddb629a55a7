import { DataLakeServiceClient } from '@azure/storage-file-datalake';
import { isMissingPath } from './answers.ts';
import { readAtMost } from './bounded-body.ts';
import type { OpenFiles } from './storage-files.ts';

/** Only a file that is not there yet is written. */
const isNew = { ifNoneMatch: '*' };

/** Files over the Data Lake endpoint, with real folders. Reading goes to the Blob endpoint, as the SDK does it. */
export const openLakeFiles: OpenFiles = (place, options) => {
  const service = new DataLakeServiceClient(`${place.endpoints.dfs}${place.query}`, place.credential, options);
  const files = service.getFileSystemClient(place.container);
  return {
    hasRealFolders: true,
    endpoint: place.endpoints.dfs,
    async look(path, abortSignal) {
      try {
        const { isDirectory } = await files.getDirectoryClient(path).getSystemProperties({ abortSignal });
        return isDirectory === true ? 'directory' : 'file';
      } catch (error) {
        if (isMissingPath(error)) return 'none';
        throw error;
      }
    },
    async makeFolder(path, abortSignal) {
      await files.getDirectoryClient(path).createIfNotExists({ abortSignal });
    },
    async write(path, content, abortSignal) {
      const file = files.getFileClient(path);
      await file.create({ abortSignal, conditions: isNew });
      await file.append(content, 0, content.length, { abortSignal, flush: true });
    },
    async read(path, maxBytes, abortSignal) {
      const { readableStreamBody } = await files.getFileClient(path).read(0, undefined, { abortSignal });
      return readableStreamBody === undefined ? Buffer.alloc(0) : readAtMost(readableStreamBody, maxBytes);
    },
    async removeFile(path, abortSignal) {
      await files.getFileClient(path).delete(false, { abortSignal });
    },
    async removeFolder(path, abortSignal) {
      await files.getDirectoryClient(path).delete(false, { abortSignal });
    },
  };
};
