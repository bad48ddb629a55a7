import type { Connector } from '../connector.ts';
import { checkSftp } from './check-sftp.ts';
import { openSftpDestination } from './destination/open-destination.ts';
import { sftpManifest } from './manifest.ts';

export const sftpConnector: Connector<typeof sftpManifest> = {
  manifest: sftpManifest,
  check: checkSftp,
  openDestination: openSftpDestination,
};
