import type { Connector } from '../connector.ts';
import { checkStorage } from '../shared-azure-storage/check-storage.ts';
import { openStorageDestination } from '../shared-azure-storage/destination/open-destination.ts';
import { openStorageSource } from '../shared-azure-storage/source/open-source.ts';
import { openLakeFiles } from './lake-files.ts';
import { openLakeLister } from './lake-lister.ts';
import { openLakeTree } from './lake-tree.ts';
import { adlsGen2Manifest } from './manifest.ts';

export const adlsGen2Connector: Connector<typeof adlsGen2Manifest> = {
  manifest: adlsGen2Manifest,
  check: checkStorage(openLakeFiles),
  openSource: openStorageSource(openLakeLister),
  openDestination: openStorageDestination(openLakeTree),
};
