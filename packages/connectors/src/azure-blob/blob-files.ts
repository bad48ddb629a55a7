import { BlobServiceClient } from '@azure/storage-blob';
import { isMissingPath } from '../shared-azure-storage/answers.ts';
import { readAtMost } from '../shared-azure-storage/bounded-body.ts';
import { isFolderMark } from '../shared-azure-storage/folder-mark.ts';
import type { OpenFiles } from '../shared-azure-storage/storage-files.ts';

/** Only a blob that is not there yet is written. */
const isNew = { ifNoneMatch: '*' };

/** Files over the Blob endpoint. A folder is the first part of a name, unless the account has a hierarchical namespace. */
export const openBlobFiles: OpenFiles = (place, options) => {
  const service = new BlobServiceClient(`${place.endpoints.blob}${place.query}`, place.credential, options);
  const container = service.getContainerClient(place.container);
  return {
    hasRealFolders: false,
    endpoint: place.endpoints.blob,
    async look(path, abortSignal) {
      try {
        const { metadata } = await container.getBlobClient(path).getProperties({ abortSignal });
        return isFolderMark(metadata) ? 'directory' : 'file';
      } catch (error) {
        if (isMissingPath(error)) return 'none';
        throw error;
      }
    },
    // Writing the first file makes the folders of its name, where the account has real ones.
    async makeFolder() {},
    async write(path, content, abortSignal) {
      const blob = container.getBlockBlobClient(path);
      await blob.upload(content, content.length, { abortSignal, conditions: isNew });
    },
    async read(path, maxBytes, abortSignal) {
      const { readableStreamBody } = await container.getBlobClient(path).download(0, undefined, { abortSignal });
      return readableStreamBody === undefined ? Buffer.alloc(0) : readAtMost(readableStreamBody, maxBytes);
    },
    async removeFile(path, abortSignal) {
      await container.getBlobClient(path).delete({ abortSignal });
    },
    async removeFolder(path, abortSignal) {
      await container.getBlobClient(path).delete({ abortSignal });
    },
  };
};
