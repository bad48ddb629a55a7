import { openStorageDestination } from '../../shared-azure-storage/destination/open-destination.ts';
import { openStorageSource } from '../../shared-azure-storage/source/open-source.ts';
import { openBlobLister } from '../blob-lister.ts';
import { openBlobTree } from '../blob-tree.ts';

/** The connector's own, but with small pages and pieces. */
export const blobInSmallPages = {
  source: openStorageSource(openBlobLister, { pageSize: 3, pieceBytes: 100 }),
  destination: openStorageDestination(openBlobTree, { pageSize: 3 }),
};
