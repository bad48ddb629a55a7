import type { Connector } from '../connector.ts';
import { checkStorage } from '../shared-azure-storage/check-storage.ts';
import { openStorageDestination } from '../shared-azure-storage/destination/open-destination.ts';
import { openStorageSource } from '../shared-azure-storage/source/open-source.ts';
import { openBlobFiles } from './blob-files.ts';
import { openBlobLister } from './blob-lister.ts';
import { openBlobTree } from './blob-tree.ts';
import { azureBlobManifest } from './manifest.ts';

export const azureBlobConnector: Connector<typeof azureBlobManifest> = {
  manifest: azureBlobManifest,
  check: checkStorage(openBlobFiles),
  openSource: openStorageSource(openBlobLister),
  openDestination: openStorageDestination(openBlobTree),
};
