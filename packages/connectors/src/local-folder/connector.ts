import type { Connector } from '../connector.ts';
import { checkLocalFolder } from './check-folder.ts';
import { localFolderManifest } from './manifest.ts';
import { openLocalDestination } from './open-destination.ts';
import { openLocalSource } from './open-source.ts';

export const localFolderConnector: Connector<typeof localFolderManifest> = {
  manifest: localFolderManifest,
  check: checkLocalFolder,
  openSource: openLocalSource,
  openDestination: openLocalDestination,
};
