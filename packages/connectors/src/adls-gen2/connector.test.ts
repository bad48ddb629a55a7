import { describeConnectorContract } from '../connector-contract.ts';
import { openStorageSource } from '../shared-azure-storage/source/open-source.ts';
import { lakeAccount, openLakeSubject } from '../testing/lake-subject.ts';
import { adlsGen2Connector } from './connector.ts';
import { openLakeLister } from './lake-lister.ts';

const openInSmallPages = openStorageSource(openLakeLister, { pageSize: 3, pieceBytes: 100 });

describeConnectorContract(adlsGen2Connector, () => openLakeSubject(lakeAccount, openInSmallPages));
