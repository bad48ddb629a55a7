import type { Connector } from '../connector.ts';
import { checkStorage } from '../shared-azure-storage/check-storage.ts';
import { openStorageDestination } from '../shared-azure-storage/destination/open-destination.ts';
import { openLakeFiles } from '../shared-azure-storage/lake-files.ts';
import { openLakeLister } from '../shared-azure-storage/source/lake-lister.ts';
import { openStorageSource } from '../shared-azure-storage/source/open-source.ts';
import { openLakeTree } from './lake-tree.ts';
import { adlsGen2Manifest } from './manifest.ts';

export const adlsGen2Connector: Connector<typeof adlsGen2Manifest> = {
  manifest: adlsGen2Manifest,
  check: checkStorage(openLakeFiles),
  openSource: openStorageSource(openLakeLister),
  openDestination: openStorageDestination(openLakeTree),
};
