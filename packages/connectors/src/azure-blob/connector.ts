import type { Connector } from '../connector.ts';
import { checkStorage } from '../shared-azure-storage/check-storage.ts';
import { openStorageSource } from '../shared-azure-storage/source/open-source.ts';
import { openBlobFiles } from './blob-files.ts';
import { openBlobLister } from './blob-lister.ts';
import { azureBlobManifest } from './manifest.ts';

export const azureBlobConnector: Connector<typeof azureBlobManifest> = {
  manifest: azureBlobManifest,
  check: checkStorage(openBlobFiles),
  openSource: openStorageSource(openBlobLister),
};
