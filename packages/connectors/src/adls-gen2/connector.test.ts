import { describeConnectorContract } from '../connector-contract.ts';
import { openStorageDestination } from '../shared-azure-storage/destination/open-destination.ts';
import { openLakeLister } from '../shared-azure-storage/source/lake-lister.ts';
import { openStorageSource } from '../shared-azure-storage/source/open-source.ts';
import { lakeAccount, openLakeSubject } from '../testing/lake-subject.ts';
import { adlsGen2Connector } from './connector.ts';
import { openLakeTree } from './lake-tree.ts';

const inSmallPages = {
  source: openStorageSource(openLakeLister, { pageSize: 3, pieceBytes: 100 }),
  destination: openStorageDestination(openLakeTree, { pageSize: 3 }),
};

describeConnectorContract(adlsGen2Connector, () => openLakeSubject(lakeAccount, inSmallPages));
